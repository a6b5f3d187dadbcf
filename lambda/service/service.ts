import { BaseAccountApi, BaseAccountEntry } from './base-account-api';
import { CloudViewConnectors } from './cloudview/connectors';
import { CloudViewHosts } from './cloudview/hosts';
import { ConnectorApi } from './connector-api';
import { connectorApi } from './connectors';
import { ClientWorld } from './http/client';
import { QpsConnectors } from './qps/connectors';
import { tagIds } from './qps/tags';
import { BaseAccountReader } from './read-base-account';
import { Authentication } from './sign-in/authentication';
import { BaseAccountWriter } from './write-base-account';
import type { AccountTypeName } from '../../src/wire/account-types';
import type { ServiceProperties } from '../../src/wire/common';

export interface ConnectOptions extends ClientWorld {
  readonly service: ServiceProperties;
  /** Reads the secret with the credentials; called once, when they are first needed. */
  readonly credentials: () => Promise<string>;
}

/** All calls of the service that the library makes. */
export interface ServiceApi extends BaseAccountApi {
  readonly connectors: ConnectorApi;
  /** IDs of the tags with this name. */
  tagIds(name: string): Promise<string[]>;
  /** The older read alone; undefined when the platform has no host for it. */
  readFromCloudView(accountType: AccountTypeName): Promise<BaseAccountEntry | undefined>;
}

/** A connection for one request: its token is not kept beyond it. */
export function connect(options: ConnectOptions): ServiceApi {
  const { service, credentials, ...world } = options;
  const authentication = new Authentication(service, credentials, world);
  const hosts = new CloudViewHosts(service, authentication, world);
  const reader = new BaseAccountReader(service, authentication, hosts, world);
  const writer = new BaseAccountWriter(service, authentication, world);
  return {
    read: (accountType) => reader.read(accountType),
    readFromCloudView: async (accountType) => (hosts.exist ? reader.readCloudView(accountType) : undefined),
    hasWriteApi: (write) => writer.hasWriteApi(write),
    create: (write, fields) => writer.create(write, fields),
    update: (write, id, fields) => writer.update(write, id, fields),
    remove: (write, id, accountType) => writer.remove(write, id, accountType),
    tagIds: (name) => tagIds(service, authentication, world, name),
    connectors: connectorApi(new QpsConnectors(service, authentication, world), new CloudViewConnectors(hosts)),
  };
}
