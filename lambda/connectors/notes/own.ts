import { Mark, readDescription } from './mark';
import { ConnectorNote } from './note';
import { isOwner, Owner } from '../../runtime/owner';
import { ConnectorEntry } from '../../service/connector-api';

/** Whether the note is on this connector: by its ID; while no ID is written down, by the token of the request that makes it. */
export function names(note: ConnectorNote | undefined, entry: ConnectorEntry): boolean {
  return note !== undefined && (note.connectorId === undefined ? isOfToken(note, entry) : note.connectorId === entry.id);
}

/** Whether the connector has the mark of what this note's request makes. A copy that somebody made has it, too. */
export function isOfToken({ owner, token }: ConnectorNote, { description }: ConnectorEntry): boolean {
  const { mark } = readDescription(description);
  return isOwner(mark, owner) && mark?.token === token;
}

/** Whether an earlier version of this library, which kept no notes, has marked it as this resource's. */
export function isLegacyOf(owner: Owner, mark: Mark | undefined): mark is Mark {
  return mark !== undefined && mark.token === undefined && isOwner(mark, owner);
}
