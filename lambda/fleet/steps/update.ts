import { confirmed } from './confirm-member';
import { fingerprint } from '../../../src/wire/pins';
import { ConnectorEntry, isGone } from '../../service/connector-api';
import { hasRoom } from '../budget/book';
import { Row } from '../ports';
import { LARGEST_PAGE } from '../read-due';
import { Step } from '../rows/due';
import { withoutConnector } from '../rows/recognize';
import { without } from '../rows/without';
import { keep, Run } from '../run-context';
import { tagIds } from '../tags';
import { appliedOf, differencesOf, roleOf } from '../wanted';

/** Page size for each updated connector. Connectors that a fleet made one after the other have IDs close to each other. */
const PAGE_PER_STEP = 4;
/** The most connectors that are updated with one page. */
export const MOST_TOGETHER = LARGEST_PAGE / PAGE_PER_STEP;
const LEAST_PAGE = 25;

/** Takes one step, and handles its errors. */
export type Each = (step: Step, work: () => Promise<void>) => Promise<void>;

/**
 * Updates connectors: one call reads them all, and then each takes one call. The read makes sure that the settings of a row are never sent to a
 * connector on another role.
 */
export async function updateTogether(run: Run, steps: readonly Step[], each: Each): Promise<void> {
  const own = await tagIds(run);
  // A connector ID that is not a number cannot be looked up. The next read corrects the row.
  const ids = steps.map(({ row }) => Number(row.connectorId)).filter((id) => Number.isSafeInteger(id));
  if (ids.length === 0) return;
  const size = Math.min(LARGEST_PAGE, Math.max(LEAST_PAGE, steps.length * PAGE_PER_STEP));
  const { entries } = await run.service.connectors.page(String(Math.max(0, Math.min(...ids) - 1)), size);
  const shown = new Map(entries.map((entry) => [entry.id, entry]));
  for (const step of steps) {
    const entry = shown.get(step.row.connectorId ?? '');
    if (entry === undefined) continue;
    if (!await hasRoom(run, 1)) return;
    await each(step, () => update(run, step.row, entry, own));
  }
}

async function update(run: Run, row: Row, entry: ConnectorEntry, own: readonly string[] | undefined): Promise<void> {
  const { properties, service } = run;
  const role = roleOf(properties, row);
  if (entry.isOrganizationMember || role === undefined || entry.roleArn !== role.roleArn) {
    await keep(run, withoutConnector(row));
    return;
  }
  if (!await confirmed(run, row)) return;
  const changes = differencesOf(run, row, entry, own);
  if (Object.keys(changes).length > 0) {
    try {
      await service.connectors.update(entry, changes);
    } catch (error) {
      if (!isGone(error)) throw error;
      await keep(run, withoutConnector(row));
      return;
    }
  }
  const rest = without(row, 'disabled', 'problem', 'attempts', 'notBefore');
  await keep(run, { ...rest, applied: appliedOf(properties, run.purpose, rest), sent: fingerprint(changes), ...own && { tagIds: own } });
}
