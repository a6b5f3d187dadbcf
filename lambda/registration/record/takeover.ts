import { createHash } from 'node:crypto';
import { OwnershipRecord } from './record';
import { DeployError } from '../../runtime/errors';
import { isOwner, Owner, ownerName } from '../../runtime/owner';
import { EntryProperties, Registration } from '../registration';

/** The previous properties of an update; undefined when it replaces another resource, and for a create. */
export interface Change {
  readonly previous?: EntryProperties;
}

/** A hash of the properties without the key, because the key in the template does not matter. */
export function deployedHashOf(properties: EntryProperties): string {
  return createHash('sha256').update(JSON.stringify({ ...properties, AccessKeyId: undefined })).digest('hex').slice(0, 16);
}

/** Whether these are the properties that the resource had when another one took the entry over. Its deployments have failed since then. */
export function isLeftAt({ former }: OwnershipRecord, owner: Owner, properties: EntryProperties): boolean {
  return former !== undefined && isOwner(former?.owner, owner) && former.mark === deployedHashOf(properties);
}

/**
 * Throws when the entry of another resource must not be taken over. An update takes back an entry that another stack took only if it turns
 * adoptExisting on, and if the previous properties are those of that time. Any other update may be a rollback, and a rollback of one stack
 * must not take the entry of another stack.
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
