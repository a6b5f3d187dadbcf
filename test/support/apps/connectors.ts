import { Stack } from 'aws-cdk-lib';
import { Connector } from '../../../src/connector/connector';
import { ConnectorProps } from '../../../src/connector/connector-props';
import { ConnectorPermissions } from '../../../src/role/connector-permissions';
import { ConnectorRole } from '../../../src/role/connector-role';
import { IConnectorRole } from '../../../src/role/connector-role-attributes';
import { ConnectorRoleProps } from '../../../src/role/connector-role-props';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { ExternalId } from '../../../src/service/external-id';
import { CONNECTED_ACCOUNT } from '../synth/policies';
import { newService } from '../synth/synth';

export const ROLE_ARN = `arn:aws:iam::${CONNECTED_ACCOUNT}:role/QualysConnector`;
export const EXTERNAL_ID = '83172650944188230571';

/** A role that another app made. */
export function importedRole(stack: Stack, roleArn = ROLE_ARN, externalId = ExternalId.of(EXTERNAL_ID), id = 'ConnectedRole'): IConnectorRole {
  return ConnectorRole.fromConnectorRoleAttributes(stack, id, { roleArn, externalId });
}

export interface ConnectProps extends Partial<ConnectorProps> {
  /** Of the role that another app made, unless there is a `role`. */
  readonly roleArn?: string;
  readonly externalId?: ExternalId;
}

/** A connector of a role that another app made, unless `props` has a role. */
export function connect(stack: Stack, { roleArn, externalId, ...props }: ConnectProps = {}, id = 'Connector'): Connector {
  const role = props.role ?? importedRole(stack, roleArn, externalId, `${id}Role`);
  return new Connector(stack, id, { service: newService(stack), name: 'Production', ...props, role });
}

export function newRole(stack: Stack, props: Partial<ConnectorRoleProps> = {}, id = 'Role'): ConnectorRole {
  return new ConnectorRole(stack, id, {
    trust: TrustPrincipal.baseAccount('111122223333'),
    externalId: ExternalId.of(EXTERNAL_ID),
    permissions: ConnectorPermissions.assetInventory(),
    ...props,
  });
}
