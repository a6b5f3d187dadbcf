import { abandonPendingKey } from './abandon-pending-key';
import { askForKey } from './ask-for-key';
import { pushKey } from './push-key';
import { keyOf, Rotation } from './rotation';
import type { StoredKey } from '../../src/wire/access-key';
import { describeSecret } from '../keys/engine';
import { proveKey } from '../keys/proof';
import { ownRecord } from '../registration/record/own-record';
import { DeployError } from '../runtime/errors';

/** Tests the new key and sends it to the service. If only a person can do that, it asks once. */
export async function setSecret(rotation: Rotation, token: string): Promise<void> {
  const key = await keyOf(rotation, token);
  const record = await ownRecord(rotation);
  if (record.delivery === 'CONSOLE') {
    // The library does not try the key here, so every use that IAM shows is the service's.
    await askForKey(rotation, record, key);
    return;
  }
  try {
    await proveKey(rotation.registration, key);
  } catch (error) {
    // If AWS does not accept the key within two minutes, it is given up, and the next rotation begins with another one.
    if (error instanceof DeployError) await giveUp(rotation, key, token).catch(() => undefined);
    throw error;
  }
  await pushKey(rotation, key);
}

async function giveUp(rotation: Rotation, key: StoredKey, token: string): Promise<void> {
  const { stages } = await describeSecret(rotation.engine);
  await abandonPendingKey(rotation, key, await keyOf(rotation, stages.AWSCURRENT), token);
}
