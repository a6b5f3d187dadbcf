import { App, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import {
  AssumableRoles, BaseAccount, BaseAccountAlarms, ConnectorPermissions, ConnectorRoleStackSet, ConnectorService, ExternalId, QualysCredentials,
  QualysPlatform, TrustPrincipal,
} from 'cdk-qualys-connectors';

/* The connector role in every account of an organizational unit, by one stack set: accounts that join it later get it too. */
const organizationId = 'o-a1b2c3d4e5';
const env = { account: '111111111111', region: 'us-east-1' };
const app = new App();
const security = new Stack(app, 'CentralSecurity', { env });

const { user, registration } = new BaseAccount(security, 'BaseAccount', {
  service: new ConnectorService({
    platform: QualysPlatform.US_2,
    credentials: QualysCredentials.basic(Secret.fromSecretNameV2(security, 'ApiUser', 'qualys/api-user')),
  }),
  title: 'Central Security',
  userName: 'qualys-base-account',
  roles: AssumableRoles.named('QualysConnector', { organizationId }),
});
new BaseAccountAlarms(security, 'Alarms', { registration: registration });

// In a stack of its own: whatever fails beside it would roll the roles back.
new ConnectorRoleStackSet(new Stack(app, 'ConnectorRoles', { env }), 'Roles', {
  organizationalUnits: ['ou-ab12-c3d4e5f6'],
  roleName: 'QualysConnector',
  trust: TrustPrincipal.ofUser(user),
  externalId: ExternalId.perAccount('8317265094418823'),
  permissions: ConnectorPermissions.securityPosture(),
});
