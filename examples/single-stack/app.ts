import { App, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import {
  AssumableRoles, BaseAccount, ConnectorPermissions, ConnectorRole, ConnectorService, ExternalId, QualysCredentials, QualysPlatform, TrustPrincipal,
} from 'cdk-qualys-connectors';

/* The base account connects itself, in one stack that names neither account nor region: it goes wherever the credentials point. */
const stack = new Stack(new App(), 'Qualys');

const { user } = new BaseAccount(stack, 'BaseAccount', {
  service: new ConnectorService({
    platform: QualysPlatform.US_2,
    credentials: QualysCredentials.basic(Secret.fromSecretNameV2(stack, 'ApiUser', 'qualys/api-user')),
  }),
  title: 'Central Security',
  roles: AssumableRoles.named('QualysConnector'),
});

new ConnectorRole(stack, 'ConnectorRole', {
  roleName: 'QualysConnector',
  // While moving from the Qualys account to the base account. Afterwards: TrustPrincipal.ofUser(user)
  trust: TrustPrincipal.anyOf(TrustPrincipal.qualysAccount(), TrustPrincipal.ofUser(user)),
  externalId: ExternalId.perAccount('8317265094418823'),
  permissions: ConnectorPermissions.securityPosture(),
});
