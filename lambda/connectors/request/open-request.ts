import { checkFormerService, checkService, isAwaited } from './services';
import type { ServiceProperties } from '../../../src/wire/common';
import type { ConnectorProperties } from '../../../src/wire/connector';
import { Environment } from '../../runtime/calls/hosts';
import { patient } from '../../runtime/calls/patience';
import { Owner } from '../../runtime/owner';
import { Invocation, Outbound, ResourceRequest } from '../../runtime/resource';
import { Clock } from '../../runtime/world';
import { ServiceApi } from '../../service/service';
import { ConnectorsInCode } from '../health/connectors-in-code';
import { marked, MarkedEntry } from '../notes/mark';
import { ConnectorNotes } from '../notes/note';
import { OwnNote, ownNote } from '../notes/own-note';

/** What the handlers of connectors take from outside. */
export interface ConnectorWorld {
  readonly clock: Clock;
  readonly random: () => number;
  readonly env: Environment;
  /** Signs in when it is first used. */
  service(service: ServiceProperties, invocation: Invocation, patiently: Outbound): ServiceApi;
  notes(outbound: Outbound): ConnectorNotes;
  /** The connectors that a stack has in code. */
  connectorsInCode(outbound: Outbound): ConnectorsInCode;
}

/** One request about one connector, with everything that the handlers need. */
export interface ConnectorRequest extends Pick<Invocation, 'deadline' | 'redactor' | 'tell'> {
  readonly properties: ConnectorProperties;
  readonly owner: Owner;
  /** The request ID. It identifies the connector that the request makes. */
  readonly token: string;
  readonly service: ServiceApi;
  readonly note: OwnNote;
  /** Whether the base account that the connector calls from may wait for a person. */
  readonly isAwaited: boolean;
  readonly clock: Clock;
  /** The connectors of the role, of the account type. */
  find(): Promise<MarkedEntry[]>;
  /** The note of another resource of the stack, or for the former properties of this one. */
  noteOf(properties: ConnectorProperties, owner: Owner): OwnNote;
}

/** @param isDelete the service may be that of the deployment before */
export function openRequest(world: ConnectorWorld, request: ResourceRequest<ConnectorProperties>, isDelete = false): ConnectorRequest {
  const { properties, stackId, logicalId, requestId: token, deadline, redactor, tell } = request;
  (isDelete ? checkFormerService : checkService)(properties.Service, world.env);
  const owner = { stackId, logicalId };
  const { notes, service } = reach(world, properties.Service, request);
  const noteOf = (of: ConnectorProperties, whose: Owner): OwnNote => ownNote(notes, of, whose);
  return {
    properties,
    owner,
    token,
    service,
    note: noteOf(properties, owner),
    noteOf,
    isAwaited: isAwaited(properties.Service, properties.AccountType, world.env),
    clock: world.clock,
    find: async () => (await service.connectors.find(properties.AccountType, properties.RoleArn)).map(marked),
    deadline,
    redactor,
    tell,
  };
}

export interface Reached {
  readonly patiently: Outbound;
  readonly notes: ConnectorNotes;
  readonly service: ServiceApi;
}

/** What an invocation calls. There is one time limit for all of its calls that IAM does not allow yet. */
export function reach(world: ConnectorWorld, properties: ServiceProperties, invocation: Invocation): Reached {
  const patiently = patient(invocation.outbound, world.clock, world.random);
  return { patiently, notes: world.notes(patiently), service: world.service(properties, invocation, patiently) };
}
