import { ACCESS_KEY_RESOURCE_TYPE } from '../src/wire/access-key';
import { BASE_ACCOUNT_RESOURCE_TYPE } from '../src/wire/base-account';
import { ACCOUNT_LOOKUP_RESOURCE_TYPE, CONNECTOR_RESOURCE_TYPE } from '../src/wire/connector';
import { FLEET_RESOURCE_TYPE } from '../src/wire/fleet';
import { ROLE_TRUST_RESOURCE_TYPE } from '../src/wire/role-trust';

/**
 * The list of all handlers. Each has its code in `lambda/<name>.lambda.ts` and its bundle in `assets/lambda/<name>.lambda`. The list has the feature of
 * `src/` whose constructs deploy the handler, and the resource types that it serves.
 */
export const HANDLERS = {
  'access-key': { feature: 'base-account', serves: [ACCESS_KEY_RESOURCE_TYPE] },
  'base-account': { feature: 'base-account', serves: [BASE_ACCOUNT_RESOURCE_TYPE] },
  'connector': { feature: 'connector', serves: [CONNECTOR_RESOURCE_TYPE, ACCOUNT_LOOKUP_RESOURCE_TYPE] },
  'fleet': { feature: 'fleet', serves: [FLEET_RESOURCE_TYPE] },
  'role-trust': { feature: 'role', serves: [ROLE_TRUST_RESOURCE_TYPE] },
} as const;

export type HandlerName = keyof typeof HANDLERS;
export type ResourceType = typeof HANDLERS[HandlerName]['serves'][number];

export const HANDLER_NAMES = Object.keys(HANDLERS) as HandlerName[];
export const RESOURCE_TYPES: readonly ResourceType[] = HANDLER_NAMES.flatMap((name) => [...HANDLERS[name].serves]);

/** The handler that serves a resource type. Undefined for a type that is not the library's. */
export function handlerOf(type: string): HandlerName | undefined {
  return HANDLER_NAMES.find((name) => (HANDLERS[name].serves as readonly string[]).includes(type));
}
