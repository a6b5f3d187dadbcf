import type { StoredKey } from '../../../src/wire/access-key';
import { parseStoredKey } from '../../keys/stored-key';
import { DeployError } from '../../runtime/errors';
import { BaseAccountEntry } from '../../service/base-account-api';
import { OwnershipRecord } from '../record/record';
import { EntryProperties, Registration, showsAccount } from '../registration';

/**
 * Refuses a change of the user that deletes the former user, where a person enters the key. CloudFormation would delete the former key in
 * the same deployment, long before anybody has entered the new one, and every connector would fail.
 *
 * @param previous the previous properties; a Create may replace a registration that was renamed
 */
export async function refuseLossOfFormerKey(
  registration: Registration, entry: BaseAccountEntry, claimed: OwnershipRecord, key: StoredKey, previous?: EntryProperties,
): Promise<void> {
  const { properties, secret, redactor, entryName } = registration;
  const atService = [claimed.registeredAccessKeyId, claimed.accessKeyId];
  if (properties.DeletesFormerUser !== 'true' || previous?.UserName === properties.UserName || atService.includes(key.accessKeyId)
    || !showsAccount(entry, properties.AwsAccountId)) return;

  for (const stage of ['FORMER_CURRENT', 'AWSPENDING'] as const) { // the latter where a rotation waits for a person
    const value = await secret.read({ stage });
    const former = value === undefined ? undefined : parseStoredKey(value, secret.arn, redactor);
    if (former === undefined || former.userName === properties.UserName || !atService.includes(former.accessKeyId)) continue;
    throw new DeployError(`${entryName} is entered at the console, and the service may sign with the key of the user ${former.userName}. With `
      + 'RemovalPolicy.DESTROY that user would be deleted before anybody can enter the new key, so the change is taken back and the key stays. Deploy the user with the '
      + 'default removalPolicy first, then change its name, enter the new key, and delete the former user with its key yourself');
  }
}
