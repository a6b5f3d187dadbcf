import { Dependable, IConstruct, IDependable } from 'constructs';

/** Something to depend on that is found when the app is synthesized. */
export function lazyDependency(find: () => readonly IConstruct[]): IDependable {
  const dependency: IDependable = {};
  Dependable.implement(dependency, { get dependencyRoots() { return [...find()]; } });
  return dependency;
}
