import { updateRecord } from '../record/own-record';
import { OwnershipRecord } from '../record/record';
import { Registration, showsAccount } from '../registration';

/** When IAM saw a key last. */
export type LastUsed = (accessKeyId: string) => Promise<Date | undefined>;

/** The deployment tried this key itself; a use well after that is somebody else's. */
const OWN_USE = 15 * 60_000;

/**
 * In console mode, where the key waits for a person: looks whether it was entered, and writes that down. Answers the record as it stands then.
 *
 * @param lastUsed absent where the function has no rights on keys: an entry that was there before says nothing then about the key that it has
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
