import { describeSecret } from '../keys/engine';
import { replacedKey } from '../keys/removal/replaced-key';
import { ownRecord, updateRecord } from '../registration/record/own-record';
import { deleteWhenSettled } from '../rotation/delete-when-settled';
import { keyOf, Rotation } from '../rotation/rotation';
import { daysBetween } from '../runtime/metric-line';

/**
 * Retires the key that the last rotation replaced: deactivated once its time is over and nobody has used it since the
 * promotion, deleted on a later day. A key that is still used stays, until the time is over after which it is cut off whatever uses it;
 * that never is the key that the service was given last.
 *
 * @returns for how many days since the promotion the old key has been used; 0 if it has not been, or is gone
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
    // The promotion was not written down, as after a crash: its time begins now.
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
