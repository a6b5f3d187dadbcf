import { OwnershipRecord } from './record';
import { WrittenMeanwhile } from '../../runtime/calls/parameters';
import { DeployError } from '../../runtime/errors';
import { isOwner } from '../../runtime/owner';
import { Registration } from '../registration';

/** The record, if it still says that the entry belongs to this stack. A later run must not send a key over somebody else's. */
export async function ownRecord({ registration }: { readonly registration: Registration }): Promise<OwnershipRecord> {
  const { records, properties, owner, entryName } = registration;
  const record = await records.read(properties.RecordName);
  if (!record || !isOwner(record?.owner, owner)) {
    throw new DeployError(`${entryName} is ${record ? 'managed by another stack now' : 'not registered'}, `
      + 'so its key is not rotated from here');
  }
  return record;
}

/** Changes these fields. If another run has written the record meanwhile, it changes them in that version. */
export async function updateRecord(
  holder: { readonly registration: Registration }, change: Partial<OwnershipRecord>, attempts = 3,
): Promise<OwnershipRecord> {
  const record = await ownRecord(holder);
  const next = { ...record, ...change, generation: record.generation + 1 };
  try {
    await holder.registration.records.change(holder.registration.properties.RecordName, next);
  } catch (error) {
    if (error instanceof WrittenMeanwhile && attempts > 1) return updateRecord(holder, change, attempts - 1);
    throw error;
  }
  return next;
}
