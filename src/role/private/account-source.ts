import { Annotations, Aws, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import type { Needed } from '../../private/stack-order';
import { ExternalId } from '../../service/external-id';
import type { AccountSourceProperties } from '../../wire/accounts';
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

/** What a person may want to know of accounts that are listed in code. */
export function warnOfSameExternalId(scope: IConstruct, { accountIds = [], role }: AccountSource): void {
  if (accountIds.length < 2 || !role.externalId._isSame) return;
  Annotations.of(scope).addWarningV2('cdk-qualys-connectors:sameExternalId',
    `${accountIds.length} accounts have one external ID, so that whoever reads one role knows that of all of them: use ExternalId.perAccount() or ExternalId.perAccountHash() `
    + 'with roles that ask for it');
}
