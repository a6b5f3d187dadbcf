import { isLegacyOf, MarkedEntry } from './mark';
import { ConnectorNote } from './note';
import { isOwner, Owner } from '../../runtime/owner';

/** Whether the note is on this connector: by its ID; while no ID is written down, by the token of the request that makes it. */
export function names(note: ConnectorNote | undefined, entry: MarkedEntry): boolean {
  return note !== undefined && (note.connectorId === undefined ? isOfToken(note, entry) : note.connectorId === entry.id);
}

/** Whether the connector has the mark of what this note's request makes. A copy that somebody made has it, too. */
export function isOfToken({ owner, token }: ConnectorNote, { mark }: MarkedEntry): boolean {
  return isOwner(mark, owner) && mark?.token === token;
}

/** Whether the connector is this resource's: by its note, or by the mark of a version that kept none. */
export function isOwn(owner: Owner, note: ConnectorNote | undefined, entry: MarkedEntry): boolean {
  return names(note, entry) || isLegacyOf(owner, entry);
}
