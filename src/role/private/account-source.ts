import { Annotations, Aws, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { acknowledge } from '../../private/acknowledgements';
import { findAccounts } from '../../private/known-findings';
import type { Needed } from '../../private/stack-order';
import { ExternalId } from '../../service/external-id';
import type { AccountSourceProperties } from '../../wire/accounts';
import { SCHEMA_VERSION } from '../../wire/common';
import type { ConnectorAppName } from '../../wire/connector';

/** Where accounts come from, and the role in them. */
export interface AccountSource {
  readonly kind: AccountSourceProperties['Kind'];
  readonly accountIds?: readonly string[];
  readonly stackSet?: { readonly name: string; readonly region?: string; readonly delegatedAdministrator: boolean };
  readonly unitIds?: readonly string[];
  readonly excludeAccounts?: readonly string[];
  /** Name and path may be those that the role has after all aspects. */
  readonly role: { readonly name: string; readonly path: string; readonly externalId: ExternalId };
  /** The apps that the permissions of the role are for, where the library makes it. */
  readonly modules?: readonly ConnectorAppName[];
  /** What has to be there before the accounts are read. */
  readonly needs?: readonly Needed[];
}

export function sourceProperties(scope: IConstruct, source: AccountSource): AccountSourceProperties {
  const { kind, accountIds, stackSet, unitIds, excludeAccounts = [], role } = source;
  return {
    Kind: kind,
    ...accountIds && { AccountIds: [...accountIds] },
    ...stackSet && {
      StackSetName: stackSet.name,
      StackSetRegion: stackSet.region ?? Stack.of(scope).region,
      CallAs: stackSet.delegatedAdministrator ? 'DELEGATED_ADMIN' : 'SELF',
    },
    ...unitIds && { UnitIds: [...unitIds] },
    ...excludeAccounts.length > 0 && { ExcludedAccounts: [...excludeAccounts] },
    RoleName: role.name,
    RolePath: role.path,
    ...role.externalId._ofMany(accountIds),
  };
}

/** Exactly what it takes to find the accounts; of a list nothing. */
export function readAccounts(scope: IConstruct, { stackSet, unitIds }: AccountSource): PolicyStatement[] {
  return [
    ...stackSet ? [new PolicyStatement({
      actions: ['cloudformation:ListStackInstances', 'cloudformation:ListStackSetOperations'],
      // The set of a delegated administrator stands in the management account.
      resources: [`arn:${Aws.PARTITION}:cloudformation:${stackSet.region ?? Stack.of(scope).region}:*:stackset/${stackSet.name}:*`],
    })] : [],
    ...stackSet || unitIds ? [new PolicyStatement({
      // Neither knows resources. CloudFormation asks for the second before it lets a delegated administrator in.
      actions: ['organizations:ListAccounts', ...stackSet?.delegatedAdministrator ? ['organizations:ListDelegatedAdministrators'] : []],
      resources: ['*'],
    })] : [],
  ];
}

/** By its members: two copies of the library can be in one app. */
interface Accounts {
  readonly _contract: string;
  readonly _source: AccountSource;
}

/** Throws unless it is one or more `ConnectedAccounts` of this version of the library. */
export function checkSources(name: string, sources: readonly Accounts[]): void {
  if (!Array.isArray(sources) || sources.some((one) => typeof one !== 'object' || one === null || !('_source' in one))) throw new Error(`${name} must be a list of ConnectedAccounts, got something else`);
  if (sources.length === 0) throw new Error(`${name} must be one or more ConnectedAccounts, got none`);
  const stranger = (sources as readonly Accounts[]).find(({ _contract }) => _contract !== SCHEMA_VERSION);
  if (stranger) {
    throw new Error(`${name} must be ConnectedAccounts of this copy of cdk-qualys-connectors, got one of another version (contract ${stranger._contract} instead of ${SCHEMA_VERSION}): `
      + 'use one version of the package in the app');
  }
}

/** What a person may want to know of accounts that are listed in code. */
export function warnOfSameExternalId(scope: IConstruct, { accountIds = [], role }: AccountSource): void {
  if (accountIds.length < 2 || !role.externalId._isSame) return;
  Annotations.of(scope).addWarningV2('cdk-qualys-connectors:sameExternalId',
    `${accountIds.length} accounts have one external ID, so that whoever reads one role knows that of all of them: use ExternalId.perAccount() or ExternalId.perAccountHash() `
    + 'with roles that ask for it');
}

/** Says why wildcards stand in a policy by which accounts are found. */
export function acknowledgeReads(policy: IConstruct, statements: readonly PolicyStatement[]): void {
  const resources = statements.flatMap((statement) => statement.resources).filter((resource) => resource.includes('*'));
  for (const resource of new Set(resources)) acknowledge(policy, findAccounts(resource));
}
