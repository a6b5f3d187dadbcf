import { Listing, plan } from './rows/plan';
import { Run } from './run-context';
import { PARTITIONS } from '../../src/wire/account-types';
import type { AccountSourceProperties } from '../../src/wire/accounts';
import { fingerprint } from '../../src/wire/pins';
import { firstOfEach, Member, membersOf } from '../accounts/members';
import { StackSetOperation } from '../accounts/ports';
import { placeOf, readAccounts } from '../accounts/read-accounts';
import { DeployError } from '../runtime/errors';

/** Milliseconds between two lists of all accounts. A run lists them earlier if something has changed. */
export const LISTED_EVERY = 3_600_000;
/** With so few accounts, every run lists those of organizational units. Organizations shows 20 accounts a page. */
const FEW = 200;
/** The most accounts that a run names in the log. The metric has their number. */
const MOST_TOLD = 20;

const ACTIVE = ['RUNNING', 'QUEUED', 'STOPPING'];

const isWithin = (age: number): boolean => age >= 0 && age < LISTED_EVERY;

type Operations = ReadonlyMap<number, readonly StackSetOperation[]>;

/** Lists the accounts that may have changed, and updates the rows. Throws if the list is empty while there are rows. */
export async function bringAccounts(run: Run, isForced = false): Promise<void> {
  const { world: { clock }, properties: { Sources }, state } = run;
  const operations = await operationsOf(run);
  const [sources, seen] = [fingerprint(Sources), [...operations].map(([index, all]) => `${index} ${signature(all)}`).join(', ')];
  const { planned } = state;
  const isShort = Sources.some(({ Kind }) => Kind === 'UNITS') && (planned?.size ?? 0) <= FEW;
  const isOld = planned === undefined || planned.sources !== sources || planned.operations !== seen || !isWithin(clock.now() - planned.at);
  if (!isForced && !isOld && !isShort) {
    const some = await touchedBy(run, operations);
    if (some === 'NONE') return;
    if (some !== 'UNKNOWN_ACCOUNTS') {
      await bring(run, { members: some, isWhole: false });
      return;
    }
  }
  const members = await readAccounts(Sources, PARTITIONS[run.properties.AccountType], run.readers);
  const excluded = members.filter(({ state: standing }) => standing === 'EXCLUDED').map(({ accountId }) => accountId);
  if (members.length === excluded.length) {
    await readRows(run);
    if (run.rows.size > 0) throw new DeployError('the list of accounts is empty although the fleet has connectors: nothing was changed. Check the sources of the accounts');
  }
  run.members = new Map(members.filter(({ state: standing }) => standing !== 'EXCLUDED').map((member) => [member.accountId, member]));
  tellOfExcluded(run, excluded);
  await bring(run, { members, isWhole: true });
  run.state = { ...run.state, planned: { at: clock.now(), sources, operations: seen, excluded: excluded.slice(0, MOST_TOLD), size: members.length } };
}

/** Reads the rows, once a run. */
export async function readRows(run: Run): Promise<void> {
  if (run.hasRows) return;
  for (const row of await run.table.rows()) run.rows.set(row.accountId, row);
  run.hasRows = true;
}

async function bring(run: Run, listing: Listing): Promise<void> {
  await readRows(run);
  const { changed, removed } = plan([...run.rows.values()], listing, run.world.clock.now());
  tellOfFailed(run, listing.members.filter(({ accountId, state }) => state === 'FAILED' && run.rows.get(accountId)?.state !== 'FAILED'));
  await run.table.writeAll(changed, removed);
  for (const row of changed) run.rows.set(row.accountId, { ...row, version: row.version + 1 });
  for (const { accountId } of removed) run.rows.delete(accountId);
}

async function operationsOf({ properties: { Sources }, readers }: Run): Promise<Operations> {
  const found = new Map<number, readonly StackSetOperation[]>();
  for (const [index, source] of Sources.entries()) if (source.Kind === 'STACK_SET') found.set(index, await readers.stackSets.operations(placeOf(source)));
  return found;
}

/** IDs and states of the newest operation and of all that are at work. If they change, the run lists all accounts. */
function signature(operations: readonly StackSetOperation[]): string {
  return [...operations.slice(0, 1), ...operations.filter(({ status }) => ACTIVE.includes(status))].map(({ id, status }) => `${id} ${status}`).join(' ');
}

/** The members that the running operations change. `UNKNOWN_ACCOUNTS` if one of them has no row yet: the run then lists all accounts. */
async function touchedBy(run: Run, operations: Operations): Promise<Member[] | 'NONE' | 'UNKNOWN_ACCOUNTS'> {
  const found: Member[] = [];
  const active = [...operations].flatMap(([index, all]) => all.filter(({ status }) => ACTIVE.includes(status)).map(({ id }) => [index, id] as const));
  if (active.length === 0) return 'NONE';
  await readRows(run);
  const organization = [...run.rows.values()].map(({ accountId, name }) => ({ accountId, name, isActive: true }));
  for (const [index, operationId] of active) {
    const source: AccountSourceProperties = run.properties.Sources[index]!;
    const instances = await run.readers.stackSets.instances(placeOf(source), { operationId });
    if (instances.some(({ accountId }) => !run.rows.has(accountId))) return 'UNKNOWN_ACCOUNTS';
    found.push(...membersOf([index, source], PARTITIONS[run.properties.AccountType], { instances, organization }));
  }
  return firstOfEach(found);
}

/** Names accounts without a role, with the command that tries again. A deployment without a change does not try again. */
function tellOfFailed({ properties: { Sources }, invocation: { tell } }: Run, failed: readonly Member[]): void {
  for (const { accountId, source, reason, instance } of failed.slice(0, MOST_TOLD)) {
    const { StackSetName, StackSetRegion, CallAs } = Sources[source]!;
    const targets = instance?.unitId === undefined
      ? `--accounts ${accountId}` : `--deployment-targets OrganizationalUnitIds=${instance.unitId},Accounts=${accountId},AccountFilterType=INTERSECTION`;
    tell(`account ${accountId} has no role: ${reason}. Fix that, then try again: aws cloudformation update-stack-instances --stack-set-name ${StackSetName} ${targets} `
      + `--regions ${instance?.region} --call-as ${CallAs} --region ${StackSetRegion}`);
  }
  if (failed.length > MOST_TOLD) tell(`${failed.length - MOST_TOLD} more accounts have no role`);
}

function tellOfExcluded({ state: { planned }, invocation: { tell } }: Run, excluded: readonly string[]): void {
  for (const accountId of excluded.slice(0, MOST_TOLD)) if (!planned?.excluded.includes(accountId)) tell(`account ${accountId} has the role although excludeAccounts names it, because automatic deployments of a stack set ignore that list: it is not connected`);

}
