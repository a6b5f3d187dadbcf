import { Rotation } from './rotation';
import { ownRecord, updateRecord } from '../registration/record/own-record';

/** Milliseconds, long enough for somebody who still needs the key to say so. EventBridge may deliver twice, and repeats a failed run. */
const UNTIL_DELETED = 20 * 3_600_000;

/**
 * Deletes a deactivated key, unless it was deactivated recently: a deleted key cannot be activated again. If the time is unknown, it begins
 * now. Returns when the key may be deleted, if it was not.
 */
export async function deleteWhenSettled(rotation: Rotation, accessKeyId: string): Promise<Date | undefined> {
  const { engine, registration: { clock } } = rotation;
  const { deactivated } = await ownRecord(rotation);
  const isKnown = deactivated?.accessKeyId === accessKeyId;
  const at = isKnown ? Date.parse(deactivated.at) : clock.now();
  if (!isKnown) await updateRecord(rotation, { deactivated: { accessKeyId, at: new Date(at).toISOString() } });
  if (clock.now() < at + UNTIL_DELETED) return new Date(at + UNTIL_DELETED);
  await engine.userKeys.delete(accessKeyId);
  return undefined;
}
