import { MarkedEntry } from './mark';
import { ConnectorNote } from './note';
import { isOwner, Owner } from '../../runtime/owner';

/** Whether the note is on this connector: by its ID or, while the note has no ID yet, by the token of the request that makes it. */
export function names(note: ConnectorNote | undefined, entry: MarkedEntry): boolean {
  return note !== undefined && (note.connectorId === undefined ? isOfToken(note, entry) : note.connectorId === entry.id);
}

/** Whether the connector has the mark of this note's request. A copy that somebody made has it too. */
export function isOfToken({ owner, token }: ConnectorNote, { mark }: MarkedEntry): boolean {
  return isOwner(mark, owner) && mark?.token === token;
}

/** Whether an earlier version of this library, which kept no notes, has marked the connector as this resource's. */
export function isLegacyOf(owner: Owner, { mark }: MarkedEntry): boolean {
  return isOwner(mark, owner) && mark?.token === undefined;
}

/** Whether the connector belongs to this resource: by its note, or by the mark of a version without notes. */
export function isOwn(owner: Owner, note: ConnectorNote | undefined, entry: MarkedEntry): boolean {
  return names(note, entry) || isLegacyOf(owner, entry);
}
