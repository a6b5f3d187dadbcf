import { ConnectorRequest } from './open-request';
import { isMade } from './standing';

/** Removes what its own description says that this resource has made. Anything else on the role stays as it is. */
export async function removeConnector(request: ConnectorRequest): Promise<void> {
  const { service: { connectors }, properties } = request;
  for (const entry of await connectors.find(properties.AccountType, properties.RoleArn)) if (isMade(request, entry)) await connectors.remove(entry);

}
