import { notRun, Verdict, verify } from './verify';
import { DeployError } from '../../runtime/errors';
import { ConnectorEntry, ConnectorFields } from '../../service/connector-api';
import { readDescription } from '../notes/mark';
import { ConnectorNote } from '../notes/note';
import { ConnectorRequest, nameOf } from '../request/open-request';

/** What was written, and how to read it back. */
export interface Written {
  readonly fields: Partial<ConnectorFields>;
  /** `last` means that there is no further read. */
  look(last: boolean): Promise<ConnectorEntry | undefined>;
  /** Throws when the change has to be undone, although the service shows it. */
  known?(): Promise<void>;
}

/**
 * Reads the change back, notes it and runs the connector. When that fails it undoes the change, unless only a warning is wanted. It does
 * not run a connector whose base account waits for a person, because the run would fail until the key is entered.
 *
 * @param note the note to write once the service shows the connector
 */
export async function verified(
  request: ConnectorRequest, entry: ConnectorEntry, note: ConnectorNote, undo: (error: unknown) => Promise<string>, written?: Written,
): Promise<Verdict> {
  try {
    const shown = written === undefined ? entry : await readBack(request, entry, written);
    await written?.known?.();
    const waits = await waitsForPerson(request);
    const { judged, ...rest } = note;
    await request.note.write({ ...rest, ...(waits || judged === false) && { judged: false } });
    if (waits) return notRun(shown, 'the base account of this account type waits for its key at the console');
    const verdict = await verify(request, shown);
    await request.note.write(rest);
    if (!verdict.failed || request.properties.Verification === 'WARN') return verdict;
    throw new VerificationFailed(verdict.words);
  } catch (error) {
    const undone = await undo(error).catch(() => 'That could not be undone: look at it at the Qualys console');
    throw error instanceof VerificationFailed ? new DeployError(`${error.message}. ${undone}`) : error;
  }
}

class VerificationFailed extends Error {}

/** When the state of the base account is unknown, the connector is run. */
async function waitsForPerson({ isAwaited, service, properties: { AccountType, Verification, Enabled } }: ConnectorRequest): Promise<boolean> {
  if (!isAwaited || Verification === 'NONE' || Enabled === 'false') return false;
  return service.read(AccountType).then(({ isCustomers }) => !isCustomers, () => false);
}

const PAUSES = [0, 1_000, 2_000, 4_000, 8_000];

/** A read may lag behind. The end of the description matters most, because it identifies the connector later, also for its deletion. */
async function readBack({ clock }: ConnectorRequest, { id, name }: ConnectorEntry, { fields, look }: Written): Promise<ConnectorEntry> {
  const marker = JSON.stringify(readDescription(fields.description).mark);
  let entry: ConnectorEntry | undefined;
  for (const [index, pause] of PAUSES.entries()) {
    if (pause > 0) await clock.sleep(pause);
    entry = await look(index === PAUSES.length - 1);
    if (entry !== undefined && JSON.stringify(readDescription(entry.description).mark) === marker) return entry;
  }
  throw new DeployError(entry === undefined
    ? `connector '${name}' (ID ${id}) was written, but the service does not show it. Look at it at the Qualys console`
    : `${nameOf(entry)} was written, but the service does not show the end of its description, which says whose it is. Give it a shorter description`);
}
