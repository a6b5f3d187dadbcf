import { Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import type { IBaseAccountUser } from '../../base-account/base-account-user-attributes';
import { connectorsOf } from '../../private/connected-roles';
import { lazyDependency } from '../../private/lazy-dependency';
import { deployedStack, inOneStage } from '../../private/stacks';

/**
 * The stack of a base account's user is deployed before that of a role that trusts the user, and deleted after it.
 *
 * It does not have to be: IAM takes the trust policy without the user. So where the user's stack waits for the role, as one
 * does that holds the role's connector too, the role comes first.
 */
export function afterUser(scope: IConstruct, user: IBaseAccountUser): void {
  if (deployedStack(scope) === deployedStack(user) || !inOneStage(scope, user)) return;
  scope.node.addDependency(lazyDependency(() => {
    if (!waitsFor(deployedStack(user), deployedStack(scope))) return [user];
    if (isReference(scope, user)) {
      throw new Error(`${scope.node.path} trusts the user ${user.node.path}, whose stack ${deployedStack(user).node.path} connects a role of ${deployedStack(scope).node.path}: `
        + 'each of the two stacks would have to be deployed before the other. Put the connectors in a stack of their own');
    }
    return [];
  }));
}

/** Within a known account the role's stack reads the user's ARN from the other stack. */
function isReference(scope: IConstruct, { awsAccountId, userArn }: IBaseAccountUser): boolean {
  return !Token.isUnresolved(awsAccountId) && awsAccountId === Stack.of(scope).account && Token.isUnresolved(userArn);
}

/** Whether a stack is known to be deployed after another, by what is said of stacks and by what connectors need. */
function waitsFor(stack: Stack, other: Stack, seen = new Set<Stack>()): boolean {
  if (stack === other) return true;
  if (seen.has(stack)) return false;
  seen.add(stack);
  const needed = [...connectorsOf(stack)]
    .filter((connector) => deployedStack(connector) === stack)
    .flatMap((connector) => connector.node.defaultChild?.node.dependencies ?? [])
    .map(deployedStack);
  return [...stack.dependencies, ...needed].some((next) => waitsFor(next, other, seen));
}
