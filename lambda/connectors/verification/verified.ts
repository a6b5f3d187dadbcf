import { verify } from './run';
import { notRun, Verdict } from './verdict';
import { DeployError } from '../../runtime/errors';
import { ConnectorRequest } from '../request/open-request';
import { Written } from '../write';

/**
 * Reads the change back, notes it and runs the connector. When that fails it undoes the change, unless only a warning is wanted. It does
 * not run a connector whose base account waits for a person, because the run would fail until the key is entered.
 */
export async function verified(request: ConnectorRequest, { note, readBack, undo }: Written): Promise<Verdict> {
  try {
    const shown = await readBack();
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
