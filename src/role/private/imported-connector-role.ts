import { Stack, ArnFormat, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ConnectableRole, RolePlace, SeenRole } from './connectable-role';
import { parseRoleArn } from './role-arn';
import { ConnectorAppName } from '../../wire/connector';
import { ConnectorRoleAttributes } from '../connector-role-attributes';

/** A role that this app does not make. */
export class ImportedConnectorRole extends Construct implements ConnectableRole {
  public readonly roleArn: string;
  public readonly roleName: string;
  public readonly externalId: string;
  public readonly _modules: readonly ConnectorAppName[] = ['AI'];

  public constructor(scope: Construct, id: string, { roleArn, externalId }: ConnectorRoleAttributes) {
    super(scope, id);
    const { account } = parseRoleArn(this, roleArn);
    this.roleArn = roleArn;
    this.roleName = Token.isUnresolved(roleArn)
      ? Stack.of(this).splitArn(roleArn, ArnFormat.SLASH_RESOURCE_NAME).resourceName!
      : roleArn.slice(roleArn.lastIndexOf('/') + 1);
    this.externalId = externalId._forAccount(account);
  }

  public _place(): RolePlace {
    const { partition } = parseRoleArn(this, this.roleArn);
    return { partition: Token.isUnresolved(partition) ? undefined : partition, words: `roleArn is ${this.roleArn}` };
  }

  public _seenFrom(): SeenRole {
    const { roleArn } = this;
    return { roleArn, reference: roleArn, knownArn: Token.isUnresolved(roleArn) ? undefined : roleArn };
  }
}
