import { accountLookup } from './connectors/account-lookup';
import { connector } from './connectors/connector';
import { ConnectorWorld } from './connectors/open-request';
import { byResourceType } from './runtime/by-resource-type';
import { customResourceHandler } from './runtime/custom-resource';
import { systemWorld } from './runtime/system-world';
import { systemService } from './service/system-service';
import { ACCOUNT_LOOKUP_RESOURCE_TYPE, CONNECTOR_RESOURCE_TYPE } from '../src/wire/connector';

const world: ConnectorWorld = { ...systemWorld, service: systemService };

export const handler = byResourceType({
  [CONNECTOR_RESOURCE_TYPE]: customResourceHandler(connector(world), systemWorld),
  [ACCOUNT_LOOKUP_RESOURCE_TYPE]: customResourceHandler(accountLookup(world), systemWorld),
}, systemWorld);
