import { isOwner, OwnershipRecord } from './record';
import { readUntil, Registration, showsAccount } from './registry';
import { DeployError } from '../runtime/errors';

/** For a Delete: one that cancels a Create says so before it looks. */
export async function deleteRegistration(registration: Registration, cancelledBy?: string): Promise<void> {
  if (cancelledBy !== undefined) {
    await registration.records.cancel(registration.properties.RecordName, cancelledBy);
  }
  await removeRegistration(registration);
}

/** Removes the entry, if the record says that it is this resource's. Anything else at the service stays as it is. */
export async function removeRegistration(registration: Registration): Promise<void> {
  const { records, properties, owner } = registration;
  const record = await records.read(properties.RecordName);
  if (!record || !isOwner(record, owner)) {
    return;
  }
  if (record.status !== 'CLAIMED') {
    await removeEntry(registration, record);
  }
  await records.remove(properties.RecordName);
}

async function removeEntry(registration: Registration, record: OwnershipRecord): Promise<void> {
  const { service, properties, entryName } = registration;
  const accounts = [record.awsAccountId, properties.AwsAccountId];
  const shown = async () => service.read(properties.AccountType);
  const entry = await shown();
  if (!accounts.some((account) => showsAccount(entry, account))) {
    return; // gone already
  }
  const byHand = 'Let the connector roles trust the Qualys account again (TrustPrincipal.both), remove the entry at the Qualys console, then retry';
  if (record.adopted) {
    throw new DeployError(`${entryName} was there before this stack took it up, so it is not removed from here; the user and its key stay too. ${byHand}`);
  }
  if (record.delivery === 'CONSOLE' || !properties.Delivery.Api) {
    throw new DeployError(`${entryName} was entered at the console and is still there; while it is, the user and its key stay too. ${byHand}`);
  }
  await service.remove(properties.Delivery.Api, entry.id, properties.AccountType);
  await readUntil(registration, (after) => !accounts.some((account) => showsAccount(after, account)),
    `${entryName} was removed, but the service still shows it; the user and its key stay. Look at the console, then retry`);
}
