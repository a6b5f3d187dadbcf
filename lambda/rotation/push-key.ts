import { Rotation } from './rotation';
import type { StoredKey } from '../../src/wire/access-key';
import { push } from '../registration/delivery/deliver';
import { ownRecord } from '../registration/record/own-record';
import { claim, decideOwnership } from '../registration/record/ownership';
import { DeployError } from '../runtime/errors';

/** Sends a key to the service through its API, as a deployment does: read, decide, write the record, write, read back. */
export async function pushKey(rotation: Rotation, key: StoredKey): Promise<void> {
  const { registration } = rotation;
  const { properties, service, entryName } = registration;
  if (!properties.Delivery.Api) {
    throw new DeployError(`${entryName} was registered through the API, but its delivery is the console now; `
      + 'deploy the stack again');
  }
  const record = await ownRecord(rotation);
  const entry = await service.read(properties.AccountType);
  const claimed = await claim(registration, decideOwnership(registration, entry, record), entry, key.accessKeyId);
  await push(registration, entry, claimed, key, properties.Delivery.Api);
}
