import { OwnershipRecord } from './record';
import { parseStoredKey } from '../../keys/stored-key';
import { DeployError } from '../../runtime/errors';
import { push } from '../delivery/deliver';
import { Registration, showsAccount } from '../registration';

/**
 * Takes a failed takeover back: the entry was there before, connectors rely on it, and the record names the stack that had it.
 * That one may be deleted long since; then the next deployment with adoptExisting takes it up.
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

/** Where the secret is the same and holds the former key again, as after a change of the user that is rolled back, the service gets that one. */
async function bringBack(registration: Registration, record: OwnershipRecord, known: ReadonlyArray<string | undefined>): Promise<boolean> {
  const { properties: { Delivery: { Api }, AccountType, AwsAccountId }, secret, redactor, service } = registration;
  const value = await secret.read({ stage: 'AWSCURRENT' });
  const current = value === undefined ? undefined : parseStoredKey(value, secret.arn, redactor);
  const entry = await service.read(AccountType);
  if (!Api || !current || !known.includes(current.accessKeyId) || !showsAccount(entry, AwsAccountId)) return false;
  await push(registration, entry, record, current, Api);
  return true;
}
