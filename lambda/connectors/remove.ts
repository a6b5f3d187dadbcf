import { ConnectorRequest } from './open-request';
import { isMade } from './ownership';
import { ConnectorEntry } from '../service/connector-api';

/** Removes what its own description says that this resource has made. Anything else on the role stays as it is. */
export async function removeConnector(request: ConnectorRequest): Promise<void> {
  const { service: { connectors }, properties } = request;
  for (const entry of await connectors.find(properties.AccountType, properties.RoleArn)) if (isMade(request, entry)) await connectors.remove(entry);

}

/*
 * A request may be delivered twice at the same time; then both look, find no connector, and make one. The service takes both, and
 * counts up: of several the one with the lowest ID was there first, and stays. Whoever made a later one finds that out when it reads
 * back what it made, for a search that shows a connector shows those before it. Who dies before that leaves it to the next request.
 */

/** IDs of the Connectors API 3.0 are numbers. Those of CloudView have no order in time: there all agree on one, but maybe not before the next request. */
export function isBefore({ id: one }: ConnectorEntry, { id: other }: ConnectorEntry): boolean {
  return one.length === other.length ? one < other : one.length < other.length;
}

/** Removes all but the first of those that this resource has made; answers what is left. */
export async function withoutDoubles(request: ConnectorRequest, found: readonly ConnectorEntry[]): Promise<readonly ConnectorEntry[]> {
  const made = found.filter((entry) => isMade(request, entry));
  const doubles = made.filter((entry) => made.some((other) => isBefore(other, entry)));
  for (const double of doubles) await request.service.connectors.remove(double);
  return found.filter((entry) => !doubles.includes(entry));
}
