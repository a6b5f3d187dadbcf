import { Rotation, updateRecord } from './rotation';
import type { StoredKey } from '../../src/private/contract';
import { OwnershipRecord } from '../registration/record';
import { consoleSteps } from '../registration/steps';

/** Tells people that a key waits for them, once a key. */
export async function askForKey(rotation: Rotation, record: OwnershipRecord, key: StoredKey): Promise<void> {
  const { registration } = rotation;
  if (record.accessKeyId === key.accessKeyId && record.awaitingSince !== undefined) {
    return;
  }
  const { properties, notify, clock } = registration;
  if (properties.Delivery.NotifyTopicArn !== undefined) {
    await notify(properties.Delivery.NotifyTopicArn, 'A new key of the Qualys base account waits to be entered', consoleSteps(properties, key, true, 'AWSPENDING'));
  }
  await updateRecord(rotation, { accessKeyId: key.accessKeyId, awaitingSince: new Date(clock.now()).toISOString() });
}
