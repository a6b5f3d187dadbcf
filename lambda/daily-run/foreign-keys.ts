import { describeSecret, listKeys, namedKeys } from '../keys/engine';
import { madeByAttempt, unfinishedAttempt } from '../keys/minting/minting-note';
import { neverUsed } from '../keys/minting/reap';
import { Rotation } from '../rotation/rotation';

/**
 * Counts the user's keys that this library has not made, and names them in the log. An unused key of an attempt that is under way does not
 * count. The keys are listed before the versions of the secret, so a key that is stored meanwhile does not count either.
 */
export async function countForeignKeys({ engine, registration }: Rotation): Promise<number> {
  const keys = await listKeys(engine);
  const state = await describeSecret(engine);
  const named = await namedKeys(engine, state);
  const unnamed = keys.filter(({ accessKeyId }) => !named.has(accessKeyId));
  const attempt = unfinishedAttempt(state.note, engine.owner.userName);
  const ours = await neverUsed(engine, unnamed.filter((key) => madeByAttempt(attempt, key)));
  const foreign = unnamed.filter((key) => !ours.includes(key)).map(({ accessKeyId }) => accessKeyId);
  if (foreign.length > 0) registration.tell(`the user ${engine.owner.userName} has access keys that this library has not made: ${foreign.join(', ')}`);
  return foreign.length;
}
