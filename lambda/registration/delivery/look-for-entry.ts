import { updateRecord } from '../record/own-record';
import { OwnershipRecord } from '../record/record';
import { Registration, showsAccount } from '../registration';

/** Reads when a key was last used, as IAM knows. */
export type LastUsed = (accessKeyId: string) => Promise<Date | undefined>;

/** The deployment tried this key itself. A use well after that is the service's. */
const OWN_USE = 15 * 60_000;

/**
 * Checks whether a person has entered a waiting key, and records that. Returns the record.
 *
 * @param lastUsed absent when the function has no rights on keys: then an entry from before does not show which key it has
 */
export async function lookForEntry(
  holder: { readonly registration: Registration }, record: OwnershipRecord, lastUsed?: LastUsed,
): Promise<OwnershipRecord> {
  if (record.awaitingSince === undefined) return record;
  const { service, properties } = holder.registration;
  const appeared = !record.entryWasThere && showsAccount(await service.read(properties.AccountType), properties.AwsAccountId);
  if (!appeared && !(lastUsed && await isUsedByOthers(record, lastUsed))) return record;
  return updateRecord(holder, { status: 'REGISTERED', registeredAccessKeyId: record.accessKeyId, awaitingSince: undefined });
}

async function isUsedByOthers({ accessKeyId, awaitingSince }: OwnershipRecord, lastUsed: LastUsed): Promise<boolean> {
  const last = await lastUsed(accessKeyId);
  return last !== undefined && awaitingSince !== undefined && last.getTime() > Date.parse(awaitingSince) + OWN_USE;
}
