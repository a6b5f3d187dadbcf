import { Stack, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** The stage that `scope` stands in, or the root of the tree. Stages are deployed on their own, and may be of different subscriptions. */
export function stageOf(scope: IConstruct): IConstruct {
  return Stage.of(scope) ?? scope.node.root;
}

/** Whether one of the two can wait for the other. */
export function inOneStage(one: IConstruct, other: IConstruct): boolean {
  return Stage.of(one) === Stage.of(other);
}

/** The stack that is deployed: a nested one goes with the one that it stands in, to its account. */
export function deployedStack(scope: IConstruct): Stack {
  const stack = Stack.of(scope);
  return stack.nestedStackParent ? deployedStack(stack.nestedStackParent) : stack;
}

/** Whether a stack stands in another one and is deployed on its own, as that of a StackSet is in every account of its targets. */
export function standsInAnother(stack: Stack): boolean {
  const outer = stack.node.scope;
  return outer !== undefined && outer.node.scopes.some((construct) => Stack.isStack(construct)) && stack.nestedStackParent === undefined;
}

/** What is deployed from here in place of `scope`: what the template of a StackSet stands in, as that template goes to the accounts from there. */
export function deployedScope(scope: IConstruct): IConstruct {
  const stack = Stack.of(scope);
  return standsInAnother(stack) ? deployedScope(stack.node.scope!) : scope;
}

/** ARN of a parameter in Parameter Store, by its name, which begins with `/`. */
export function parameterArn(scope: IConstruct, name: string): string {
  return Stack.of(scope).formatArn({ service: 'ssm', resource: 'parameter', resourceName: name.slice(1) });
}

/**
 * The construct of the library that has this ID, if there is one: some IDs are fixed, so that all constructs of a stack find it. Throws
 * where the ID is taken by something else.
 *
 * @param member what the library's construct has, and others do not. Not its class: two copies of the package may be in one app.
 */
export function ownChild<T>(scope: IConstruct, id: string, member: string): T | undefined {
  const found = scope.node.tryFindChild(id);
  if (found === undefined || member in found) return found as T | undefined;
  throw new Error(`${found.node.path} has the ID '${id}', which cdk-qualys-connectors needs in ${scope.node.path || 'the app'} for a construct of its own: give yours another ID`);
}
