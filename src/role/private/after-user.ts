import { Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { isReadByReference } from './base-account-user-arn';
import type { IBaseAccountUser } from '../../base-account/base-account-user-attributes';
import { connectorsOf } from '../../private/connected-roles';
import { lazyDependency } from '../../private/lazy-dependency';
import { readsFrom, waitsFor, wishBefore } from '../../private/stack-order';
import { deployedStack, inOneStage } from '../../private/stacks';

/**
 * The stack of a base account's user is deployed before that of a role that trusts the user, and deleted after it.
 *
 * It is a wish: IAM takes the trust policy without the user. So where the user's stack waits for the role, as one does that holds the
 * role's connector or reads its ARN, the role comes first. That fails only where the role reads the user's ARN from the user's stack.
 */
export function afterUser(scope: IConstruct, user: IBaseAccountUser): void {
  if (deployedStack(scope) === deployedStack(user) || !inOneStage(scope, user)) return;
  wishBefore(scope, () => [user]);
  if (user.node.tryFindChild('User') && isReadByReference(scope, user)) scope.node.addDependency(lazyDependency(() => refuseCircle(scope, user)));
}

/** Before AWS CDK finds the circle and says nothing of the name that would open it. */
function refuseCircle(scope: IConstruct, user: IBaseAccountUser): IConstruct[] {
  const [role, own] = [deployedStack(scope), deployedStack(user)];
  const connector = [...connectorsOf(own)].find((one) => deployedStack(one) === own && isOf(one, role));
  if (connector ?? (waitsFor(own, role) || readsFrom(own, role))) {
    throw new Error(`${scope.node.path} trusts the user ${user.node.path}, whose name only CloudFormation knows, while the user's stack ${own.node.path} reads from ${role.node.path}: `
      + 'each of the two stacks would have to be deployed before the other. Set userName (and path) of the BaseAccountUser as text');
  }
  return [];
}

function isOf(connector: IConstruct, stack: Stack): boolean {
  const needed = connector.node.tryFindChild('Resource')?.node.dependencies ?? [];
  return needed.some((one) => deployedStack(one) === stack);
}
