import { OwnershipRecord } from './record';
import { parseStoredKey } from '../../keys/stored-key';
import { DeployError } from '../../runtime/errors';
import { push } from '../delivery/deliver';
import { Registration, showsAccount } from '../registration';

/**
 * Undoes a failed takeover. The entry was there before, connectors rely on it, and the record names its former stack. If that stack was
 * deleted long ago, the next deployment with adoptExisting takes the entry over.
 */
export async function returnToFormerOwner(registration: Registration, record: OwnershipRecord, before: OwnershipRecord): Promise<void> {
  const { records, properties, entryName } = registration;
  const known = [before.accessKeyId, before.registeredAccessKeyId];
  const sent = record.status === 'PUSHING' || (record.status === 'REGISTERED' && record.delivery === 'API');
  if (sent && !known.includes(record.accessKeyId) && !await bringBack(registration, record, known)) {
    throw new DeployError(`${entryName} was there before this stack took it up, and may have the key ${record.accessKeyId} of this stack now; entry, key and user `
      + 'stay. Deploy again with adoptExisting; or enter the key that it had before at the Qualys console, then delete this stack with the resource retained');
  }
  await records.write(properties.RecordName, { ...before, generation: record.generation + 1 });
}

/** If the secret is the same and has the former key again, for example after a rolled-back change of the user, the service gets that key. */
async function bringBack(registration: Registration, record: OwnershipRecord, known: ReadonlyArray<string | undefined>): Promise<boolean> {
  const { properties: { Delivery: { Api }, AccountType, AwsAccountId }, secret, redactor, service } = registration;
  const value = await secret.read({ stage: 'AWSCURRENT' });
  const current = value === undefined ? undefined : parseStoredKey(value, secret.arn, redactor);
  const entry = await service.read(AccountType);
  if (!Api || !current || !known.includes(current.accessKeyId) || !showsAccount(entry, AwsAccountId)) return false;
  await push(registration, entry, record, current, Api);
  return true;
}
