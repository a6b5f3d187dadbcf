import { ConnectorRequest, nameOf } from './open-request';
import { readDescription } from './ownership';
import { Verdict, verify } from './verify';
import { DeployError } from '../runtime/errors';
import { ConnectorEntry, ConnectorFields } from '../service/connector-api';

/** What was written, and how to look at it: `last` says that there will be no other look. */
export interface Written {
  readonly fields: Partial<ConnectorFields>;
  look(last: boolean): Promise<ConnectorEntry | undefined>;
}

/** Reads back what was written and runs it; undoes the change if that fails, unless a warning is all that was asked for. */
export async function verified(request: ConnectorRequest, entry: ConnectorEntry, undo: () => Promise<string>, written?: Written): Promise<Verdict> {
  try {
    const verdict = await verify(request, written === undefined ? entry : await readBack(request, entry, written));
    if (!verdict.failed || request.properties.Verification === 'WARN') return verdict;
    throw new VerificationFailed(verdict.words);
  } catch (error) {
    const undone = await undo().catch(() => 'That could not be undone: look at it at the Qualys console');
    throw error instanceof VerificationFailed ? new DeployError(`${error.message}. ${undone}`) : error;
  }
}

class VerificationFailed extends Error {}

const PAUSES = [0, 1_000, 2_000, 4_000, 8_000];

/** A read may lag behind. The end of the description matters most: by it the connector is known again, and deleted. */
async function readBack({ clock }: ConnectorRequest, { id, name }: ConnectorEntry, { fields, look }: Written): Promise<ConnectorEntry> {
  const marker = JSON.stringify(readDescription(fields.description).ownership);
  let entry: ConnectorEntry | undefined;
  for (const [index, pause] of PAUSES.entries()) {
    if (pause > 0) await clock.sleep(pause);
    entry = await look(index === PAUSES.length - 1);
    if (entry !== undefined && JSON.stringify(readDescription(entry.description).ownership) === marker) return entry;
  }
  throw new DeployError(entry === undefined
    ? `connector '${name}' (ID ${id}) was written, but the service does not show it. Look at it at the Qualys console`
    : `${nameOf(entry)} was written, but the service does not show the end of its description, which says whose it is. Give it a shorter description`);
}
