import { ConnectorRequest, nameOf } from './open-request';
import { OWNER_MARK } from '../../src/wire/connector';
import { DeployError } from '../runtime/errors';
import { isOwner, Owner, ownerName } from '../runtime/owner';
import { ConnectorEntry } from '../service/connector-api';

/** Made by this library, or there before it came. Only what was made is ever deleted; a new owner changes nothing about that. */
export type Origin = 'created' | 'adopted';

export interface Ownership extends Owner {
  readonly origin: Origin;
}

/** The service has no field for tags of one's own, so the owner stands at the end of the description. */
const MARKER = /\s*\[cdk-qualys-connectors (created|adopted) (\S+) ([A-Za-z0-9]+)\]\s*$/;

/** A description as a person wrote it, and whose the connector is; no ownership for one that this library has not touched. */
export function readDescription(description = ''): { readonly text: string; readonly ownership?: Ownership } {
  const match = MARKER.exec(description);
  if (match === null) return { text: description };
  const [, origin, stackId, logicalId] = match;
  return { text: description.slice(0, match.index), ownership: { origin: origin as Origin, stackId, logicalId } };
}

export function writeDescription(text: string, { origin, stackId, logicalId }: Ownership): string {
  return `${text}${text === '' ? '' : ' '}${OWNER_MARK}${origin} ${stackId} ${logicalId}]`;
}

/** A rollback has to succeed where nothing is to be done, whatever stands beside a connector that is marked as this resource's. */
export function isMarkedOwn({ owner }: ConnectorRequest, { description }: ConnectorEntry): boolean {
  return isOwner(readDescription(description).ownership, owner);
}

/** Made by this resource, and so its to remove. */
export function isMade(request: ConnectorRequest, entry: ConnectorEntry): boolean {
  return isMarkedOwn(request, entry) && readDescription(entry.description).ownership?.origin === 'created' && !entry.isOrganizationMember;
}

/** Whether the role has a connector that is marked as this resource's. */
export async function stands(request: ConnectorRequest): Promise<boolean> {
  const { service: { connectors }, properties } = request;
  return (await connectors.find(properties.AccountType, properties.RoleArn)).some((entry) => isMarkedOwn(request, entry));
}

/** Of the connectors on one role, the one that this resource manages; of several, the one that is marked as its own. */
export function pickOne(request: ConnectorRequest, found: readonly ConnectorEntry[]): ConnectorEntry | undefined {
  const own = found.filter((entry) => isMarkedOwn(request, entry));
  return found.length > 1 && own.length === 1 ? own[0] : found[0];
}

/** Stops before something is changed that must not be: one of several, or what an organization connector manages. */
export function checkChangeable({ properties }: ConnectorRequest, entry: ConnectorEntry, found: readonly ConnectorEntry[]): void {
  if (found.length > 1) {
    throw new DeployError(`the role ${properties.RoleArn} has ${found.length} connectors: ${found.map(nameOf).join(', ')}. Nothing was changed: `
      + 'remove all but one at the Qualys console, then deploy again');
  }
  if (entry.isOrganizationMember) {
    throw new DeployError(`${nameOf(entry)} on the role ${properties.RoleArn} is a member of an organization connector, which manages it, so it is left alone. `
      + 'Remove this Connector from the stack, or take the account out of the organization connector at the Qualys console');
  }
}

/**
 * Decides whether a connector that is there may be managed, and with which history. One that somebody else made is never
 * taken over silently.
 *
 * @param isUpdate this resource has managed the role's connector before: a marker that a person has edited away is written again
 */
export function decideOwnership({ properties, owner }: ConnectorRequest, entry: ConnectorEntry, isUpdate: boolean): Ownership {
  const { ownership } = readDescription(entry.description);
  if (ownership !== undefined && isOwner(ownership, owner)) return ownership;
  // Without a marker nobody knows any more who made it, so it counts as not ours to delete.
  if (properties.AdoptExisting === 'true' || (ownership === undefined && isUpdate)) return { ...owner, origin: ownership?.origin ?? 'adopted' };
  if (ownership !== undefined) {
    throw new DeployError(`${nameOf(entry)} on the role ${properties.RoleArn} is managed by ${ownerName(ownership)} already. `
      + 'Remove it there, or set adoptExisting to take it over');
  }
  throw new DeployError(`${nameOf(entry)} on the role ${properties.RoleArn} exists already, and this stack did not make it. Set adoptExisting to manage it from `
    + 'here (its settings will be overwritten, and it will stay when the stack goes), or remove it at the Qualys console');
}
