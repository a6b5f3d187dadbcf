import { Annotations, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Notes } from '../../private/notes';
import { stageOf } from '../../private/stacks';
import { noteFleet } from '../../private/taken-roles';
import { ConnectedAccounts } from '../../role/connected-accounts';
import { AccountSource, warnOfSameExternalId } from '../../role/private/account-source';
import { ConnectorService } from '../../service/connector-service';
import { SCHEMA_VERSION } from '../../wire/common';

/** The usual calls of a subscription in an hour. */
const USUAL_LIMIT = 300;

/** Throws for a missing or empty list, for values that are not `ConnectedAccounts` of this version, and for an account that is listed and excluded. */
export function checkAccounts(scope: IConstruct, accounts: readonly ConnectedAccounts[] | undefined): void {
  if (!Array.isArray(accounts)) throw new Error(`accounts must be a list of ConnectedAccounts, got ${accounts === undefined ? 'undefined' : `a value of type ${typeof accounts}`}`);
  if (accounts.length === 0) throw new Error('accounts must name where the accounts come from, got an empty list: use ConnectedAccounts or the accounts of a ConnectorRoleStackSet');
  for (const one of accounts as ReadonlyArray<Partial<ConnectedAccounts> | undefined>) {
    if (one?._source === undefined) throw new Error(`accounts must hold ConnectedAccounts, got a value of type ${typeof one}`);
    if (one._contract !== SCHEMA_VERSION) throw new Error(`accounts of ${scope.node.path} come from another version of cdk-qualys-connectors, which this version cannot read: use one version in the app`);
  }
  for (const { _source: listed } of accounts) {
    for (const accountId of listed.accountIds ?? []) {
      const isSameRole = ({ role: { name, path } }: AccountSource): boolean => name === listed.role.name && path === listed.role.path;
      const other = accounts.find(({ _source }) => _source.excludeAccounts?.includes(accountId) && isSameRole(_source));
      if (other) throw new Error(`account '${accountId}' is among accounts and among excludeAccounts, with the role ${listed.role.path}${listed.role.name} in both: leave it out of one of them`);
    }
    warnOfSameExternalId(scope, listed);
  }
}

/** Throws unless the number of calls is a whole number from 12 to 10,000 that is known at synth. */
export function checkCallsPerHour(calls: number): void {
  const isKnown = !Token.isUnresolved(calls);
  if (isKnown && Number.isSafeInteger(calls) && calls >= 12 && calls <= 10_000) return;
  throw new Error(`callsPerHour must be a whole number from 12 to 10000 that is known at synth, got ${isKnown ? calls : 'a token'}: a subscription usually has 300 an hour`);
}

/** Warns if the fleets of one service and user may make more calls together than a subscription usually has. Each fleet counts only its own calls. */
export function warnOfShares(scope: IConstruct, { platform, credentials: { _secret: secret } }: ConnectorService, calls: number): void {
  const shares = new Notes<{ readonly user: string; readonly calls: number }>(stageOf(scope), 'calls-of-fleets');
  const user = `${platform.apiServer} ${Token.isUnresolved(secret.secretArn) ? secret.secretName : secret.secretArn}`;
  shares.add({ user, calls });
  const sum = shares.values().filter((share) => share.user === user).reduce((all, share) => all + share.calls, 0);
  if (sum <= USUAL_LIMIT) return;
  Annotations.of(scope).addWarningV2('cdk-qualys-connectors:sharesOfCalls',
    `the fleets of this service and user may make ${sum} calls an hour together, but a subscription usually has ${USUAL_LIMIT}, and others share them: give each fleet a part with callsPerHour`);
}

/** Throws if another construct of the stage connects the same accounts by the same role. */
export function takeAccounts(
  scope: IConstruct, { platform: { apiServer } }: ConnectorService, partition: string, accounts: readonly ConnectedAccounts[],
): void {
  const [roles, places] = [accounts.flatMap(({ _source }) => rolesOf(_source, partition)), accounts.flatMap(({ _source }) => placesOf(_source))];
  noteFleet(scope, apiServer, roles, places);
}

function rolesOf({ accountIds = [], role }: AccountSource, partition: string): string[] {
  return accountIds.filter((accountId) => !Token.isUnresolved(accountId)).map((accountId) => `arn:${partition}:iam::${accountId}:role${role.path}${role.name}`);
}

function placesOf({ stackSet, unitIds = [], role }: AccountSource): string[] {
  const words = Token.isUnresolved(role.name) ? '' : ` by the role ${role.name}`;
  return [...stackSet ? [`the accounts of the stack set ${stackSet.name}`] : [], ...unitIds.filter((unit) => !Token.isUnresolved(unit)).map((unit) => `the accounts of ${unit}${words}`)];
}
