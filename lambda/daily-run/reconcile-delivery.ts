import type { StoredKey } from '../../src/wire/access-key';
import { describeSecret, listKeys, readVersion } from '../keys/engine';
import { isActive } from '../keys/mint';
import { OwnershipRecord } from '../registration/record';
import { showsAccount } from '../registration/registration';
import { askForKey } from '../rotation/ask-for-key';
import { isInUse, promote } from '../rotation/finish-secret';
import { pushKey } from '../rotation/push-key';
import { keyOf, ownRecord, Rotation, updateRecord } from '../rotation/rotation';

/** Makes true what should be: the service has the current key, or people have been asked for it and have entered it. */
export async function reconcileDelivery(rotation: Rotation): Promise<void> {
  const { engine } = rotation;
  const { stages } = await describeSecret(engine);
  const current = await keyOf(rotation, stages.AWSCURRENT);
  const record = await ownRecord(rotation);
  const pending = stages.AWSPENDING === undefined || stages.AWSPENDING === stages.AWSCURRENT
    ? undefined
    : await readVersion(engine, stages.AWSPENDING);
  if (record.delivery === 'API') {
    // While a new key is on its way, the rotation decides which one the service has.
    if (!pending && record.registeredAccessKeyId !== current.accessKeyId) await pushKey(rotation, current);
    return;
  }
  if (pending) {
    // One that somebody has deleted waits for the next attempt of the rotation; IAM tells nothing of its use.
    const isUsed = isActive(await listKeys(engine), pending.accessKeyId) && await isInUse(rotation, pending);
    if (isUsed) await promote(rotation, pending, stages.AWSPENDING!);
    return;
  }
  await awaitFirstEntry(rotation, record, current);
}

/** In console mode, and no rotation waits: the current key itself may not have been entered yet. */
async function awaitFirstEntry(rotation: Rotation, record: OwnershipRecord, current: StoredKey): Promise<void> {
  if (record.registeredAccessKeyId === current.accessKeyId) return;
  if (record.accessKeyId !== current.accessKeyId) {
    await askForKey(rotation, record, current);
    return;
  }
  const { service, properties } = rotation.registration;
  const appeared = !record.entryWasThere && showsAccount(await service.read(properties.AccountType), properties.AwsAccountId);
  if (appeared || await usedByOthers(rotation, record, current)) {
    await updateRecord(rotation, {
      status: 'REGISTERED', registeredAccessKeyId: current.accessKeyId, awaitingSince: undefined,
    });
  }
}

/** The deployment tried this key itself; a use well after that is somebody else's. */
const OWN_USE = 15 * 60_000;

async function usedByOthers({ engine }: Rotation, record: OwnershipRecord, key: StoredKey): Promise<boolean> {
  const lastUsed = await engine.userKeys.lastUsed(key.accessKeyId);
  return lastUsed !== undefined && record.awaitingSince !== undefined && lastUsed.getTime() > Date.parse(record.awaitingSince) + OWN_USE;
}
