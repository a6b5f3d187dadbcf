import { CustomResourceHandler, customResourceHandler, FunctionContext } from './custom-resource';
import { DeployError } from './errors';
import { runTask } from './task';
import { RuntimeWorld } from './world';

/** The events that a function takes. The three kinds have no key in common. */
export interface CalledBy<T> {
  /** A request of CloudFormation. */
  readonly request: (event: unknown, context: FunctionContext) => Promise<void>;
  /** A task of the schedule or of a person, by the value of `Task`. */
  readonly tasks: Readonly<Record<string, (event: Readonly<Record<string, unknown>>, context: FunctionContext) => Promise<T>>>;
  /** A step of a rotation, from Secrets Manager. */
  readonly step?: (event: Readonly<Record<string, unknown>>, context: FunctionContext) => Promise<void>;
}

/**
 * Recognizes the caller by the keys of the event. Somebody who may write the input of a schedule cannot make it a request of
 * CloudFormation. An event that looks like more than one kind is refused.
 */
export function calledBy<T>(world: RuntimeWorld, { request, tasks, step }: CalledBy<T>) {
  return async (event: unknown, context: FunctionContext): Promise<T | void> => {
    const fields = (typeof event === 'object' && event !== null ? event : {}) as Readonly<Record<string, unknown>>;
    const has = (key: string): boolean => Object.hasOwn(fields, key);
    const isRequest = has('RequestType') || has('ResponseURL');
    if (isRequest && !has('Task') && !has('Step')) return request(event, context);
    const task = typeof fields.Task === 'string' && Object.hasOwn(tasks, fields.Task) ? tasks[fields.Task] : undefined;
    if (task && !isRequest && !has('Step')) return task(fields, context);
    if (step && has('Step') && !isRequest && !has('Task')) return step(fields, context);
    return runTask('Unknown', context, world, async () => {
      const known = Object.keys(tasks).map((name) => `{"Task":"${name}"}`);
      throw new DeployError(`the function does not take this event: it takes requests of CloudFormation${step ? ', the steps of a rotation' : ''} and ${known.join(', ')}`);
    });
  };
}

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
