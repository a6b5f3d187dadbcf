import { jsonBytes, MAXIMUM_PHYSICAL_ID_BYTES, RequestIdentity } from './answer';
import { Environment, usableResponseUrl } from './calls/hosts';
import { STACK_VARIABLE } from '../../src/wire/common';

/** What CloudFormation sent, as far as it can be read. Nothing in it is trusted yet. */
export interface ReceivedEvent extends RequestIdentity {
  readonly requestType: string;
  readonly resourceType: string;
  /** Undefined on Create, and when it cannot be used. */
  readonly physicalId?: string;
  readonly responseUrl?: string;
  readonly properties: unknown;
  readonly oldProperties: unknown;
  /** Why the event is no request of CloudFormation. */
  readonly defect?: string;
}

/** The longest of the copied fields, a stack's ARN, has at most 250 bytes. */
const MAXIMUM_FIELD_BYTES = 512;

/** The deepest nesting of an event. No property of this library comes near it. */
const MAXIMUM_DEPTH = 32;

/**
 * Reads an event. Never throws: a defect is in the result.
 *
 * @param env the environment of the function, which fixes the stack that may call it
 */
export function readEvent(event: unknown, env: Environment): ReceivedEvent {
  const requestType = field(event, 'RequestType');
  const identity = { stackId: field(event, 'StackId'), requestId: field(event, 'RequestId'), logicalId: field(event, 'LogicalResourceId') };
  const physicalId = usablePhysicalId(own(event, 'PhysicalResourceId'));
  return {
    ...identity,
    requestType,
    resourceType: field(event, 'ResourceType'),
    physicalId,
    responseUrl: usableResponseUrl(own(event, 'ResponseURL'), env[STACK_VARIABLE] ?? identity.stackId, env),
    properties: own(event, 'ResourceProperties'),
    oldProperties: own(event, 'OldResourceProperties'),
    defect: defectOf(event, requestType, identity, physicalId) ?? strangerDefect(identity, env),
  };
}

function defectOf(event: unknown, requestType: string, identity: RequestIdentity, physicalId: string | undefined): string | undefined {
  if (!['Create', 'Update', 'Delete'].includes(requestType)) return 'its RequestType is none of Create, Update and Delete';
  if (!identity.stackId) return 'it has no StackId';
  if (!identity.requestId) return 'it has no RequestId';
  if (!identity.logicalId) return 'it has no LogicalResourceId';
  if (requestType !== 'Create' && physicalId === undefined) return 'it has no usable PhysicalResourceId';
  if (hasForbiddenKey(event, MAXIMUM_DEPTH)) return 'it has a key named __proto__, or is nested too deeply';
  return undefined;
}

/** A function serves only its own stack. */
function strangerDefect({ stackId }: RequestIdentity, { [STACK_VARIABLE]: served }: Environment): string | undefined {
  if (served === undefined) return 'the environment of the function does not say which stack it serves; deploy the stack again';
  return stackId === served ? undefined : `it comes from the stack ${stackId}, but this function serves ${served} alone: a resource of this library cannot be moved to another stack`;
}

/** Only own properties count, and never inherited ones. */
function own(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}

function field(event: unknown, key: string): string {
  const value = own(event, key);
  return typeof value === 'string' && jsonBytes(value) <= MAXIMUM_FIELD_BYTES ? value : '';
}

export function usablePhysicalId(value: unknown): string | undefined {
  // Quotes and control characters take more bytes in JSON. Twice the limit still leaves room for a reason.
  const usable = typeof value === 'string' && value !== '' && Buffer.byteLength(value, 'utf8') <= MAXIMUM_PHYSICAL_ID_BYTES
    && jsonBytes(value) <= 2 * MAXIMUM_PHYSICAL_ID_BYTES;
  return usable ? value : undefined;
}

function hasForbiddenKey(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth === 0 || Object.keys(value).some((key) => key === '__proto__' || hasForbiddenKey((value as Record<string, unknown>)[key], depth - 1));
}
