import { Stack, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** The stage that `scope` is in, or the root of the tree. Stages are deployed separately, and may belong to different subscriptions. */
export function stageOf(scope: IConstruct): IConstruct {
  return Stage.of(scope) ?? scope.node.root;
}

/** Whether the two are in one stage, so that one of them can wait for the other. */
export function inOneStage(one: IConstruct, other: IConstruct): boolean {
  return Stage.of(one) === Stage.of(other);
}

/** The stack that is deployed with `scope`. A nested stack is deployed with its parent. */
export function deployedStack(scope: IConstruct): Stack {
  const stack = Stack.of(scope);
  return stack.nestedStackParent ? deployedStack(stack.nestedStackParent) : stack;
}

/** Whether a stack is in another one but deployed separately, like the stack of a StackSet, which goes to every target account. */
export function standsInAnother(stack: Stack): boolean {
  const outer = stack.node.scope;
  return outer !== undefined && outer.node.scopes.some((construct) => Stack.isStack(construct)) && stack.nestedStackParent === undefined;
}

/** The construct that this app deploys for `scope`. For a construct in the template of a StackSet, it is the construct that contains the template. */
export function deployedScope(scope: IConstruct): IConstruct {
  const stack = Stack.of(scope);
  return standsInAnother(stack) ? deployedScope(stack.node.scope!) : scope;
}

/** ARN of a parameter in Parameter Store, by its name, which begins with `/`. */
export function parameterArn(scope: IConstruct, name: string): string {
  return Stack.of(scope).formatArn({ service: 'ssm', resource: 'parameter', resourceName: name.slice(1) });
}

/**
 * Finds the library's construct with this ID, if there is one. Some IDs are fixed, so that all constructs of a stack find the same construct. Throws
 * if a construct of somebody else has the ID.
 *
 * @param member a member that only the library's construct has. Classes are not compared, because two copies of the package may be in one app.
 */
export function ownChild<T>(scope: IConstruct, id: string, member: string): T | undefined {
  const found = scope.node.tryFindChild(id);
  if (found === undefined || member in found) return found as T | undefined;
  throw new Error(`${found.node.path} has the ID '${id}', which cdk-qualys-connectors needs in ${scope.node.path || 'the app'} for a construct of its own: give yours another ID`);
}
