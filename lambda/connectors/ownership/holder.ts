import { isOwner } from '../../runtime/owner';
import { Mark, MarkedEntry } from '../notes/mark';
import { ConnectorRequest } from '../request/open-request';

/**
 * Who has taken a connector over that the note names, if somebody has. The mark says so: it can keep a connector from this resource, and never
 * give one to it. Of another resource of the stack, as after a renaming, the note has to say so too.
 */
export async function holderOf({ owner, properties, noteOf }: ConnectorRequest, { id, mark }: MarkedEntry): Promise<Mark | undefined> {
  if (mark === undefined || isOwner(mark, owner)) return undefined;
  if (mark.stackId !== owner.stackId) return mark;
  const theirs = await noteOf(properties, mark).read();
  return theirs?.connectorId === id ? mark : undefined;
}
