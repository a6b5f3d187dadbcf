import { describeSecret, listKeys, readVersion } from '../keys/engine';
import { isActive } from '../keys/minting/mint';
import { lookForEntry } from '../registration/delivery/look-for-entry';
import { ownRecord } from '../registration/record/own-record';
import { askForKey } from '../rotation/ask-for-key';
import { isInUse, promote } from '../rotation/finish-secret';
import { pushKey } from '../rotation/push-key';
import { keyOf, Rotation } from '../rotation/rotation';

/** Makes sure that the service has the current key, or that people were asked to enter it. */
export async function reconcileDelivery(rotation: Rotation): Promise<void> {
  const { engine } = rotation;
  const { stages } = await describeSecret(engine);
  const current = await keyOf(rotation, stages.AWSCURRENT);
  const record = await ownRecord(rotation);
  const pending = stages.AWSPENDING === undefined || stages.AWSPENDING === stages.AWSCURRENT
    ? undefined
    : await readVersion(engine, stages.AWSPENDING);
  if (record.delivery === 'API') {
    // During a rotation, the rotation decides which key the service has.
    if (!pending && record.registeredAccessKeyId !== current.accessKeyId) await pushKey(rotation, current);
    return;
  }
  if (pending) {
    // A deleted key waits for the next attempt of the rotation. IAM does not show its use.
    const isUsed = isActive(await listKeys(engine), pending.accessKeyId) && await isInUse(rotation, pending);
    if (isUsed) await promote(rotation, pending, stages.AWSPENDING!);
    return;
  }
  if (record.registeredAccessKeyId !== current.accessKeyId && record.accessKeyId !== current.accessKeyId) return askForKey(rotation, record, current);
  await lookForEntry(rotation, record, (accessKeyId) => engine.userKeys.lastUsed(accessKeyId));
}
