import { Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { inOneStage } from '../../private/stacks';
import { IConnectorRole } from '../../role/connector-role-attributes';
import { ConnectableRole, SeenRole } from '../../role/private/connectable-role';
import { parseRoleArn } from '../../role/private/role-arn';
import { AccountType } from '../../service/account-type';
import { ConnectorAppName } from '../../wire/connector';

/** The role that a connector connects, and what the connector needs to know of it. */
export interface ConnectorTarget extends SeenRole {
  readonly externalId: string;
  readonly accountType: AccountType;
  /** The apps that the role's permissions are for. */
  readonly modules: readonly ConnectorAppName[];
}

/** The role as the stack of `scope` may write it. Throws when that stack cannot use the role, or cannot know its ARN. */
export function connectorTarget(scope: IConstruct, given: IConnectorRole, accountType?: AccountType): ConnectorTarget {
  const role = connectable(given);
  const { partition, words } = role._place();
  const type = accountTypeOf(scope, accountType, partition, words);
  const seen = role._seenFrom(scope, type.partition);
  const [here, there] = [Stack.of(scope), Stack.of(role)];
  if (Token.isUnresolved(role.externalId) && (here.environment !== there.environment || !inOneStage(here, there))) {
    throw new Error(`externalId of the role ${role.node.path} must be a text, because ${scope.node.path} connects it from another stack, in ${here.environment} `
      + `instead of ${there.environment}: a value that only CloudFormation knows cannot be read there`);
  }
  return { ...seen, externalId: role.externalId, accountType: type, modules: role._modules };
}

/** A user's own implementation has the public members only. */
function connectable(role: IConnectorRole): ConnectableRole {
  if ('_seenFrom' in role) return role as ConnectableRole;
  const { roleArn } = role;
  const { partition } = parseRoleArn(role, roleArn);
  return Object.assign(Object.create(role) as IConnectorRole, {
    _modules: ['AI' as const],
    _place: () => ({ partition: Token.isUnresolved(partition) ? undefined : partition, words: `roleArn is ${roleArn}` }),
    _seenFrom: () => ({ roleArn, reference: roleArn, knownArn: Token.isUnresolved(roleArn) ? undefined : roleArn }),
  });
}

/**
 * The account type comes from the role's partition and not from the stack's: the account with the credentials may be in another partition
 * than the connected one.
 */
function accountTypeOf(scope: IConstruct, given: AccountType | undefined, partition: string | undefined, what: string): AccountType {
  if (partition === undefined) return given ? AccountType._own(given) : AccountType._of(scope);
  return AccountType._ofPartition(partition, `${what} (partition ${partition})`, 'a role in the other partition', given);
}
