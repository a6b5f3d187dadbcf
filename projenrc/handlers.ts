import { ACCESS_KEY_RESOURCE_TYPE } from '../src/wire/access-key';
import { BASE_ACCOUNT_RESOURCE_TYPE } from '../src/wire/base-account';
import { ACCOUNT_LOOKUP_RESOURCE_TYPE, CONNECTOR_RESOURCE_TYPE } from '../src/wire/connector';
import { FLEET_RESOURCE_TYPE } from '../src/wire/fleet';
import { ROLE_TRUST_RESOURCE_TYPE } from '../src/wire/role-trust';

/**
 * The one list of handlers: `lambda/<name>.lambda.ts`, each bundled to `assets/lambda/<name>.lambda`, the feature of `src/` whose
 * constructs deploy it, and the types of the resources that it serves.
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

/** The handler of a type of resources; undefined where the type is none of the library's. */
export function handlerOf(type: string): HandlerName | undefined {
  return HANDLER_NAMES.find((name) => (HANDLERS[name].serves as readonly string[]).includes(type));
}
