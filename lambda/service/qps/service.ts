import { ConnectorApi } from '../connector-api';
import { QpsConnectors } from './connectors';
import { tagIds } from './tags';
import type { ConnectOptions, ServiceApi } from '../service';
import { Authentication } from '../sign-in/authentication';

/** What the Connectors API does alone, of which the bundle of a function has so much less code. */
export interface QpsService extends Pick<ServiceApi, 'tagIds'> {
  readonly connectors: Pick<ConnectorApi, 'find' | 'create' | 'update' | 'remove' | 'page'>;
}

/** A connection for one request, for account types that have no use for CloudView. */
export function connectQps({ service, credentials, ...world }: ConnectOptions): QpsService {
  const authentication = new Authentication(service, credentials, world);
  const qps = new QpsConnectors(service, authentication, world);
  return {
    tagIds: (name) => tagIds(service, authentication, world, name),
    connectors: {
      find: (_, roleArn) => qps.find(roleArn),
      create: (connector) => qps.create(connector),
      update: (entry, changes) => qps.update(entry, changes),
      remove: (entry) => qps.remove(entry),
      page: (from, size) => qps.page(from, size),
    },
  };
}
