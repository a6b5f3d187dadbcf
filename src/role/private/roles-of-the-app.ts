import { Annotations, Stack, Stage, Token } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { stageOf } from '../../private/stacks';
import { sameAccount } from '../../private/taken-roles';

/** Checks at the end of synthesis whether the app makes the role itself. CloudFormation would then replace one trust by the other. */
export function watchOwnRoles(scope: IConstruct, roleName: string): void {
  scope.node.addValidation({
    validate: () => rolesOf(scope, roleName).map(connectorRoleOf).filter((role) => role !== undefined).map((role) => (
      `the role is that of ${role.node.path}, a ConnectorRole of this app: change its 'trust' instead, and remove this construct`)),
  });
}

/** Warns, while the construct is made, if a construct other than the library's makes the role. It does not see roles that are made later. */
export function warnOfOwnRole(scope: IConstruct, roleName: string): void {
  const [role] = rolesOf(scope, roleName).filter((one) => !connectorRoleOf(one));
  if (!role) return;
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

/** The construct of this library that makes the role. */
function connectorRoleOf(role: CfnRole): IConstruct | undefined {
  const construct = role.node.scope?.node.scope as IConstruct & { readonly role?: IConstruct; readonly externalId?: string } | undefined;
  // Not by its class: two copies of the package can be in one app.
  return construct?.externalId !== undefined && construct.role === role.node.scope ? construct : undefined;
}

/** Everything in the stage of `scope`, but not what is in stages within. */
function inStage(scope: IConstruct): IConstruct[] {
  const below = (construct: IConstruct): IConstruct[] => (
    [construct, ...construct.node.children.filter((child) => !Stage.isStage(child)).flatMap(below)]);
  return below(stageOf(scope));
}
