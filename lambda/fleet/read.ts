import { hasRoom } from './budget/book';
import { Reading, Row } from './ports';
import { LARGEST_PAGE } from './read-due';
import { recognize, withoutConnector } from './rows/recognize';
import { without } from './rows/without';
import { Run } from './run-context';
import { tagIds } from './tags';
import { appliedOf, differencesOf } from './wanted';
import { fingerprint } from '../../src/wire/pins';
import { progressOf } from '../connectors/verification/run';
import { ConnectorEntry, ConnectorPage } from '../service/connector-api';

const MOST_TOLD = 20;

/** Reads all connectors page by page, over several runs if necessary. Answers whether the read is complete. */
export async function readConnectors(run: Run): Promise<boolean> {
  const { world: { clock }, service, purpose } = run;
  const { reading: before } = run.state;
  let reading: Reading = before?.purpose === purpose ? before : { begun: clock.now(), purpose, size: LARGEST_PAGE, failing: 0, missing: 0 };
  while (await hasRoom(run, 1)) {
    const page = await service.connectors.page(reading.next, reading.size);
    const { failing, missing } = await takePage(run, page, reading.next);
    reading = { ...reading, next: page.next, size: page.size, failing: reading.failing + failing, missing: reading.missing + missing };
    if (page.next === undefined) {
      const counts = { connected: 0, waiting: 0, problems: 0, ...run.state.counts, failing: reading.failing, missing: reading.missing };
      run.state = { ...run.state, reading: undefined, read: { begun: reading.begun, purpose }, counts };
      return true;
    }
    run.state = { ...run.state, reading };
    await run.table.write(run.holder, run.state);
  }
  return false;
}

async function takePage(run: Run, page: ConnectorPage, from: string | undefined): Promise<{ readonly failing: number; readonly missing: number }> {
  const { deployed: { owner }, properties: { AdoptExisting, AccountType }, world: { clock }, invocation: { tell } } = run;
  const byArn = new Map([...run.rows.values()].map((row) => [row.roleArn, row.accountId]));
  const own = await tagIds(run);
  const changed = new Map<string, Row>();
  const shown = new Set<string>();
  let [failing, missing, told] = [0, 0, 0];
  for (const entry of page.entries) {
    const accountId = entry.accountType === AccountType && entry.roleArn !== undefined ? byArn.get(entry.roleArn) : undefined;
    const before = accountId === undefined ? undefined : changed.get(accountId) ?? run.rows.get(accountId);
    if (before === undefined) continue;
    shown.add(entry.id);
    const recognized = recognize(before, entry, { owner, adopts: AdoptExisting === 'true', now: clock.now() });
    if (recognized.told !== undefined && ++told <= MOST_TOLD) tell(recognized.told);
    const row = recognized.row.connectorId === entry.id ? asSeen(run, recognized.row, entry, own) : recognized.row;
    changed.set(row.accountId, row);
    if (row.connectorId !== entry.id || row.goneSince !== undefined) continue;
    if (entry.enabled === false) missing += row.disabled ? 0 : 1;
    else if (progressOf(entry.state) === 'FAILED') failing += 1;
  }
  for (const row of run.rows.values()) {
    const after = withoutMissing(changed.get(row.accountId) ?? row, shown, from, page.next);
    if (after === (changed.get(row.accountId) ?? row)) continue;
    if (after.connectorId === undefined && row.connectorId !== undefined && row.goneSince === undefined) missing += 1;
    changed.set(row.accountId, after);
  }
  await write(run, [...changed.values()]);
  return { failing, missing };
}

/** Removes a connector from its row if the page must have shown it and did not. The service shows connectors in the order of their IDs. */
function withoutMissing(row: Row, shown: ReadonlySet<string>, from: string | undefined, next: string | undefined): Row {
  const isBetween = (id: number): boolean => id > Number(from ?? -1) && id <= Number(next ?? Infinity);
  const isMissing = (id: string | undefined): boolean => id !== undefined && !shown.has(id) && isBetween(Number(id));
  const found = isMissing(row.connectorId) ? withoutConnector(row) : row;
  return isMissing(found.blockedBy?.connectorId) ? without(found, 'blockedBy') : found;
}

/** The row after its connector was read. It is marked for an update if it differs, unless the last update has sent the same without effect. */
export function asSeen(run: Run, row: Row, entry: ConnectorEntry, own: readonly string[] | undefined): Row {
  if (row.goneSince !== undefined) return row;
  const applied = appliedOf(run.properties, run.purpose, row);
  const changes = differencesOf(run, row, entry, own);
  const isTaken = Object.keys(changes).length === 0;
  if (isTaken || (row.applied === applied && row.sent === fingerprint(changes))) return { ...row, applied, ...isTaken && own && { tagIds: own } };
  return without(row, 'applied');
}

/** Writes the changed rows without a check of their versions, because the run has the lease. */
async function write(run: Run, rows: readonly Row[]): Promise<void> {
  const differing = rows.filter((row) => JSON.stringify(row) !== JSON.stringify(run.rows.get(row.accountId)));
  await run.table.writeAll(differing, []);
  for (const row of differing) run.rows.set(row.accountId, { ...row, version: row.version + 1 });
}
