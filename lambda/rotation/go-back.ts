import { pushKey } from './push-key';
import { Rotation } from './rotation';
import type { StoredKey } from '../../src/private/contract';

/** Gives a new key up that does not hold. The order matters: the service has the current key again before the new one goes. */
export async function goBack(rotation: Rotation, pending: StoredKey, current: StoredKey, token: string): Promise<void> {
  const { engine } = rotation;
  await pushKey(rotation, current);
  await engine.secret.unstage('AWSPENDING', token);
  await engine.userKeys.delete(pending.accessKeyId);
}
