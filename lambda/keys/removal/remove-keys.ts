import { KeyEngine, namedKeys, readVersion } from '../engine';
import { removalNote } from './removal-note';
import { restoreFormerKey } from './restore-former-key';
import { DeployError } from '../../runtime/errors';
import { madeByAttempt, unfinishedAttempt, stackOf } from '../minting/minting-note';
import { neverUsed } from '../minting/reap';
import { SecretState } from '../ports';
import { belongsTo } from '../stored-key';

/**
 * Removes the user's keys that this library made, so that the user can be deleted. It is all or nothing: a key that the library did not
 * make fails the delete with its ID, and all keys stay.
 *
 * `refuseInUse` gets the active keys, and throws for a key that has to stay.
 *
 * Keys that another stack made stay, and that is no failure. This stack found them, for example after another stack was deleted by mistake,
 * and CloudFormation now takes back a failed deployment. The service signs with such a key.
 */
export async function removeKeys(
  engine: KeyEngine, isUndo = false, refuseInUse: (accessKeyIds: readonly string[]) => Promise<void> = async () => {},
): Promise<void> {
  if (!await engine.userKeys.list()) return; // no user, no keys, and none can be made

  const before = isUndo ? undefined : await engine.secret.describe();
  if (before) await engine.secret.noteRemoval(removalNote(engine.newVersionId(), engine.owner.userName, before));
  // The order matters: a key in the list has its note or its version by now.
  const keys = await engine.userKeys.list() ?? [];
  if (keys.length === 0) return;
  const state = await engine.secret.describe();
  const madeIn = stackOf(state?.note);
  if (madeIn !== undefined && engine.stack !== undefined && madeIn !== engine.stack) return;
  const named = state ? await namedKeys(engine, state) : new Set<string>();
  const attempt = unfinishedAttempt(state?.note, engine.owner.userName);
  const unnamed = keys.filter((key) => !named.has(key.accessKeyId));
  const orphans = await neverUsed(engine, unnamed.filter((key) => madeByAttempt(attempt, key)));
  const foreign = unnamed.filter((key) => !orphans.includes(key));
  if (foreign.length > 0) {
    throw new DeployError(`the user ${engine.owner.userName} has ${foreign.length === 1 ? 'an access key' : 'access keys'} that this library did not `
      + `make: ${foreign.map((key) => key.accessKeyId).join(', ')}. Nothing was deleted. Delete ${foreign.length === 1 ? 'it' : 'them'} yourself if `
      + 'nobody uses it any more, then delete the stack again');
  }
  await refuseInUse(keys.filter(({ status }) => status === 'Active').map(({ accessKeyId }) => accessKeyId));
  if (state) await restoreFormerKey(engine, state);
  for (const key of keys) await engine.userKeys.delete(key.accessKeyId);

  if (state) await endRotation(engine, state);
}

/** A pending key of this user would block the rotation of the next user. */
async function endRotation(engine: KeyEngine, { stages }: SecretState): Promise<void> {
  const { AWSCURRENT: current, AWSPENDING: pending } = stages;
  if (current === undefined || pending === undefined || pending === current) return;
  const [own, waiting] = [await readVersion(engine, current), await readVersion(engine, pending)];
  if (own && waiting && !belongsTo(own, engine.owner) && belongsTo(waiting, engine.owner)) await engine.secret.unstage('AWSPENDING', pending);
}
