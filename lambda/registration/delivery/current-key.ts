import type { StoredKey } from '../../../src/wire/access-key';
import { LABELS, PARTITIONS } from '../../../src/wire/account-types';
import { proveKey } from '../../keys/proof';
import { belongsTo, parseStoredKey } from '../../keys/stored-key';
import { DeployError } from '../../runtime/errors';
import { Registration } from '../registration';

/** The user's current key in the secret. */
export async function storedKey({ secret, properties, redactor }: Registration): Promise<StoredKey> {
  const value = await secret.read({ stage: 'AWSCURRENT' });
  if (value === undefined) {
    throw new DeployError(`the secret ${secret.arn} holds no access key yet. `
      + 'The key of a BaseAccountUser is stored there when its stack is deployed');
  }
  const key = parseStoredKey(value, secret.arn, redactor);
  if (!belongsTo(key, { userName: properties.UserName, accountId: properties.AwsAccountId })) {
    throw new DeployError(`the secret ${secret.arn} holds a key of the user ${key.userName} in account ${key.accountId}, but the base account is for `
      + `the user ${properties.UserName} in account ${properties.AwsAccountId}. Give the secret of that user; of an imported user, correct its userName and accountId`);
  }
  return key;
}

/** The current key, after AWS has accepted it in the account and partition of the entry. */
export async function provenKey(registration: Registration): Promise<StoredKey> {
  const { properties } = registration;
  const key = await storedKey(registration);
  const identity = await proveKey(registration, key);
  if (identity.accountId !== properties.AwsAccountId) {
    throw new DeployError(`the access key ${key.accessKeyId} belongs to account ${identity.accountId}, not to ${properties.AwsAccountId}; nothing was sent `
      + 'to the service');
  }
  const partition = identity.arn.split(':')[1] ?? '';
  if (partition !== PARTITIONS[properties.AccountType]) {
    throw new DeployError(`the account type ${LABELS[properties.AccountType]} is for partition ${PARTITIONS[properties.AccountType]}, but the access key `
      + `signs in ${partition}. Set accountType to the type of this partition`);
  }
  return key;
}
