import { LastUsed, lookForEntry } from './delivery/look-for-entry';
import { consoleSteps } from './delivery/steps';
import { ownRecord } from './record/own-record';
import { OwnershipRecord } from './record/record';
import { Registration, showsAccount } from './registration';
import { parseStoredKey } from '../keys/stored-key';
import { BaseAccountEntry } from '../service/base-account-api';

/** Reads the service, and returns in words whether the base account is registered, or why not, for the person who asked. */
export async function confirmRegistration(registration: Registration, lastUsed?: LastUsed): Promise<string[]> {
  const { service, properties, entryName } = registration;
  const record = await lookForEntry({ registration }, await ownRecord({ registration }), lastUsed);
  const entry = await service.read(properties.AccountType);
  if (!showsAccount(entry, properties.AwsAccountId)) return [`NOT REGISTERED: for ${entryName} the service shows ${shownIn(entry)}, not AWS account ${properties.AwsAccountId}.`, ...await advice(registration, record)];

  if (record.awaitingSince !== undefined) {
    return [`WAITING: ${entryName} is there, for AWS account ${properties.AwsAccountId}, but nothing shows yet that it has the key ${record.accessKeyId}, which waits since ${record.awaitingSince}: `
      + 'no read of the service shows its key, and AWS tells of a use with a delay of hours.', ...await advice(registration, record)];
  }
  return [`REGISTERED: ${entryName} is there, for AWS account ${properties.AwsAccountId}, with the key ${record.registeredAccessKeyId ?? record.accessKeyId}.`];
}

function shownIn({ isCustomers, accountId }: BaseAccountEntry): string {
  if (isCustomers) return `the base account ${accountId}`;
  return accountId === undefined ? 'no account' : `the account of Qualys, ${accountId}`;
}

async function advice(registration: Registration, record: OwnershipRecord): Promise<string[]> {
  const { secret, properties, redactor } = registration;
  const value = await secret.read({ stage: 'AWSCURRENT' });
  if (record.delivery !== 'CONSOLE' || value === undefined) return ['Deploy the stack with a change, as of the title: then the key is brought there again.'];
  return [consoleSteps(properties, parseStoredKey(value, secret.arn, redactor), record.entryWasThere)];
}
