import { Rotation } from './rotation';
import type { StoredKey } from '../../src/wire/access-key';
import { consoleSteps } from '../registration/delivery/steps';
import { updateRecord } from '../registration/record/own-record';
import { OwnershipRecord } from '../registration/record/record';

/** Tells people once for each key that it waits for them. */
export async function askForKey(rotation: Rotation, record: OwnershipRecord, key: StoredKey): Promise<void> {
  const { registration } = rotation;
  if (record.accessKeyId === key.accessKeyId && record.awaitingSince !== undefined) return;
  const { properties, notify, clock } = registration;
  const topic = properties.Delivery.NotifyTopicArn;
  const steps = consoleSteps(properties, key, true, 'AWSPENDING');
  if (topic !== undefined) await notify(topic, 'A new key of the Qualys base account waits to be entered', steps);
  await updateRecord(rotation, { accessKeyId: key.accessKeyId, awaitingSince: new Date(clock.now()).toISOString() });
}
