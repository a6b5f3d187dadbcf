import { CfnResource, IAspect, Stack } from 'aws-cdk-lib';
import { CfnGroup, CfnManagedPolicy, CfnRole, CfnUser } from 'aws-cdk-lib/aws-iam';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { IConstruct } from 'constructs';

/** Puts a prefix before every name, and names what has none, as the aspects of landing zones do. */
export class NamePrefix implements IAspect {
  public constructor(private readonly prefix: string) {}

  public visit(node: IConstruct): void {
    if (node instanceof CfnRole) node.roleName = this.named(node, node.roleName);
    if (node instanceof CfnUser) node.userName = this.named(node, node.userName);
    if (node instanceof CfnGroup) node.groupName = this.named(node, node.groupName);
    if (node instanceof CfnManagedPolicy) node.managedPolicyName = this.named(node, node.managedPolicyName);
    if (node instanceof CfnFunction) node.functionName = this.named(node, node.functionName);
    if (node instanceof CfnSecret) node.name = this.named(node, node.name);
  }

  private named(node: CfnResource, name?: string): string {
    return `${this.prefix}${Stack.of(node).resolve(name) ?? node.node.addr.slice(0, 12)}`;
  }
}

/** The same for roles and users, and a path for them, in the way of CDK's own `PermissionsBoundary`. */
export class NameOverride implements IAspect {
  public constructor(private readonly prefix: string, private readonly path: string) {}

  public visit(node: IConstruct): void {
    if (!(node instanceof CfnRole || node instanceof CfnUser)) return;
    node.addPropertyOverride('Path', this.path);
    if (node instanceof CfnRole && node.roleName) node.addPropertyOverride('RoleName', `${this.prefix}${node.roleName}`);
    if (node instanceof CfnUser && node.userName) node.addPropertyOverride('UserName', `${this.prefix}${node.userName}`);
  }
}
