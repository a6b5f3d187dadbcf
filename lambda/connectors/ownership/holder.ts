import { isOwner } from '../../runtime/owner';
import { Mark, MarkedEntry } from '../notes/mark';
import { ConnectorRequest } from '../request/open-request';

/**
 * Who has taken over a connector that the note names, if anybody. The mark says so: it can take a connector from this resource, but never
 * give one to it. For another resource of the stack, for example after a renaming, the note has to say so too.
 */
export async function holderOf({ owner, properties, noteOf }: ConnectorRequest, { id, mark }: MarkedEntry): Promise<Mark | undefined> {
  if (mark === undefined || isOwner(mark, owner)) return undefined;
  if (mark.stackId !== owner.stackId) return mark;
  const theirs = await noteOf(properties, mark).read();
  return theirs?.connectorId === id ? mark : undefined;
}
