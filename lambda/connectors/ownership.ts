import { Seen } from './look';
import { Mark, MarkedEntry } from './notes/mark';
import { ConnectorNote } from './notes/note';
import { isLegacyOf, isOwn, names } from './notes/own';
import { ConnectorRequest } from './request/open-request';
import { DeployError } from '../runtime/errors';
import { isOwner, ownerName } from '../runtime/owner';
import { ConnectorEntry, nameOf } from '../service/connector-api';

/** The connector that this resource manages. */
export interface Chosen {
  /** Undefined when it has to be made. */
  readonly entry?: MarkedEntry;
  /** The mark that its description has to have. */
  readonly mark: Mark;
  /** The note that Parameter Store has to have. */
  readonly note: ConnectorNote;
  /** Why it must not be changed. */
  readonly obstacle?: string;
}

/**
 * Chooses the connector that this resource manages among those of one role; of several it is the one that the note names. Throws when this
 * resource may not manage it.
 *
 * @param isKnown this resource has managed the role's connector before
 */
export async function choose(request: ConnectorRequest, { note: stored, found }: Seen, isKnown: boolean): Promise<Chosen> {
  const { owner, properties: { AccountType: accountType, RoleArn: roleArn } } = request;
  const entry = found.find((one) => names(stored, one)) ?? found.find((one) => isLegacyOf(owner, one)) ?? found[0];
  if (!entry) {
    // A request of an earlier attempt may still arrive. Its token identifies it.
    const token = stored && stored.connectorId === undefined ? stored.token : request.token;
    const origin = 'created';
    return { mark: { ...owner, origin, token }, note: { owner, origin, token, accountType, roleArn } };
  }
  const obstacle = obstacleOf(entry, found, roleArn);
  // A rollback has to succeed when nothing has to be done, even if the role has other connectors too.
  if (obstacle && !isOwn(owner, stored, entry)) throw new DeployError(obstacle);
  const noted = names(stored, entry) ? stored : undefined;
  const mark = await decideOwnership(request, entry, noted, isKnown);
  return {
    entry,
    // A mark with the same owner stays as it is: another token alone is no reason to send anything.
    mark: entry.mark && isOwner(entry.mark, mark) && entry.mark.origin === mark.origin ? entry.mark : mark,
    note: {
      owner,
      origin: mark.origin,
      token: mark.token ?? request.token,
      connectorId: entry.id,
      accountType,
      roleArn,
      ...noted?.judged === false && { judged: false },
    },
    obstacle,
  };
}

/** One of several connectors is not changed, and neither is one that an organization connector manages. */
function obstacleOf(entry: ConnectorEntry, found: readonly ConnectorEntry[], roleArn: string): string | undefined {
  if (found.length > 1) {
    return `the role ${roleArn} has ${found.length} connectors: ${found.map(nameOf).join(', ')}. Nothing was changed: `
      + 'remove all but one at the Qualys console, then deploy again';
  }
  if (!entry.isOrganizationMember) return undefined;
  return `${nameOf(entry)} on the role ${roleArn} is a member of an organization connector, which manages it, so it is left alone. `
    + 'Remove this Connector from the stack, or take the account out of the organization connector at the Qualys console';
}

/**
 * Decides whether this resource may manage an existing connector, and with which history. It never takes over somebody else's connector
 * silently. A mark alone does not prove that a connector belongs to this resource.
 *
 * @param noted the note, if it is on this connector
 */
async function decideOwnership(request: ConnectorRequest, entry: MarkedEntry, noted: ConnectorNote | undefined, isKnown: boolean): Promise<Mark> {
  const { properties, owner, token } = request;
  const { mark } = entry;
  if (noted && !await holderOf(request, entry)) return { ...owner, origin: noted.origin, token: noted.token };
  if (isKnown && mark && isLegacyOf(owner, entry)) return mark;
  // Nobody knows any more who made it, so the library does not delete it.
  const isOurs = isKnown && (!mark || isOwner(mark, owner));
  if (properties.AdoptExisting === 'true' || isOurs) return { ...owner, origin: 'adopted', token };
  const what = `${nameOf(entry)} on the role ${properties.RoleArn}`;
  if (!mark) {
    throw new DeployError(`${what} exists already, and this stack did not make it. Set adoptExisting to manage it from `
      + 'here (its settings will be overwritten, and it will stay when the stack goes), or remove it at the Qualys console');
  }
  throw new DeployError(isOwner(mark, owner)
    ? `${what} has the mark of this resource in its description, but no note in Parameter Store says that this resource `
      + 'made it: it may be a copy. Set adoptExisting to manage it from here (it will stay when the stack goes), or remove it at the Qualys console'
    : `${what} is managed by ${ownerName(mark)} already. Remove it there, or set adoptExisting to take it over`);
}

/**
 * Who has taken over a connector that the note names, if anybody. The mark says so: it can take a connector from this resource, but never
 * give one to it. For another resource of the stack, for example after a renaming, the note has to say so too.
 */
export async function holderOf({ owner, properties, noteOf }: ConnectorRequest, { id, mark }: MarkedEntry): Promise<Mark | undefined> {
  if (!mark || isOwner(mark, owner)) return undefined;
  if (mark.stackId !== owner.stackId) return mark;
  const theirs = await noteOf(properties, mark).read();
  return theirs?.connectorId === id ? mark : undefined;
}
