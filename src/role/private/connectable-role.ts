import { Lazy, Stack, Stage, Token } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { knownName } from '../../private/final-name';
import { knownPartition, knownRegion } from '../../private/partitions';
import { deployedStack, standsInAnother } from '../../private/stacks';
import { keepExport } from '../../private/weak-references';
import { ConnectorAppName } from '../../wire/connector';
import { IConnectorRole } from '../connector-role-attributes';

/**
 * What a connector has to know of a role besides its public members. It is recognized by its members, because two copies of the library can
 * be in one app.
 */
export interface ConnectableRole extends IConnectorRole {
  /** The apps of the service that the role's permissions are for. */
  readonly _modules: readonly ConnectorAppName[];
  /** Where the role is, as far as it is known at synth. */
  _place(): RolePlace;
  /** The role as the stack of `scope` may write it. Throws for what cannot be known there. */
  _seenFrom(scope: IConstruct, partition: string): SeenRole;
}

export interface RolePlace {
  readonly partition?: string;
  /** The place as a sentence, for messages. */
  readonly words: string;
}

export interface SeenRole {
  readonly roleArn: string;
  /** The ARN as the role's own stack has it: the same for every connector of the role. */
  readonly reference: string;
  /** The ARN as far as the code knows it. */
  readonly knownArn?: string;
}

export function placeOf(role: IConstruct): RolePlace {
  return { partition: knownPartition(role), words: `${role.node.path} is in region ${knownRegion(role)}` };
}

/** A role that this app makes: a reference in its own stack, text where its name is known, and otherwise a reference between stacks. */
export function seeMadeRole(scope: IConstruct, role: IConnectorRole, made: Role, partition: string): SeenRole {
  const [here, there] = [Stack.of(scope), Stack.of(role)];
  if (standsInAnother(there)) {
    throw new Error(`${role.node.path} stands in every account of a StackSet, and ${scope.node.path} connects one account: make a ConnectorFleet over them, or a Connector of `
      + 'ConnectorRole.fromConnectorRoleAttributes() for each account');
  }
  const reference = made.roleArn;
  const known = knownName(made);
  const arn = (name: string, path: string) => `arn:${partition}:iam::${there.account}:role${path}${name}`;
  const knownArn = known && !Token.isUnresolved(there.account) ? givenArn(made, arn) : undefined;
  if (deployedStack(scope) === deployedStack(role)) return { roleArn: role.roleArn, reference, knownArn };
  if (known && knownArn !== undefined) {
    keepExport(scope, made, reference);
    return { roleArn: Lazy.uncachedString({ produce: () => arn(known.name, known.path) }), reference, knownArn };
  }
  // References work within one environment. CloudFormation passes no values to another environment.
  if (Stage.of(here) === Stage.of(there) && here.environment === there.environment) return { roleArn: role.roleArn, reference, knownArn };
  const why = `because ${scope.node.path} connects it from another stack, in ${here.environment} instead of ${there.environment}`;
  if (!known) {
    throw new Error(`roleName (and path) of the ConnectorRole ${role.node.path} must be set as a text, ${why}: `
      + 'a name that only CloudFormation knows, as one with pseudo parameters in it, cannot be read there');
  }
  throw new Error(`the account of the ConnectorRole ${role.node.path} must be known, ${why}: set env.account on the role's stack`);
}

/** With the name as it is in code now, for messages and comparisons. */
function givenArn(made: Role, arn: (name: string, path: string) => string): string {
  const { roleName = '', path = '/' } = made.node.defaultChild as { readonly roleName?: string; readonly path?: string };
  return arn(roleName, path);
}
