import { FIXED, nativeResource, Place, propertiesRead } from './resources';
import { handlerOf } from '../../../projenrc/handlers';
import { referred } from '../cloudformation/intrinsics';
import type { Policy, ResourceTemplate, Template } from '../cloudformation/template';

/** A template as it is synthesized or stored. */
export interface Synthesized {
  readonly Resources: Readonly<Record<string, SynthesizedResource>>;
}

export interface SynthesizedResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, any>>;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: Policy;
  readonly UpdateReplacePolicy?: Policy;
}

export interface DeployableOptions extends Omit<Place, 'logicalId'> {
  /** Properties that no construct makes as they are here, by the resource's ID; undefined takes one away. */
  readonly raw?: Readonly<Record<string, object>>;
  /** Left out. */
  readonly without?: readonly string[];
  /** Everything is deleted, whatever the policies say. */
  readonly ignoresPolicies?: boolean;
}

/** What of a resource is the same in every deployment. */
interface Part extends Pick<ResourceTemplate, 'type' | 'properties' | 'deletionPolicy' | 'updateReplacePolicy'> {
  readonly dependsOn: readonly string[];
  /** Of a function: which one it runs, and for which resources. */
  readonly handler?: string;
  readonly serves: readonly string[];
}

/**
 * A template as the stacks of this process deploy it: functions with their environment and their rights, custom resources with
 * their properties, and what stands around them.
 */
export function deployable(template: Synthesized, options: DeployableOptions): Template {
  const { world, raw = {}, without = [], ignoresPolicies = false } = options;
  const parts = [...partsOf(template)].filter(([id]) => !without.includes(id));
  return Object.fromEntries(parts.map(([logicalId, { handler, serves, deletionPolicy, updateReplacePolicy, ...part }]) => {
    const maker: Pick<ResourceTemplate, 'deliver' | 'native'> = handlerOf(part.type)
      ? { deliver: (event) => world.functionAt(event.ResourceProperties.ServiceToken).deliver(event) }
      : { native: nativeResource(part.type, { ...options, logicalId }, handler) };
    const policies = ignoresPolicies ? {} : { deletionPolicy, updateReplacePolicy };
    const fixed = serves.filter((id) => raw[id]).map((id) => raw[id]);
    const pinned = fixed.length > 0 && { [FIXED]: JSON.stringify(Object.assign({}, ...fixed), (_, value: unknown) => value ?? null) };
    const properties = { ...part.properties, ...raw[logicalId], ...pinned };
    return [logicalId, { ...part, ...maker, ...policies, properties }];
  }));
}

const known = new WeakMap<Synthesized, ReadonlyMap<string, Part>>();

function partsOf(template: Synthesized): ReadonlyMap<string, Part> {
  let parts = known.get(template);
  if (!parts) {
    parts = readParts(template);
    known.set(template, parts);
  }
  return parts;
}

function readParts({ Resources }: Synthesized): ReadonlyMap<string, Part> {
  // Which function runs which handler: that of the resources that it serves.
  const served = Object.entries(Resources).flatMap(([id, { Type, Properties }]) => {
    const handler = handlerOf(Type);
    return handler ? [{ id, handler, by: Properties!.ServiceToken['Fn::GetAtt'][0] as string }] : [];
  });
  const handlers = new Map(served.map(({ by, handler }) => [by, handler]));
  return new Map(Object.entries(Resources).map(([id, resource]): [string, Part] => {
    const { Type: type, Properties = {}, DependsOn = [], DeletionPolicy: deletionPolicy, UpdateReplacePolicy: updateReplacePolicy } = resource;
    const properties = handlerOf(type) ? Properties : propertiesRead(type, Properties);
    const dependsOn = [...new Set([...[DependsOn].flat(), ...referred(Properties)])];
    const serves = served.filter(({ by }) => by === id).map((one) => one.id);
    return [id, { type, properties, dependsOn, deletionPolicy, updateReplacePolicy, handler: handlers.get(id), serves }];
  }));
}
