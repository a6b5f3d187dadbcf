import { Annotations, Stack, Stage, Token } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { IConstruct, IDependable } from 'constructs';
import { ConnectorRole } from '../connector-role';
import { lazyDependency } from './lazy-dependency';

/** Marks a construct that edits a role, with the role's name. By name, so that two copies of the library see each other's. */
const EDITED = Symbol.for('cdk-qualys-connectors.role-trust');

/** Takes the role. Throws when a construct of the same stage edits it: the one would undo what the other does. */
export function takeRole(scope: IConstruct, roleName: string): void {
  // In IAM two names differ by more than their case.
  const name = roleName.toLowerCase();
  const holder = inStage(scope).find((construct) => (construct as { [EDITED]?: string })[EDITED] === name && sameAccount(construct, scope));
  if (holder) {
    throw new Error(`${holder.node.path} and ${scope.node.path} both edit the trust of the role ${Token.isUnresolved(roleName) ? '' : `'${roleName}' `}`
      + 'of one account: keep one of them, and name both callers with TrustPrincipal.both()');
  }
  Object.defineProperty(scope, EDITED, { value: name });
}

/** The construct of the stage that edits the trust of this role, if there is one: the role is to let the service in before it is connected. */
export function trustEditorOf(scope: IConstruct, roleArn: string): IDependable {
  const [, account, name] = /^arn:[^:]*:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(roleArn) ?? [];
  return lazyDependency(() => inStage(scope).filter((construct) => {
    const { [EDITED]: edited, roleArn: own } = construct as { readonly [EDITED]?: string; readonly roleArn?: string };
    return edited !== undefined && (own === roleArn || (edited === name?.toLowerCase() && Stack.of(construct).account === account));
  }));
}

/** Looks at the end whether the app makes the role itself: CloudFormation would then take one trust for the other. */
export function watchOwnRoles(scope: IConstruct, roleName: string): void {
  scope.node.addValidation({
    validate: () => rolesOf(scope, roleName).map(connectorRoleOf).filter((role) => role !== undefined).map((role) => (
      `the role is that of ${role.node.path}, a ConnectorRole of this app: change its 'trust' instead, and remove this construct`)),
  });
}

/** The same for roles that are not the library's, while the construct is made: what comes later is not seen. */
export function warnOfOwnRole(scope: IConstruct, roleName: string): void {
  const [role] = rolesOf(scope, roleName).filter((one) => !connectorRoleOf(one));
  if (!role) { return; }
  Annotations.of(scope).addWarningV2('cdk-qualys-connectors:trustOfOwnRole',
    `the role is made by this app, at ${role.node.path}. CloudFormation puts its own trust policy back when it next changes that role: `
    + "make it a ConnectorRole, or set the role's assumedBy");
}

function rolesOf(scope: IConstruct, roleName: string): CfnRole[] {
  return inStage(scope).filter((construct): construct is CfnRole => (
    CfnRole.isCfnRole(construct) && (refersTo(roleName, construct) || (construct.roleName === roleName && sameAccount(construct, scope)))));
}

function refersTo(roleName: string, role: CfnRole): boolean {
  const stack = Stack.of(role);
  return Token.isUnresolved(roleName) && JSON.stringify(stack.resolve(roleName)) === JSON.stringify(stack.resolve(role.ref));
}

/** The construct of this library whose role it is. */
function connectorRoleOf(role: CfnRole): ConnectorRole | undefined {
  const construct = role.node.scope?.node.scope;
  return construct instanceof ConnectorRole ? construct : undefined;
}

/** IAM is the same in all regions of an account. Of accounts that are not known, those of one stack are one. */
function sameAccount(one: IConstruct, other: IConstruct): boolean {
  const [first, second] = [Stack.of(one), Stack.of(other)];
  return first === second || (!Token.isUnresolved(first.account) && first.account === second.account);
}

/** Everything in the stage of `scope`, but not what is in stages within. */
function inStage(scope: IConstruct): IConstruct[] {
  const below = (construct: IConstruct): IConstruct[] => (
    [construct, ...construct.node.children.filter((child) => !Stage.isStage(child)).flatMap(below)]);
  return below(Stage.of(scope) ?? scope.node.root);
}
