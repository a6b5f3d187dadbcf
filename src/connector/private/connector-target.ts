import { Stack, Stage, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { parseRoleArn } from './role-arn';
import { knownPartition, knownRegion } from '../../private/partitions';
import type { ConnectorRole } from '../../role/connector-role';
import { AccountType } from '../../service/account-type';
import type { ExternalId } from '../../service/external-id';

/** What a connector connects. */
export interface ConnectorTarget {
  readonly roleArn: string;
  readonly externalId: string;
  readonly accountType: AccountType;
  /** The ARN as the role's own stack has it: the same for every connector of the role. */
  readonly reference: string;
  /** The ARN as far as it is known at synth, also where `roleArn` is a reference. */
  readonly knownArn?: string;
}

export interface ConnectorTargetProps {
  readonly role?: ConnectorRole;
  readonly roleArn?: string;
  readonly externalId?: ExternalId;
  readonly accountType?: AccountType;
}

/** The role as the stack of `scope` may write it. Throws for what cannot be, or cannot be known there. */
export function connectorTarget(scope: IConstruct, props: ConnectorTargetProps): ConnectorTarget {
  const { role, roleArn, externalId } = props;
  if (!role === !roleArn) {
    throw new Error(`exactly one of 'role' and 'roleArn' must say what is connected, got ${role ? 'both' : 'neither'}: give the ConnectorRole, `
      + 'or the ARN of a role of another app');
  }
  if (role) return targetOfRole(scope, role, props);
  if (!externalId) throw new Error("'externalId' is required with 'roleArn', got none: give the one that the role's trust policy asks for");
  const { partition, account } = parseRoleArn(scope, roleArn!);
  return {
    roleArn: roleArn!,
    reference: roleArn!,
    externalId: externalId._forAccount(account),
    accountType: accountTypeOf(scope, props.accountType, partition, `roleArn is ${roleArn}`),
    knownArn: Token.isUnresolved(roleArn) ? undefined : roleArn,
  };
}

function targetOfRole(scope: IConstruct, role: ConnectorRole, props: ConnectorTargetProps): ConnectorTarget {
  const accountType = accountTypeOf(scope, props.accountType, knownPartition(role), `${role.node.path} is in region ${knownRegion(role)}`);
  const other = props.externalId?._render(role);
  if (other !== undefined && other !== role.externalId && !Token.isUnresolved(other) && !Token.isUnresolved(role.externalId)) {
    throw new Error(`externalId must be that of the role ${role.node.path}, '${role.externalId}', got '${other}': leave it out, `
      + 'the role\'s is taken');
  }
  const [here, there] = [Stack.of(scope), Stack.of(role)];
  const reference = role.role.roleArn;
  const { roleName, path = '/' } = role._props;
  const knownArn = roleName !== undefined && ![roleName, path, there.account].some((part) => Token.isUnresolved(part))
    ? `arn:${accountType.partition}:iam::${there.account}:role${path}${roleName}`
    : undefined;
  // In one environment the reference follows the role. Elsewhere CloudFormation hands over no value.
  const isOneEnvironment = Stage.of(here) === Stage.of(there) && here.environment === there.environment;
  if (isOneEnvironment) return { roleArn: role.roleArn, reference, externalId: role.externalId, accountType, knownArn };
  const why = `because ${scope.node.path} connects it from another stack, in ${here.environment} instead of ${there.environment}`;
  if (roleName === undefined || Token.isUnresolved(roleName) || Token.isUnresolved(path)) {
    throw new Error(`roleName of the ConnectorRole ${role.node.path} must be set as a text, ${why}: `
      + 'a name that only CloudFormation knows cannot be read there');
  }
  if (knownArn === undefined) {
    throw new Error(`the account of the ConnectorRole ${role.node.path} must be known, ${why}: `
      + 'set env.account on the role\'s stack');
  }
  if (Token.isUnresolved(role.externalId)) {
    throw new Error(`externalId of the ConnectorRole ${role.node.path} must be a text, ${why}: `
      + 'a value that only CloudFormation knows cannot be read there');
  }
  return { roleArn: knownArn, reference, externalId: role.externalId, accountType, knownArn };
}

/** By the role's partition, not the stack's: the account that holds the credentials may be in another partition than what it connects. */
function accountTypeOf(scope: IConstruct, given: AccountType | undefined, partition: string | undefined, what: string): AccountType {
  if (partition === undefined || Token.isUnresolved(partition)) return given ?? AccountType._of(scope);
  return AccountType._ofPartition(partition, `${what} (partition ${partition})`, 'a role in the other partition', given);
}
