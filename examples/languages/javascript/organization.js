const { App, Stack } = require('aws-cdk-lib');
const { Secret } = require('aws-cdk-lib/aws-secretsmanager');
const {
  AssumableRoles, BaseAccount, BaseAccountAlarms, ConnectorFleet, ConnectorFleetAlarms, ConnectorPermissions, ConnectorRoleStackSet,
  ConnectorService, ExternalId, QualysCredentials, QualysPlatform, TrustPrincipal,
} = require('cdk-qualys-connectors');

const env = { account: '111111111111', region: 'us-east-1' };
const roleName = 'QualysConnector';
const userName = 'qualys-base-account';

const app = new App();

// The role in every account of an organizational unit, and in those that join later
const roles = new ConnectorRoleStackSet(new Stack(app, 'ConnectorRoles', { env }), 'Roles', {
  organizationalUnits: ['ou-ab12-c3d4e5f6'],
  roleName,
  trust: TrustPrincipal.baseAccount(env.account, { userName }),
  externalId: ExternalId.perAccount('8317265094418823'),
  permissions: ConnectorPermissions.securityPosture(),
});

// Central Security: the base account, whose key is tried on all roles before the service has it
const centralSecurity = new Stack(app, 'CentralSecurity', { env });
const service = new ConnectorService({
  platform: QualysPlatform.US_2,
  // JSON with the fields username and password, of an API user with full scope
  credentials: QualysCredentials.basic(Secret.fromSecretNameV2(centralSecurity, 'ApiUser', 'qualys/api-user')),
});
const baseAccount = new BaseAccount(centralSecurity, 'BaseAccount', {
  service,
  title: 'Central Security',
  userName,
  roles: AssumableRoles.named(roleName, { organizationId: 'o-a1b2c3d4e5' }),
  verifyAccessTo: [roles.accounts],
});
new BaseAccountAlarms(centralSecurity, 'Alarms', { registration: baseAccount.registration });

// A connector for each account
const connectors = new Stack(app, 'Connectors', { env });
const fleet = new ConnectorFleet(connectors, 'Fleet', { service, accounts: [roles.accounts] });
new ConnectorFleetAlarms(connectors, 'Alarms', { fleet });

app.synth();
