import { pushKey } from './push-key';
import { keyOf, Rotation } from './rotation';
import type { StoredKey } from '../../src/wire/access-key';
import { describeSecret } from '../keys/engine';
import { ownRecord, updateRecord } from '../registration/record/own-record';
import { DeployError } from '../runtime/errors';

/** Makes the new key the current one, once the service has it. The old key stays active; the daily run retires it. */
export async function finishSecret(rotation: Rotation, token: string): Promise<void> {
  const key = await keyOf(rotation, token);
  const record = await ownRecord(rotation);
  if (record.delivery === 'CONSOLE') {
    if (await isInUse(rotation, key)) await promote(rotation, key, token);
    return; // otherwise it waits under AWSPENDING, and the daily run looks again
  }
  if (record.registeredAccessKeyId !== key.accessKeyId) {
    throw new DeployError(`the service was given another key (${record.registeredAccessKeyId ?? 'none'}) while ${key.accessKeyId} was on its way; the next attempt `
      + 'brings it again');
  }
  await promote(rotation, key, token);
  // A deployment that began before the promotion may have sent the former key.
  if ((await ownRecord(rotation)).registeredAccessKeyId !== key.accessKeyId) await pushKey(rotation, key);
}

export async function promote(rotation: Rotation, key: StoredKey, token: string): Promise<void> {
  const { engine, registration } = rotation;
  const { stages } = await describeSecret(engine);
  await engine.secret.move('AWSCURRENT', token, stages.AWSCURRENT);
  const record = await ownRecord(rotation);
  await updateRecord(rotation, {
    lastRotation: 'SUCCEEDED',
    promoted: { accessKeyId: key.accessKeyId, at: new Date(registration.clock.now()).toISOString() },
    ...(record.delivery === 'CONSOLE'
      ? { status: 'REGISTERED', accessKeyId: key.accessKeyId, registeredAccessKeyId: key.accessKeyId, awaitingSince: undefined }
      : {}),
  });
}

/** Nobody else uses a key that waits for the console, not even this library. */
export async function isInUse({ engine }: Rotation, key: StoredKey): Promise<boolean> {
  return await engine.userKeys.lastUsed(key.accessKeyId) !== undefined;
}
