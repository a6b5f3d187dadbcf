import * as z from 'zod/mini';
import { parseFleetProperties } from './properties';
import { STACK_VARIABLE } from '../../src/wire/common';
import { FLEET_VARIABLE, FleetProperties } from '../../src/wire/fleet';
import { isPinned } from '../../src/wire/pins';
import { Environment } from '../runtime/calls/hosts';
import { DeployError } from '../runtime/errors';
import { Owner } from '../runtime/owner';
import { parseProperties, text } from '../runtime/properties';
import { jsonObject } from '../service/http/judge';

/*
 * What the function works on stands in its environment. Whoever can invoke it, or write its table, could else send the credentials to another
 * host, or connect accounts of his own.
 */

/** The fleet as it was last deployed. */
export interface DeployedFleet {
  /** Values, or hashes of values. */
  readonly pins: Readonly<Record<string, unknown>>;
  /** Whose the connectors are: the stack without the last part of its ID, so that one that is made anew finds them again. */
  readonly owner: Owner;
  /** What the metrics call it. */
  readonly name: string;
}

const schema = z.object({ Properties: jsonObject, LogicalId: text, Name: text });

export function deployedFleet(env: Environment): DeployedFleet {
  const value = env[FLEET_VARIABLE];
  const stackId = env[STACK_VARIABLE];
  if (value === undefined || stackId === undefined) throw new DeployError('the environment of this function does not say which accounts it connects; deploy the stack again');
  const { Properties: pins, LogicalId, Name } = parseProperties(schema, JSON.parse(value));
  return { pins, owner: { stackId: lastingStack(stackId), logicalId: LogicalId }, name: Name };
}

/** Throws where an event, or an item of the table, asks for something else than was deployed. */
export function checkAsked(asked: FleetProperties, { pins }: DeployedFleet, what: string): void {
  const names = Object.keys({ ...asked, ...pins }) as Array<keyof FleetProperties>;
  const differ = names.filter((name) => !isPinned(asked[name], pins[name]));
  if (differ.length > 0) throw new DeployError(`${what} asks for another ${differ.join(', ')} than this function was deployed with; nothing was called. Deploy the stack`);
}

/** The function serves one resource. */
export function checkResource(logicalId: string, { owner }: DeployedFleet): void {
  if (logicalId !== owner.logicalId) throw new DeployError(`the event is of the resource ${logicalId}, but this function serves ${owner.logicalId} alone; nothing was called`);
}

/** Parses what stands in the table, and compares it. */
export function wishOf(properties: unknown, deployed: DeployedFleet): FleetProperties {
  const wish = parseFleetProperties(properties);
  checkAsked(wish, deployed, 'the item of the table');
  return wish;
}

/** `arn:aws:cloudformation:us-east-1:111111111111:stack/CentralSecurity`: without what differs when the stack is made anew. */
function lastingStack(stackId: string): string {
  return stackId.split('/').slice(0, 2).join('/');
}
