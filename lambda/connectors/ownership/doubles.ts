import { ConnectorEntry } from '../../service/connector-api';
import { MarkedEntry } from '../notes/mark';
import { ConnectorNote } from '../notes/note';
import { isOfToken } from '../notes/own';
import { ConnectorRequest } from '../request/open-request';

/*
 * A request may be delivered twice at the same time. Then both deliveries look, find no connector, and make one. The service takes both and
 * counts up, so the one with the lowest ID was there first, and stays. The delivery that made a later one finds that out when it reads
 * back, because a search that shows a connector shows the earlier ones too. If it crashes before, its repetition does this.
 */

/**
 * IDs of the Connectors API 3.0 are numbers. Those of CloudView have no order in time: all deliveries choose the same connector, but
 * perhaps only in the next request.
 */
export function isBefore({ id: one }: ConnectorEntry, { id: other }: ConnectorEntry): boolean {
  return one.length === other.length ? one < other : one.length < other.length;
}

/**
 * Removes all but one of the connectors that one request has made, and returns the rest. Later requests leave them alone: by then a
 * connector with the same mark may be a copy that a person made.
 */
export async function withoutDoubles(
  { service, token }: ConnectorRequest, note: ConnectorNote | undefined, found: readonly MarkedEntry[],
): Promise<readonly MarkedEntry[]> {
  if (note === undefined || (note.connectorId !== undefined && note.token !== token)) return found;
  const made = found.filter((entry) => isOfToken(note, entry) && !entry.isOrganizationMember);
  const stays = made.find(({ id }) => id === note.connectorId) ?? [...made].sort((one, other) => (isBefore(one, other) ? -1 : 1))[0];
  const doubles = made.filter((entry) => entry !== stays);
  for (const double of doubles) await service.connectors.remove(double);
  return found.filter((entry) => !doubles.includes(entry));
}
