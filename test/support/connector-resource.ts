import type { ResourceTemplate } from './cloudformation/template';
import type { Connector } from './connector-service';
import type { World } from './lambda/world';
import { CONNECTOR_RESOURCE_TYPE, ConnectorProperties } from '../../src/wire/connector';

/** The account has a leading zero. */
export const ROLE = 'arn:aws:iam::001122334455:role/QualysConnector';

/** What one connector is asked for with, but for the changes. */
export function connectorProperties(Service: ConnectorProperties['Service'], changes: Partial<ConnectorProperties> = {}): ConnectorProperties {
  return {
    SchemaVersion: '1',
    Service,
    AccountType: 'GLOBAL',
    Name: 'Production',
    RoleArn: ROLE,
    ExternalId: 'external-1234567890',
    Modules: ['AI', 'CI'],
    PollingMinutes: '240',
    Enabled: 'true',
    AdoptExisting: 'false',
    Verification: 'NONE',
    ...changes,
  };
}

/** A connector in a stack of this world, with the function as it ships. */
export function connectorResource(world: World, changes: Partial<ConnectorProperties> = {}): ResourceTemplate {
  const { hosts, credentialsArn } = world;
  return {
    type: CONNECTOR_RESOURCE_TYPE,
    deliver: (event) => world.function('connector').deliver(event),
    properties: connectorProperties({
      ApiServer: hosts.apiServer, Gateway: hosts.gateway, PlatformUrl: hosts.platformUrl, Authentication: 'BASIC', CredentialsSecretArn: credentialsArn,
    }, changes),
  };
}

/** Those that are not deleted. */
export function liveConnectors({ service }: World): Connector[] {
  return service.connectors().filter(({ isDeleted }) => !isDeleted);
}
