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
 * The function's environment fixes its host, credentials and accounts. Otherwise, whoever can invoke the function or write its table could send
 * the credentials to another host, or connect other accounts.
 */

/** The fleet as it was last deployed. */
export interface DeployedFleet {
  /** The deployed properties: values, or hashes of long values. */
  readonly pins: Readonly<Record<string, unknown>>;
  /** The owner of the connectors: the stack ID without its last part, so that a stack that is created again finds them. */
  readonly owner: Owner;
  /** The name of the fleet in metrics. */
  readonly name: string;
}

const schema = z.object({ Properties: jsonObject, LogicalId: text, Name: text });

/** The fleet that this function was deployed for. Throws if the environment does not say. */
export function deployedFleet(env: Environment): DeployedFleet {
  const value = env[FLEET_VARIABLE];
  const stackId = env[STACK_VARIABLE];
  if (value === undefined || stackId === undefined) throw new DeployError('the environment of this function does not say which accounts it connects; deploy the stack again');
  const { Properties: pins, LogicalId, Name } = parseProperties(schema, JSON.parse(value));
  return { pins, owner: { stackId: lastingStack(stackId), logicalId: LogicalId }, name: Name };
}

/** Throws if an event, or an item of the table, asks for something that was not deployed. */
export function checkAsked(asked: FleetProperties, { pins }: DeployedFleet, what: string): void {
  const names = Object.keys({ ...asked, ...pins }) as Array<keyof FleetProperties>;
  const differ = names.filter((name) => !isPinned(asked[name], pins[name]));
  if (differ.length > 0) throw new DeployError(`${what} asks for another ${differ.join(', ')} than this function was deployed with; nothing was called. Deploy the stack`);
}

/** Throws if the event is for another resource. A function serves one. */
export function checkResource(logicalId: string, { owner }: DeployedFleet): void {
  if (logicalId !== owner.logicalId) throw new DeployError(`the event is of the resource ${logicalId}, but this function serves ${owner.logicalId} alone; nothing was called`);
}

/** Parses the properties in the table, and throws if they differ from the deployed ones. */
export function wishOf(properties: unknown, deployed: DeployedFleet): FleetProperties {
  const wish = parseFleetProperties(properties);
  checkAsked(wish, deployed, 'the item of the table');
  return wish;
}

/** The stack ID without the part that changes when the stack is created again, as `arn:aws:cloudformation:us-east-1:111111111111:stack/CentralSecurity`. */
function lastingStack(stackId: string): string {
  return stackId.split('/').slice(0, 2).join('/');
}
