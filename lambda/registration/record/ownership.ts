import { OwnershipRecord } from './record';
import { Registration } from '../registration';
import { Change, refuseTakeover } from './takeover';
import { DeployError } from '../../runtime/errors';
import { isOwner, ownerName } from '../../runtime/owner';
import { BaseAccountEntry } from '../../service/base-account-api';

/** The permission to write the entry that the service shows, with its history. */
export interface OwnershipDecision {
  readonly record?: OwnershipRecord;
  readonly adopted: boolean;
}

/**
 * Decides whether the entry may be written. It never takes over an existing entry silently: the AWS account has to be the same, and the
 * code has to allow it.
 */
export function decideOwnership(
  registration: Registration, entry: BaseAccountEntry, record: OwnershipRecord | undefined, change?: Change,
): OwnershipDecision {
  const { properties, owner, entryName } = registration;
  const adopt = properties.AdoptExisting === 'true';
  if (record && !isOwner(record?.owner, owner)) refuseTakeover(registration, record, change);
  // The record says which account's entry may be edited in place. The previous properties in the event are no proof.
  const knownAccounts = [properties.AwsAccountId, isOwner(record?.owner, owner) ? record?.awsAccountId : undefined];
  if (entry.isCustomers && !knownAccounts.includes(entry.accountId)) {
    throw new DeployError(`${entryName} is of AWS account ${entry.accountId ?? 'unknown'}, not of ${properties.AwsAccountId}, and the service has room for one. `
      + 'An entry of another account is never overwritten: remove it at the console first');
  }
  const ours = record !== undefined || change?.previous !== undefined;
  if (entry.isCustomers && !ours && !adopt) {
    throw new DeployError(`${entryName} exists already, for AWS account ${entry.accountId}, and this stack did not make it. Set adoptExisting to manage it `
      + 'from here: its title and key will be overwritten');
  }
  return { record, adopted: record ? record.adopted : entry.isCustomers };
}

/** Records the owner of the entry before anything is sent. */
export async function claim(
  registration: Registration, { record, adopted }: OwnershipDecision, entry: BaseAccountEntry, accessKeyId: string, create?: OwnershipRecord['create'],
): Promise<OwnershipRecord> {
  const { properties, owner, records, entryName } = registration;
  const first: Omit<OwnershipRecord, 'owner' | 'generation'> = {
    status: 'CLAIMED',
    delivery: properties.Delivery.Mode === 'CONSOLE' ? 'CONSOLE' : 'API',
    awsAccountId: properties.AwsAccountId,
    accessKeyId,
    adopted,
    entryWasThere: entry.isCustomers,
  };
  const isOwn = isOwner(record?.owner, owner);
  const taken = record && !isOwn ? {
    takenFrom: asTaken(record),
    former: record.mark === undefined ? undefined : { owner: record.owner, mark: record.mark },
  } : { takenFrom: create && record?.takenFrom }; // only a Create may still be taken back
  const before = isOwn && record?.create?.requestId === create?.requestId ? record?.create?.before : undefined;
  const claimed: OwnershipRecord = {
    ...first,
    ...record,
    owner,
    generation: (record?.generation ?? 0) + 1,
    ...taken,
    ...(create && { create: { ...create, ...(before && { before }) } }),
  };
  if (record) {
    await records.write(properties.RecordName, claimed);
  } else if (!await records.claim(properties.RecordName, claimed)) {
    const winner = await records.read(properties.RecordName);
    if (!isOwner(winner?.owner, owner)) {
      throw new DeployError(`${entryName} was taken by ${winner ? ownerName(winner.owner) : 'another stack'} a moment ago, `
        + 'and the service has room for one');
    }
  }
  return claimed;
}

/** A record as the next record keeps it, without its own predecessors. */
function asTaken(record: OwnershipRecord): OwnershipRecord {
  return { ...record, takenFrom: undefined, create: record.create && { ...record.create, before: undefined } };
}

/**
 * What the record keeps of a takeover. It can be taken back until the deployment has ended. For a renamed resource that is when
 * CloudFormation deletes the former one. For a takeover from another stack nothing shows the end, so the record is kept only in case the
 * successful answer is lost.
 */
export function takenOver({ owner, takenFrom, create }: OwnershipRecord): Pick<OwnershipRecord, 'takenFrom' | 'create'> {
  if (!takenFrom || takenFrom.owner.stackId === owner.stackId) return { takenFrom, create };
  return { takenFrom: undefined, create: create && { ...create, before: takenFrom } };
}
