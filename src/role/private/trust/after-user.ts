import { IConstruct } from 'constructs';
import { isReadByReference } from './base-account-user-arn';
import type { IBaseAccountUser } from '../../../base-account/base-account-user-attributes';
import { lazyDependency, needsFrom, readsFrom, waitsFor, wishBefore } from '../../../private/stack-order';
import { deployedScope, deployedStack, inOneStage } from '../../../private/stacks';

/**
 * The stack of a base account's user is deployed before that of a role that trusts the user, and deleted after it.
 *
 * The order is not strict, because IAM takes the trust policy without the user. If the user's stack has the role's connector or reads its
 * ARN, the role comes first. That fails only if the role reads the user's ARN from the user's stack.
 */
export function afterUser(role: IConstruct, user: IBaseAccountUser): void {
  const scope = deployedScope(role);
  if (deployedStack(scope) === deployedStack(user) || !inOneStage(scope, user)) return;
  wishBefore(scope, () => [user]);
  if (user.node.tryFindChild('User') && isReadByReference(scope, user)) scope.node.addDependency(lazyDependency(() => refuseCircle(scope, user)));
}

/** Throws before AWS CDK finds the circle: its message does not say that a user name would solve it. */
function refuseCircle(scope: IConstruct, user: IBaseAccountUser): IConstruct[] {
  const [role, own] = [deployedStack(scope), deployedStack(user)];
  if (needsFrom(own, role) || waitsFor(own, role) || readsFrom(own, role)) {
    throw new Error(`${scope.node.path} trusts the user ${user.node.path}, whose name only CloudFormation knows, while the user's stack ${own.node.path} reads from ${role.node.path} or connects a role of it: `
      + 'each of the two stacks would have to be deployed before the other. Set userName (and path) of the BaseAccountUser as text');
  }
  return [];
}
