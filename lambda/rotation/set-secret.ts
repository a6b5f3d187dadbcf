import { askForKey } from './ask-for-key';
import { pushKey } from './push-key';
import { keyOf, ownRecord, Rotation } from './rotation';
import { proveKey } from '../keys/proof';

/** Proves the new key and brings it to the service; where only a person can, asks for that once. */
export async function setSecret(rotation: Rotation, token: string): Promise<void> {
  const key = await keyOf(rotation, token);
  const record = await ownRecord(rotation);
  if (record.delivery === 'CONSOLE') {
    // Not tried here: whatever IAM then tells of its use is the service's.
    await askForKey(rotation, record, key);
    return;
  }
  await proveKey(rotation.registration, key);
  await pushKey(rotation, key);
}
