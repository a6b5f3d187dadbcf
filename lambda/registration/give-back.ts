import { OwnershipRecord } from './record';
import { Registration } from './registry';
import { DeployError } from '../runtime/errors';

/**
 * Takes a failed takeover back: the entry was there before, connectors rely on it, and the record names the stack that had it.
 * That one may be deleted long since; then the next deployment with adoptExisting takes it up.
 */
export async function giveBack({ records, properties, entryName }: Registration, record: OwnershipRecord, before: OwnershipRecord): Promise<void> {
  const known = [before.accessKeyId, before.registeredAccessKeyId];
  if (record.status === 'PUSHING' && !known.includes(record.accessKeyId)) {
    throw new DeployError(`${entryName} was there before this stack took it up, and may have the key ${record.accessKeyId} of this stack now; entry, key and user `
      + 'stay. Deploy again with adoptExisting; or enter the key that it had before at the Qualys console, then delete this stack with the resource retained');
  }
  await records.write(properties.RecordName, { ...before, generation: record.generation + 1 });
}
