import type { ServiceProperties } from '../../src/wire/common';
import type { ConnectorProperties } from '../../src/wire/connector';
import { Owner } from '../runtime/owner';
import { patient } from '../runtime/patience';
import { Invocation, Outbound, ResourceRequest } from '../runtime/resource';
import { Clock } from '../runtime/world';
import { ConnectorEntry } from '../service/connector-api';
import { ServiceApi } from '../service/service';

/** What the connectors take from outside. */
export interface ConnectorWorld {
  readonly clock: Clock;
  readonly random: () => number;
  /** Signs in when it is first used. */
  service(service: ServiceProperties, invocation: Invocation, patiently: Outbound): ServiceApi;
}

/** One request about one connector, with all that the pieces work with. */
export interface ConnectorRequest extends Invocation {
  readonly properties: ConnectorProperties;
  readonly owner: Owner;
  readonly service: ServiceApi;
  readonly clock: Clock;
}

export function openRequest(world: ConnectorWorld, request: ResourceRequest<ConnectorProperties>): ConnectorRequest {
  const { properties, stackId, logicalId, deadline, outbound, redactor } = request;
  const service = openService(world, properties.Service, request);
  return { properties, owner: { stackId, logicalId }, service, clock: world.clock, deadline, outbound, redactor };
}

/** The right to read the credentials may be as new as the request. */
export function openService(world: ConnectorWorld, service: ServiceProperties, invocation: Invocation): ServiceApi {
  return world.service(service, invocation, patient(invocation.outbound, world.clock, world.random));
}

/** Names a connector in messages. */
export function nameOf({ name, id }: ConnectorEntry): string {
  return `connector ${name === undefined ? '' : `'${name}' `}(ID ${id})`;
}
