import { daysBetween } from './metrics';
import { describeSecret } from '../keys/engine';
import { replacedKey } from '../keys/replaced-key';
import { keyOf, ownRecord, Rotation, updateRecord } from '../rotation/rotation';

/**
 * Retires the key that the last rotation replaced: deactivated once its time is over and nobody has used it since the
 * promotion, deleted on a later run. A key that is still used stays.
 *
 * @returns for how many days since the promotion the old key has been used; 0 if it has not been, or is gone
 */
export async function retireOldKey(rotation: Rotation): Promise<number> {
  const { engine, registration, retireAfter } = rotation;
  const state = await describeSecret(engine);
  const old = await replacedKey(engine, state);
  if (!old) return 0;
  const current = await keyOf(rotation, state.stages.AWSCURRENT);
  if (old.accessKeyId === current.accessKeyId) return 0;
  if (old.status !== 'Active') {
    await engine.userKeys.delete(old.accessKeyId);
    return 0;
  }
  const record = await ownRecord(rotation);
  const now = registration.clock.now();
  if (record.promoted?.accessKeyId !== current.accessKeyId) {
    // The promotion was not written down, as after a crash: its time begins now.
    await updateRecord(rotation, { promoted: { accessKeyId: current.accessKeyId, at: new Date(now).toISOString() } });
    return 0;
  }
  if (record.registeredAccessKeyId === old.accessKeyId) return daysBetween(Date.parse(record.promoted.at), now); // the service still has it, used or not

  const promoted = Date.parse(record.promoted.at);
  const lastUsed = await engine.userKeys.lastUsed(old.accessKeyId);
  if (lastUsed && lastUsed.getTime() > promoted) return daysBetween(promoted, lastUsed.getTime());
  if (now >= promoted + retireAfter) await engine.userKeys.deactivate(old.accessKeyId);
  return 0;
}
