import { createHash } from 'node:crypto';
import { OwnershipRecord } from './record';
import { DeployError } from '../../runtime/errors';
import { isOwner, Owner, ownerName } from '../../runtime/owner';
import { EntryProperties, Registration } from '../registration';

/** What an update knows of the deployment before; nothing where it replaces another resource. A create is none. */
export interface Change {
  readonly previous?: EntryProperties;
}

/** Tells properties apart, but for the key: which one the template knows is of no account. */
export function deployedHashOf(properties: EntryProperties): string {
  return createHash('sha256').update(JSON.stringify({ ...properties, AccessKeyId: undefined })).digest('hex').slice(0, 16);
}

/** Whether this is what the resource was deployed with when another one took the entry over; its deployments have failed since. */
export function isLeftAt({ former }: OwnershipRecord, owner: Owner, properties: EntryProperties): boolean {
  return former !== undefined && isOwner(former?.owner, owner) && former.mark === deployedHashOf(properties);
}

/**
 * Throws where the entry of another resource is not to be taken over. One that was lost to another stack comes back by an update
 * only if that turns adoptExisting on, and from where the resource stood at that time: nothing else is certain to be no rollback,
 * and a rollback of one stack must not take from another one what that has by now.
 */
export function refuseTakeover({ properties, owner, entryName }: Registration, record: OwnershipRecord, change: Change | undefined): void {
  const { AdoptExisting, RecordName } = properties;
  const isUpdate = change !== undefined && record.owner.stackId !== owner.stackId;
  const mayAdopt = !isUpdate || (change.previous?.AdoptExisting === 'false' && isLeftAt(record, owner, change.previous));
  if (mayAdopt && AdoptExisting === 'true') return;
  const advice = mayAdopt
    ? 'Remove it there, or set adoptExisting to take it over'
    : 'Remove it there. An update does not take it over, since it may be a rollback; if that resource is gone for good, delete the parameter '
      + `${RecordName} in Parameter Store and deploy again`;
  throw new DeployError(`${entryName} is managed by ${ownerName(record.owner)} already, and the service has room for one. ${advice}`);
}
