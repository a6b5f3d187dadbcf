import { Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/**
 * What constructs of a stage, or of the app outside of its stages, have to know of each other. Stages may be of different
 * subscriptions. By name, so that two copies of the library see each other's.
 */
export function stageNotes<T>(scope: IConstruct, name: string): Map<string, T> {
  const stage: IConstruct = Stage.of(scope) ?? scope.node.root;
  const key = Symbol.for(`cdk-qualys-connectors.${name}`);
  const holder = stage as unknown as Record<symbol, Map<string, T> | undefined>;
  if (!holder[key]) { Object.defineProperty(stage, key, { value: new Map<string, T>() }); }
  return holder[key]!;
}
