import { connectorsLeft, refuseWhileConnectorsRemain } from './connectors-left';
import { cancellationNote } from './record/cancellation-note';
import { OwnershipRecord } from './record/record';
import { returnToFormerOwner } from './record/return-to-former-owner';
import { isShown, readUntil, Registration, showsAccount } from './registration';
import type { AccountTypeName } from '../../src/wire/account-types';
import { DeployError } from '../runtime/errors';
import { isOwner, ownerName } from '../runtime/owner';
import { BaseAccountEntry } from '../service/base-account-api';

/** Removes the entry for a Delete that cancels a Create. The Create may still be running, so the Delete writes its note before it reads. */
export async function giveUpRegistration(registration: Registration, requestId: string): Promise<void> {
  await registration.records.cancel(registration.properties.RecordName, await cancellationNote(registration, requestId));
  await removeRegistration(registration, true);
}

/**
 * Removes the entry for a Delete. It does not let keys and user be deleted when the record does not name this resource: somebody else may
 * have written the record.
 *
 * @param isUndo whether it undoes a failed request, which may not even have begun
 */
export async function deleteRegistration(registration: Registration, isUndo = false): Promise<void> {
  const { records, properties, owner, service, entryName } = registration;
  const record = await records.read(properties.RecordName);
  const wasOurs = record && [record.owner, record.takenFrom?.owner, record.former?.owner].some((one) => isOwner(one, owner));
  if (!wasOurs && !isUndo && showsAccount(await service.read(properties.AccountType), properties.AwsAccountId)) {
    throw new DeployError(`${entryName} is there, for AWS account ${properties.AwsAccountId}, but the record ${properties.RecordName} in Parameter Store ${record
      ? `names ${ownerName(record.owner)} as its owner, and does not say that it has taken it from this resource` : 'is gone'}; entry, key and user stay. If another stack manages the `
      + 'entry, delete this resource with the stack option to retain it. If none does, remove the entry at the Qualys console, then delete again');
  }
  await removeRegistration(registration, false, record);
}

/**
 * Removes the entry, if the record says that it belongs to this resource. Everything else at the service stays as it is.
 *
 * @param cancels whether the Create is undone, even if it has ended
 */
export async function removeRegistration(registration: Registration, cancels: boolean, found?: OwnershipRecord): Promise<void> {
  const { records, properties, owner } = registration;
  const record = found ?? await records.read(properties.RecordName);
  if (record?.takenFrom && isOwner(record.takenFrom?.owner, owner) && isTaken(record)) {
    await records.write(properties.RecordName, {
      ...record, takenFrom: undefined, generation: record.generation + 1,
    });
  }
  if (!record || !isOwner(record?.owner, owner)) return;
  const before = record.takenFrom ?? (cancels ? record.create?.before : undefined);
  if (before) return returnToFormerOwner(registration, record, before);
  if (record.status !== 'CLAIMED') await removeEntry(registration, record);
  await records.remove(properties.RecordName);
}

/** Whether the entry belongs to a new owner. The former owner is cleaned up, so nothing takes the entry back any more. */
function isTaken({ status }: OwnershipRecord): boolean {
  return status === 'REGISTERED' || status === 'AWAITING_CONSOLE';
}

async function removeEntry(registration: Registration, record: OwnershipRecord): Promise<void> {
  const { service, properties, entryName } = registration;
  const accounts = [record.awsAccountId, properties.AwsAccountId];
  const isGone = (entry: BaseAccountEntry) => !accounts.some((account) => showsAccount(entry, account));
  const entry = await service.read(properties.AccountType);
  if (isGone(entry)) return; // and the connectors went back to the Qualys account with it: nothing is left to cut off

  const { Api } = properties.Delivery;
  if (record.adopted || record.delivery === 'CONSOLE' || !Api) {
    if (!await isShown(registration, isGone)) throw new DeployError(await whatToDoByHand(registration, record));
    return;
  }
  if (isProtected(registration) && !isOfFailedCreate(record)) await refuseWhileConnectorsRemain(registration);
  if (entry.hasOthers && Api.Delete.Path.includes('{id}')) throw new DeployError(notByItsId(registration));
  await service.remove(Api, entry.id, properties.AccountType);
  await readUntil(registration, isGone, `${entryName} was removed, but the service still shows it; the user and its key stay. Look at the console, then retry`);
}

/** A delete by ID says nothing but the ID, and the service shows one ID for the base accounts of all account types. */
function notByItsId({ entryName, properties }: Registration): string {
  return `${entryName} is not removed: the path '${properties.Delivery.Api?.Delete.Path}' names it by an ID that stands for base accounts of other account types too, and they could go with it; `
    + 'entry, key and user stay. Give KeyDelivery.api a path without {id} for remove, with which the account type is sent, or remove the entry at the Qualys console; then delete again';
}

/** A registration that was deployed without this property is protected too. */
function isProtected({ properties }: Registration): boolean {
  return properties.DeletionProtection !== 'false';
}

/**
 * The first delivery was never confirmed, so this Delete undoes a failed Create. Without its entry the service calls the connectors as
 * before. After a confirmed delivery, their roles may have been switched.
 */
function isOfFailedCreate({ status, entryWasThere, registeredAccessKeyId }: OwnershipRecord): boolean {
  return status === 'PUSHING' && !entryWasThere && registeredAccessKeyId === undefined;
}

const TRUST_QUALYS = 'Let the connector roles trust the Qualys account again (TrustPrincipal.anyOf).';

/** Qualys has no account in China. */
const BEFORE_IT_GOES: Readonly<Record<AccountTypeName, string>> = {
  GLOBAL: TRUST_QUALYS,
  US_GOVCLOUD: TRUST_QUALYS,
  CHINA: 'Connectors stop without it, until a base account is registered again.',
};

async function whatToDoByHand(registration: Registration, record: OwnershipRecord): Promise<string> {
  const { entryName } = registration;
  const why = record.adopted
    ? 'was there before this stack took it up, so it is not removed from here; the user and its key stay too'
    : 'was entered at the console and is still there; while it is, the user and its key stay too';
  // This only writes a message: a person has to remove the entry.
  const left = isProtected(registration) ? await connectorsLeft(registration).catch(() => undefined) : undefined;
  return `${entryName} ${why}. ${left === undefined ? '' : `It is used by ${left}. `}`
    + `${BEFORE_IT_GOES[registration.properties.AccountType]} Then remove the entry at the Qualys console, and retry`;
}
