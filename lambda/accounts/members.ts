import { OrganizationAccount, StackInstance } from './ports';
import type { AccountSourceProperties } from '../../src/wire/accounts';
import { DeployError } from '../runtime/errors';

/** An account, and how its role stands. */
export interface Member {
  readonly accountId: string;
  /** Which of the sources it comes from. */
  readonly source: number;
  /** As the organization has it; undefined where it was not asked, or does not know the account. */
  readonly name?: string;
  readonly roleArn: string;
  readonly externalId: string;
  /** READY: the role is there, as far as anybody knows. WAITING: it is on its way. FAILED: it did not come. EXCLUDED: it is there, and must not be. */
  readonly state: 'READY' | 'WAITING' | 'FAILED' | 'EXCLUDED';
  /** Of FAILED, in AWS's words. */
  readonly reason?: string;
  /** Of FAILED. */
  readonly instance?: StackInstance;
}

/** What a source was found to hold. */
export interface Found {
  /** Of a stack set. */
  readonly instances?: readonly StackInstance[];
  /** Where it was read. */
  readonly organization?: readonly OrganizationAccount[];
}

/** How an instance shows that its last operation failed. */
const FAILED = ['FAILED', 'CANCELLED', 'INOPERABLE', 'FAILED_IMPORT'];

/** The members of one source: accounts that are closed, or not in the organization any more, are none. */
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
    // An account of a list may be in no organization, or in another one.
    case 'LIST': return AccountIds.filter((accountId) => known.get(accountId)?.isActive !== false).map((accountId) => member(accountId, 'READY'));
    case 'UNITS': return [...known.values()]
      .filter(({ accountId, isActive, units }) => isActive && standsIn(accountId, units, UnitIds) && !ExcludedAccounts.includes(accountId))
      .map(({ accountId }) => member(accountId, 'READY'));
    default: return [...byAccount(instances)]
      .filter(([accountId]) => known.get(accountId)?.isActive === true)
      .map(([accountId, { state, ...failure }]) => (ExcludedAccounts.includes(accountId) ? member(accountId, 'EXCLUDED') : member(accountId, state, failure)));
  }
}

/** Of accounts in several sources the first one counts. */
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
  throw new DeployError(`AWS Organizations does not say in which units the account ${accountId} stands, so that nobody knows which accounts are meant. Use a stack set or a list of accounts`);
}

type Standing = Pick<Member, 'state' | 'reason' | 'instance'>;

/** A role is the same in all regions of an account, so that one instance that is there is enough. */
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
