import { abandonPendingKey } from './abandon-pending-key';
import { keyOf, Rotation } from './rotation';
import { describeSecret, readVersion } from '../keys/engine';
import { proveKey } from '../keys/proof';
import { ownRecord } from '../registration/record/own-record';
import { showsAccount } from '../registration/registration';
import { DeployError } from '../runtime/errors';

/**
 * The last check before the promotion. If the new key does not work, the service gets the current one back.
 *
 * Secrets Manager also calls this step alone whenever the schedule is set, with a version that is empty or a copy of the current one. That
 * succeeds without any call.
 */
export async function testSecret(rotation: Rotation, token: string): Promise<void> {
  const { engine, registration } = rotation;
  const pending = await readVersion(engine, token);
  if (!pending) return;
  const { stages } = await describeSecret(engine);
  const current = await keyOf(rotation, stages.AWSCURRENT);
  if (pending.accessKeyId === current.accessKeyId || (await ownRecord(rotation)).delivery === 'CONSOLE') return;
  try {
    await proveKey(registration, pending);
    const { properties, service, entryName } = registration;
    if (!showsAccount(await service.read(properties.AccountType), properties.AwsAccountId)) {
      throw new DeployError(`${entryName} does not show AWS account ${properties.AwsAccountId} after the new key was brought `
        + 'there');
    }
  } catch (error) {
    await abandonPendingKey(rotation, pending, current, token).catch(() => undefined);
    throw error;
  }
}
