import { holderOf } from './holder';
import { DeployError } from '../../runtime/errors';
import { isOwner, ownerName } from '../../runtime/owner';
import { ConnectorEntry } from '../../service/connector-api';
import { Mark, readDescription } from '../notes/mark';
import { ConnectorNote } from '../notes/note';
import { isLegacyOf, names } from '../notes/own';
import { ConnectorRequest, nameOf } from '../request/open-request';

/** Of the connectors on one role, the one that this resource manages; of several, the one that the note names. */
export function pickOne({ owner }: ConnectorRequest, note: ConnectorNote | undefined, found: readonly ConnectorEntry[]): ConnectorEntry | undefined {
  const isLegacy = ({ description }: ConnectorEntry): boolean => isLegacyOf(owner, readDescription(description).mark);
  return found.find((entry) => names(note, entry)) ?? found.find(isLegacy) ?? found[0];
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
 * taken over silently, and what a mark says alone does not make a connector this resource's.
 *
 * @param isKnown this resource has managed the role's connector before
 */
export async function decideOwnership(
  request: ConnectorRequest, entry: ConnectorEntry, note: ConnectorNote | undefined, isKnown: boolean,
): Promise<Mark> {
  const { properties, owner, token } = request;
  const { mark } = readDescription(entry.description);
  const holder = note && names(note, entry) ? await holderOf(request, entry) : undefined;
  if (note && names(note, entry) && holder === undefined) return { ...owner, origin: note.origin, token: note.token };
  if (isKnown && isLegacyOf(owner, mark)) return mark;
  // Nobody knows any more who made it, so it counts as not ours to delete.
  const isOurs = isKnown && (mark === undefined || isOwner(mark, owner));
  if (properties.AdoptExisting === 'true' || isOurs) return { ...owner, origin: 'adopted', token };
  if (mark !== undefined && isOwner(mark, owner)) {
    throw new DeployError(`${nameOf(entry)} on the role ${properties.RoleArn} has the mark of this resource in its description, but no note in Parameter Store says that this resource `
      + 'made it: it may be a copy. Set adoptExisting to manage it from here (it will stay when the stack goes), or remove it at the Qualys console');
  }
  if (mark !== undefined) {
    throw new DeployError(`${nameOf(entry)} on the role ${properties.RoleArn} is managed by ${ownerName(mark)} already. `
      + 'Remove it there, or set adoptExisting to take it over');
  }
  throw new DeployError(`${nameOf(entry)} on the role ${properties.RoleArn} exists already, and this stack did not make it. Set adoptExisting to manage it from `
    + 'here (its settings will be overwritten, and it will stay when the stack goes), or remove it at the Qualys console');
}
