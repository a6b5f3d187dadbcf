import { KeyEngine, namedKeys, readVersion } from './engine';
import { madeByAttempt, readNote, stackOf } from './minting-note';
import { SecretState } from './ports';
import { removalNote } from './removal-note';
import { belongsTo } from './stored-key';
import { DeployError } from '../runtime/errors';

/**
 * Removes the user's keys that this library made, so that the user can be deleted. All or nothing: a key that it did not
 * make stays, fails the delete with its ID, and keeps the others.
 *
 * Keys that another stack made stay as they are, and that is no failure: this stack found them, as after a stack that was
 * deleted by mistake, and CloudFormation takes back what a failed deployment began. The service signs with such a key.
 */
export async function removeKeys(engine: KeyEngine, isUndo = false): Promise<void> {
  if (!await engine.userKeys.list()) {
    return; // no user, no keys, and none can be made
  }
  const before = isUndo ? undefined : await engine.secret.describe();
  if (before) {
    await engine.secret.noteRemoval(removalNote(engine.newVersionId(), engine.owner.userName, before));
  }
  // In this order: a key that is in the list has its note or its version by now.
  const keys = await engine.userKeys.list() ?? [];
  if (keys.length === 0) {
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
  if (state) {
    await giveBack(engine, state);
  }
  for (const key of keys) {
    await engine.userKeys.delete(key.accessKeyId);
  }
}

/** After a change of the user that is undone, the key of the user before is the current one again, before this one goes. */
async function giveBack(engine: KeyEngine, { stages }: SecretState): Promise<void> {
  const { AWSCURRENT: current, AWSPREVIOUS: previous } = stages;
  if (current === undefined || previous === undefined) {
    return;
  }
  const [own, former] = [await readVersion(engine, current), await readVersion(engine, previous)];
  if (own && former && belongsTo(own, engine.owner) && !belongsTo(former, engine.owner)) {
    await engine.secret.move('AWSCURRENT', previous, current);
  }
}
