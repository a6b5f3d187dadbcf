import { describeSecret } from '../keys/engine';
import { replacedKey } from '../keys/removal/replaced-key';
import { ownRecord, updateRecord } from '../registration/record/own-record';
import { deleteWhenSettled } from '../rotation/delete-when-settled';
import { keyOf, Rotation } from '../rotation/rotation';
import { daysBetween } from '../runtime/metric-line';

/**
 * Retires the key that the last rotation replaced. It deactivates the key once its time is over and nobody has used it since the promotion,
 * and deletes it on a later day. A key that is still used stays until `forceRetireAfter` is over. The key that the service got last always
 * stays.
 *
 * @returns the days from the promotion to the last use of the old key; 0 if it was not used, or is gone
 */
export async function retireOldKey(rotation: Rotation): Promise<number> {
  const { engine, registration, times: { retireAfter, forceRetireAfter = Infinity } } = rotation;
  const state = await describeSecret(engine);
  const old = await replacedKey(engine, state);
  if (!old) return 0;
  const current = await keyOf(rotation, state.stages.AWSCURRENT);
  if (old.accessKeyId === current.accessKeyId) return 0;
  if (old.status !== 'Active') {
    await deleteWhenSettled(rotation, old.accessKeyId);
    return 0;
  }
  const record = await ownRecord(rotation);
  const now = registration.clock.now();
  if (record.promoted?.accessKeyId !== current.accessKeyId) {
    // The record has no time of the promotion, for example after a crash. It begins now.
    await updateRecord(rotation, { promoted: { accessKeyId: current.accessKeyId, at: new Date(now).toISOString() } });
    return 0;
  }
  const promoted = Date.parse(record.promoted.at);
  if (record.registeredAccessKeyId === old.accessKeyId) return daysBetween(promoted, now); // the service still has it, used or not

  const lastUsed = await engine.userKeys.lastUsed(old.accessKeyId);
  const isUsed = lastUsed !== undefined && lastUsed.getTime() > promoted;
  if (isUsed && now < promoted + forceRetireAfter) return daysBetween(promoted, lastUsed.getTime());
  if (isUsed || now >= promoted + retireAfter) {
    await updateRecord(rotation, { deactivated: { accessKeyId: old.accessKeyId, at: new Date(now).toISOString() } });
    await engine.userKeys.deactivate(old.accessKeyId);
  }
  return 0;
}
