import { Stack } from 'aws-cdk-lib';
import { ConnectorPermissions } from '../../../src/role/connector-permissions';
import { ConnectorRole } from '../../../src/role/connector-role';
import { ConnectorRoleProps } from '../../../src/role/connector-role-props';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { ExternalId } from '../../../src/service/external-id';

export const BASE_ACCOUNT = '111122223333';

export function roleIn(stack: Stack, props: Partial<ConnectorRoleProps> = {}) {
  return new ConnectorRole(stack, 'Connector', {
    trust: TrustPrincipal.baseAccount(BASE_ACCOUNT, { userName: 'qualys' }),
    externalId: ExternalId.perAccount('8317265094418823'),
    permissions: ConnectorPermissions.assetInventory(),
    ...props,
  });
}
