import { OrganizationAccount, StackInstance } from './ports';
import type { AccountSourceProperties } from '../../src/wire/accounts';
import { DeployError } from '../runtime/errors';

/** An account and the state of its role. */
export interface Member {
  readonly accountId: string;
  /** Index of its source. */
  readonly source: number;
  /** Name in the organization; undefined when nobody asked the organization, or it does not know the account. */
  readonly name?: string;
  readonly roleArn: string;
  readonly externalId: string;
  /**
   * READY: the role exists, as far as the sources say. WAITING: its deployment is under way. FAILED: its deployment failed. EXCLUDED: the
   * account is excluded, but has the role.
   */
  readonly state: 'READY' | 'WAITING' | 'FAILED' | 'EXCLUDED';
  /** Reason of FAILED, in AWS's words. */
  readonly reason?: string;
  /** The stack instance that failed. Only with state FAILED. */
  readonly instance?: StackInstance;
}

/** The stack instances and accounts that belong to a source. */
export interface Found {
  /** The instances of a stack set. */
  readonly instances?: readonly StackInstance[];
  /** The accounts of the organization, if they were read. */
  readonly organization?: readonly OrganizationAccount[];
}

/** The detailed states of an instance whose last operation failed. */
const FAILED = ['FAILED', 'CANCELLED', 'INOPERABLE', 'FAILED_IMPORT'];

/** The members of one source, without accounts that are closed or have left the organization. */
export function membersOf(
  [index, source]: readonly [number, AccountSourceProperties], partition: string, { instances = [], organization }: Found,
): Member[] {
  const known = new Map(organization?.map((account) => [account.accountId, account]));
  const member = (accountId: string, state: Member['state'], failure: Omit<Standing, 'state'> = {}): Member => ({
    accountId,
    source: index,
    name: known.get(accountId)?.name,
    roleArn: roleArnOf(source, partition, accountId),
    externalId: externalIdOf(source, accountId),
    state,
    ...failure,
  });
  const { Kind, AccountIds = [], UnitIds = [], ExcludedAccounts = [] } = source;
  switch (Kind) {
    // A listed account may be in another organization, or in none.
    case 'LIST': return AccountIds.filter((accountId) => known.get(accountId)?.isActive !== false).map((accountId) => member(accountId, 'READY'));
    case 'UNITS': return [...known.values()]
      .filter(({ accountId, isActive, units }) => isActive && standsIn(accountId, units, UnitIds) && !ExcludedAccounts.includes(accountId))
      .map(({ accountId }) => member(accountId, 'READY'));
    default: return [...byAccount(instances)]
      .filter(([accountId]) => known.get(accountId)?.isActive === true)
      .map(([accountId, { state, ...failure }]) => (ExcludedAccounts.includes(accountId) ? member(accountId, 'EXCLUDED') : member(accountId, state, failure)));
  }
}

/** An account in several sources counts for the first one. */
export function firstOfEach(members: readonly Member[]): Member[] {
  const first = new Map<string, Member>();
  for (const one of members) if (!first.has(one.accountId)) first.set(one.accountId, one);
  return [...first.values()];
}

export function roleArnOf({ RolePath, RoleName }: AccountSourceProperties, partition: string, accountId: string): string {
  return `arn:${partition}:iam::${accountId}:role${RolePath}${RoleName}`;
}

export function externalIdOf({ ExternalId = '', AppendsAccountId, ExternalIds, AccountIds = [] }: AccountSourceProperties, accountId: string): string {
  return ExternalIds?.[AccountIds.indexOf(accountId)] ?? `${ExternalId}${AppendsAccountId === 'true' ? accountId : ''}`;
}

function standsIn(accountId: string, units: readonly string[] | undefined, wanted: readonly string[]): boolean {
  if (units !== undefined) return wanted.some((unit) => units.includes(unit));
  throw new DeployError(`AWS Organizations does not say which organizational units contain the account ${accountId}, so the accounts of the units are unknown. Use a stack set or a list of accounts`);
}

type Standing = Pick<Member, 'state' | 'reason' | 'instance'>;

/** IAM roles are global, so one current instance of an account is enough. */
function byAccount(instances: readonly StackInstance[]): Map<string, Standing> {
  const order: ReadonlyArray<Member['state']> = ['READY', 'FAILED', 'WAITING'];
  const standings = new Map<string, Standing>();
  for (const instance of instances) {
    const [one, other] = [standingOf(instance), standings.get(instance.accountId)];
    if (other === undefined || order.indexOf(one.state) < order.indexOf(other.state)) standings.set(instance.accountId, one);
  }
  return standings;
}

function standingOf(instance: StackInstance): Standing {
  const { status, detailedStatus = '', reason } = instance;
  if (status === 'CURRENT') return { state: 'READY' };
  const isFailed = status === 'INOPERABLE' || FAILED.includes(detailedStatus);
  if (!isFailed) return { state: 'WAITING' };
  return { state: 'FAILED', reason: `the stack instance is ${detailedStatus || status}${reason === undefined ? '' : `: ${reason}`}`, instance };
}
