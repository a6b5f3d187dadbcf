import { pushKey } from './push-key';
import { Rotation } from './rotation';
import type { StoredKey } from '../../src/wire/access-key';

/**
 * Gives a new key up that does not hold. The order matters: the service has the current key again before the new one goes, and
 * the version names the new one until it is gone, so that a crash leaves no key that nothing names.
 */
export async function abandonPendingKey(rotation: Rotation, pending: StoredKey, current: StoredKey, token: string): Promise<void> {
  const { engine } = rotation;
  await pushKey(rotation, current);
  await engine.userKeys.delete(pending.accessKeyId);
  await engine.secret.unstage('AWSPENDING', token);
}
