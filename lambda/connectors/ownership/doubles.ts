import { ConnectorEntry } from '../../service/connector-api';
import { MarkedEntry } from '../notes/mark';
import { ConnectorNote } from '../notes/note';
import { isOfToken } from '../notes/own';
import { ConnectorRequest } from '../request/open-request';

/*
 * A request may be delivered twice at the same time; then both look, find no connector, and make one. The service takes both, and
 * counts up: of several the one with the lowest ID was there first, and stays. Whoever made a later one finds that out when it reads
 * back what it made, for a search that shows a connector shows those before it. Who dies before that leaves it to its repetition.
 */

/** IDs of the Connectors API 3.0 are numbers. Those of CloudView have no order in time: there all agree on one, but maybe not before the next request. */
export function isBefore({ id: one }: ConnectorEntry, { id: other }: ConnectorEntry): boolean {
  return one.length === other.length ? one < other : one.length < other.length;
}

/**
 * Removes all but one of those that one request has made; answers what is left. Later requests leave them alone: by then a connector with
 * the same mark may be a copy that a person has made.
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
