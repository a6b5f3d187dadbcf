import { holderOf } from './holder';
import { DeployError } from '../../runtime/errors';
import { isOwner, ownerName } from '../../runtime/owner';
import { ConnectorEntry } from '../../service/connector-api';
import { isLegacyOf, Mark, MarkedEntry } from '../notes/mark';
import { ConnectorNote } from '../notes/note';
import { isOwn, names } from '../notes/own';
import { ConnectorRequest, nameOf } from '../request/open-request';

/** The connector that this resource manages. */
export interface Chosen {
  readonly entry: MarkedEntry;
  /** The mark that its description has to have. */
  readonly mark: Mark;
  /** The note that Parameter Store has to have. */
  readonly note: ConnectorNote;
}

/**
 * Chooses the connector that this resource manages among those of one role; of several it is the one that the note names. Throws when this
 * resource may not manage it.
 *
 * @param isKnown this resource has managed the role's connector before
 */
export async function choose(
  request: ConnectorRequest, stored: ConnectorNote | undefined, found: readonly MarkedEntry[], isKnown: boolean,
): Promise<Chosen | undefined> {
  const { owner, token, properties: { AccountType: accountType, RoleArn: roleArn } } = request;
  const entry = found.find((one) => names(stored, one)) ?? found.find((one) => isLegacyOf(owner, one)) ?? found[0];
  if (entry === undefined) return undefined;
  // A rollback has to succeed when nothing has to be done, even if the role has other connectors too.
  if (!isOwn(owner, stored, entry)) checkChangeable(request, entry, found);
  const mark = await decideOwnership(request, entry, stored, isKnown);
  const judged = names(stored, entry) && stored?.judged === false ? { judged: false } as const : {};
  return {
    entry,
    // A mark with the same owner stays as it is: another token alone is no reason to send anything.
    mark: entry.mark && isOwner(entry.mark, mark) && entry.mark.origin === mark.origin ? entry.mark : mark,
    note: { owner, origin: mark.origin, token: mark.token ?? token, connectorId: entry.id, accountType, roleArn, ...judged },
  };
}

/** Throws before anything changes: for one of several connectors, and for one that an organization connector manages. */
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
 * Decides whether this resource may manage an existing connector, and with which history. It never takes over somebody else's connector
 * silently. A mark alone does not prove that a connector belongs to this resource.
 */
async function decideOwnership(request: ConnectorRequest, entry: MarkedEntry, note: ConnectorNote | undefined, isKnown: boolean): Promise<Mark> {
  const { properties, owner, token } = request;
  const { mark } = entry;
  const holder = note && names(note, entry) ? await holderOf(request, entry) : undefined;
  if (note && names(note, entry) && holder === undefined) return { ...owner, origin: note.origin, token: note.token };
  if (isKnown && mark && isLegacyOf(owner, entry)) return mark;
  // Nobody knows any more who made it, so the library does not delete it.
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
