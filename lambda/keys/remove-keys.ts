import { KeyEngine, namedKeys } from './engine';
import { madeByAttempt, readNote, stackOf } from './minting-note';
import { DeployError } from '../runtime/errors';

/**
 * Removes the user's keys that this library made, so that the user can be deleted. All or nothing: a key that it did not
 * make stays, fails the delete with its ID, and keeps the others.
 *
 * Keys that another stack made stay as they are, and that is no failure: this stack found them, as after a stack that was
 * deleted by mistake, and CloudFormation takes back what a failed deployment began. The service signs with such a key.
 */
export async function removeKeys(engine: KeyEngine): Promise<void> {
  const keys = await engine.userKeys.list();
  if (!keys || keys.length === 0) {
    return;
  }
  const state = await engine.secret.describe();
  const madeIn = stackOf(state?.note);
  if (madeIn !== undefined && engine.stack !== undefined && madeIn !== engine.stack) {
    return;
  }
  const named = state ? await namedKeys(engine, state) : new Set<string>();
  const note = readNote(state?.note);
  const foreign = keys.filter((key) => !named.has(key.accessKeyId) && !madeByAttempt(note, key));
  if (foreign.length > 0) {
    throw new DeployError(`the user ${engine.owner.userName} has ${foreign.length === 1 ? 'an access key' : 'access keys'} that this library did not `
      + `make: ${foreign.map((key) => key.accessKeyId).join(', ')}. Nothing was deleted. Delete ${foreign.length === 1 ? 'it' : 'them'} yourself if `
      + 'nobody uses it any more, then delete the stack again');
  }
  for (const key of keys) {
    await engine.userKeys.delete(key.accessKeyId);
  }
}
