import { CustomResourceHandler, customResourceHandler, RuntimeWorld } from './custom-resource';
import { DeployError } from './errors';

/** Chooses the handler in a function that serves more than one type of resource. A request of an unknown type gets exactly one answer too. */
export function byResourceType(handlers: Readonly<Record<string, CustomResourceHandler>>, world: RuntimeWorld): CustomResourceHandler {
  const refuse = (): never => {
    throw new DeployError(`this function does not serve the type of this resource, only ${Object.keys(handlers).join(' and ')}`);
  };
  const unknown = customResourceHandler({ parse: refuse, physicalId: refuse, create: refuse, update: refuse, delete: refuse }, world);
  return async (event, context) => {
    const type = (event as { readonly ResourceType?: unknown } | undefined)?.ResourceType;
    const handler = typeof type === 'string' && Object.hasOwn(handlers, type) ? handlers[type] : unknown;
    return handler(event, context);
  };
}
