import { Authentication } from './authentication';
import { BaseAccountApi } from './base-account-api';
import { ClientWorld } from './client';
import { BaseAccountReader } from './read-base-account';
import { BaseAccountWriter } from './write-base-account';
import type { ServiceProperties } from '../../src/private/contract';

export interface ConnectOptions extends ClientWorld {
  readonly service: ServiceProperties;
  /** Reads the secret with the credentials; called once, when they are first needed. */
  readonly credentials: () => Promise<string>;
}

/** A connection for one request: its token is not kept beyond it. */
export function connect(options: ConnectOptions): BaseAccountApi {
  const { service, credentials, ...world } = options;
  const authentication = new Authentication(service, credentials, world);
  const reader = new BaseAccountReader(service, authentication, world);
  const writer = new BaseAccountWriter(service, authentication, world);
  return {
    read: (accountType) => reader.read(accountType),
    hasWriteApi: (write) => writer.hasWriteApi(write),
    create: (write, fields) => writer.create(write, fields),
    update: (write, id, fields) => writer.update(write, id, fields),
    remove: (write, id, accountType) => writer.remove(write, id, accountType),
  };
}
