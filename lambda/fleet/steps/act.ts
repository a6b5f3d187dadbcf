import { confirmed } from './confirm-member';
import { retire, removeDoubles } from './leave';
import { wantedTags } from '../../connectors/tags';
import { ConnectorEntry, isBefore } from '../../service/connector-api';
import { mayHaveArrived, ServiceAnswer } from '../../service/http/errors';
import { Row } from '../ports';
import { asSeen } from '../read';
import { isShown, Step } from '../rows/due';
import { recognize } from '../rows/recognize';
import { without } from '../rows/without';
import { keep, Run, wantingOf } from '../run-context';
import { tagIds } from '../tags';
import { appliedOf, markOf, roleOf, wantedOf } from '../wanted';

/** Milliseconds for which a second connector with the same token counts as a double: longer than until the next read of all connectors. */
const DOUBT = 7 * 3_600_000;

/** Takes one step for one account, and writes the result into its row. Updates are made together, see update.ts. */
export async function act(run: Run, { name, row }: Step): Promise<void> {
  switch (name) {
    case 'LOOK': return look(run, row);
    case 'CREATE': return create(run, row);
    case 'DOUBLE': return removeDoubles(run, row);
    default: return retire(run, row, name === 'RETIRE');
  }
}

/** Searches for the connector of a create without an answer. */
async function look(run: Run, row: Row): Promise<void> {
  const now = run.world.clock.now();
  const found = await find(run, row.roleArn);
  const inDoubt = await fold(run, { ...row, doubtUntil: now + DOUBT }, found);
  if (inDoubt.connectorId !== undefined && inDoubt.begun === undefined) {
    await keep(run, { ...inDoubt, looked: now });
    return;
  }
  await keep(run, { ...await fold(run, without(inDoubt, 'begun'), found), looked: now });
}

async function create(run: Run, listed: Row): Promise<void> {
  let row = listed;
  if (!isShown(row, wantingOf(run).readBegan)) {
    row = await keep(run, { ...await fold(run, row, await find(run, row.roleArn)), looked: run.world.clock.now() });
    if (row.connectorId !== undefined || row.blockedBy !== undefined) return;
  }
  const role = roleOf(run.properties, row);
  if (role === undefined || role.roleArn !== row.roleArn || !await confirmed(run, row)) return;
  const { deployed: { owner }, properties, service, world } = run;
  const own = await tagIds(run);
  // A connector of an earlier create may still appear. The row keeps its token to recognize it.
  const begun: Row = { ...row, origin: 'created', token: row.token ?? world.newToken(), begun: world.clock.now() };
  const tags = wantedTags(own);
  const wanted = { ...wantedOf(properties, markOf(owner, begun), begun, ''), ...tags && { tagIds: tags } };
  row = await keep(run, begun);
  try {
    const connectorId = await service.connectors.create({ accountType: properties.AccountType, roleArn: role.roleArn, ...wanted });
    const rest = without(row, 'begun', 'problem', 'attempts', 'notBefore');
    await keep(run, { ...rest, connectorId, applied: appliedOf(properties, run.purpose, row), ...tags && { tagIds: tags } });
  } catch (error) {
    if (!mayHaveArrived(error) || isUnsent(error)) await keep(run, without(run.rows.get(row.accountId) ?? row, 'begun'));
    throw error;
  }
}

/** Whether the service refused the call for its limit, and therefore did nothing. */
function isUnsent(error: unknown): boolean {
  return error instanceof ServiceAnswer && error.isLimit;
}

async function find({ service, properties: { AccountType } }: Run, roleArn: string): Promise<ConnectorEntry[]> {
  const found = await service.connectors.find(AccountType, roleArn);
  return [...found].sort((one, other) => (isBefore(one, other) ? -1 : 1));
}

/** The row after a search has shown all connectors on its role. */
async function fold(run: Run, row: Row, found: readonly ConnectorEntry[]): Promise<Row> {
  const { deployed: { owner }, properties: { AdoptExisting }, world: { clock }, invocation: { tell } } = run;
  const after = found.reduce((before, entry) => {
    const { row: recognized, told } = recognize(before, entry, { owner, adopts: AdoptExisting === 'true', now: clock.now() });
    if (told !== undefined) tell(told);
    return recognized;
  }, row);
  const own = found.find(({ id }) => id === after.connectorId);
  return own === undefined ? after : asSeen(run, after, own, await tagIds(run));
}
