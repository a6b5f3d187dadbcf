import { pushKey } from './push-key';
import { Rotation } from './rotation';
import type { StoredKey } from '../../src/wire/access-key';

/**
 * Gives up a new key that does not work. The order matters: the service gets the current key back before the new one is deleted. The
 * version names the new key until it is deleted, so a crash leaves no key without a name.
 */
export async function abandonPendingKey(rotation: Rotation, pending: StoredKey, current: StoredKey, token: string): Promise<void> {
  const { engine } = rotation;
  await pushKey(rotation, current);
  await engine.userKeys.delete(pending.accessKeyId);
  await engine.secret.unstage('AWSPENDING', token);
}
