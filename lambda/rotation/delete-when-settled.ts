import { Rotation } from './rotation';
import { ownRecord, updateRecord } from '../registration/record/own-record';

/** Milliseconds: long enough for whoever misses the key to say so. EventBridge may deliver twice, and repeats a run that has failed. */
const UNTIL_DELETED = 20 * 3_600_000;

/**
 * Deletes a key that was deactivated, unless that was a short while ago: a deleted one cannot be activated again. Where nobody knows when it
 * was, its time begins now. Answers when it may be deleted, if it was not.
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
