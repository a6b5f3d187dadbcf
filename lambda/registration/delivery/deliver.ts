import { awaitConsole } from './await-console';
import { refuseLossOfFormerKey } from './former-user';
import type { StoredKey } from '../../../src/wire/access-key';
import type { WriteApiProperties } from '../../../src/wire/base-account';
import { BaseAccountEntry, EntryFields, NoWriteApi } from '../../service/base-account-api';
import { mayHaveArrived } from '../../service/http/errors';
import { isPassing } from '../../service/http/retry';
import { takenOver } from '../record/ownership';
import { OwnershipRecord } from '../record/record';
import { EntryProperties, readUntil, Registration, showsAccount } from '../registration';

/** Brings title and key to the service, through its API or a person. Returns the new state. */
export async function deliver(
  registration: Registration, entry: BaseAccountEntry, claimed: OwnershipRecord, key: StoredKey, previous?: EntryProperties,
): Promise<OwnershipRecord> {
  const { Mode, Api } = registration.properties.Delivery;
  const byPerson = async (): Promise<OwnershipRecord> => {
    await refuseLossOfFormerKey(registration, entry, claimed, key, previous);
    return awaitConsole(registration, entry, claimed, key);
  };
  if (!Api || Mode === 'CONSOLE' || (Mode === 'AUTO' && !await registration.service.hasWriteApi(Api))) return byPerson();
  try {
    return await push(registration, entry, claimed, key, Api);
  } catch (error) {
    if (Mode === 'AUTO' && error instanceof NoWriteApi) return byPerson();
    throw error;
  }
}

/** Delivers through the API. The record says at every moment what may have arrived. */
export async function push(
  registration: Registration, entry: BaseAccountEntry, claimed: OwnershipRecord, key: StoredKey, api: WriteApiProperties,
): Promise<OwnershipRecord> {
  const { records, properties, entryName } = registration;
  const pushing: OwnershipRecord = {
    ...claimed,
    status: 'PUSHING',
    delivery: 'API',
    awsAccountId: properties.AwsAccountId,
    accessKeyId: key.accessKeyId,
    // A repetition may find the entry of the first attempt.
    entryWasThere: claimed.status === 'PUSHING' ? claimed.entryWasThere : entry.isCustomers,
  };
  await records.write(properties.RecordName, pushing);
  try {
    await write(registration, entry, api, fieldsOf(registration, key));
  } catch (error) {
    if (!mayHaveArrived(error)) await records.write(properties.RecordName, claimed); // refused: the service is as it was

    throw error;
  }
  await readUntil(registration, (after) => showsAccount(after, properties.AwsAccountId), `${entryName} was written, but the service does not show AWS account `
    + `${properties.AwsAccountId} for it. Look at the console; if the write API of this subscription differs from the preset, correct it with KeyDelivery.api`);
  const registered: OwnershipRecord = {
    ...pushing, status: 'REGISTERED', registeredAccessKeyId: key.accessKeyId, ...takenOver(pushing), mark: registration.deployedHash ?? claimed.mark,
  };
  await records.write(properties.RecordName, registered);
  return registered;
}

/** Milliseconds before a create without effect is sent again, and milliseconds that its answer and the read then need. */
const BEFORE_ANOTHER = [2_000, 8_000];
const FOR_ANOTHER = 60_000;

/**
 * Creates or updates the entry. When a create fails, it reads the service before it sends anything again: the answer may have been lost, or
 * a second delivery of the request may have made the entry. If the service shows no entry, it creates it again.
 */
async function write(registration: Registration, entry: BaseAccountEntry, api: WriteApiProperties, fields: EntryFields): Promise<void> {
  const { service, properties, clock, deadline } = registration;
  if (entry.isCustomers) return service.update(api, entry.id, fields);
  for (let attempt = 0; ; attempt++) {
    try {
      return await service.create(api, fields);
    } catch (error) {
      if (error instanceof NoWriteApi) throw error;
      const after = await service.read(properties.AccountType).catch(() => undefined);
      if (after && showsAccount(after, properties.AwsAccountId)) return service.update(api, after.id, fields);
      const pause = BEFORE_ANOTHER[attempt];
      if (!after || after.isCustomers || !isPassing(error) || pause === undefined || deadline.remaining() < pause + FOR_ANOTHER) throw error;
      await clock.sleep(pause);
    }
  }
}

/** The fields of the entry that each property sets; the key comes from its secret. */
const FIELDS: { readonly [P in 'Title' | 'AwsAccountId' | 'AccountType' | 'UseInAssetView']: (properties: EntryProperties) => Partial<EntryFields> } = {
  Title: ({ Title }) => ({ title: Title }),
  AwsAccountId: ({ AwsAccountId }) => ({ awsAccountId: AwsAccountId }),
  AccountType: ({ AccountType }) => ({ accountType: AccountType }),
  UseInAssetView: ({ UseInAssetView }) => (UseInAssetView === undefined ? {} : { useInAssetView: UseInAssetView === 'true' }),
};

/** The other properties, which are no fields of the entry. A property in neither list does not compile. */
type Elsewhere = 'SchemaVersion' | 'Service' | 'UserName' | 'AccessKeySecretArn' | 'Delivery' | 'AdoptExisting' | 'DeletionProtection' | 'DeletesFormerUser' | 'RecordName';
const isEveryPropertyUsed: Exclude<keyof EntryProperties, keyof typeof FIELDS | Elsewhere> extends never ? true : never = true;

function fieldsOf({ properties }: Registration, { accessKeyId, secretAccessKey }: StoredKey): EntryFields {
  const fields = isEveryPropertyUsed && Object.values(FIELDS).map((field) => field(properties));
  return Object.assign({ accessKeyId, secretAccessKey }, ...fields) as EntryFields;
}
