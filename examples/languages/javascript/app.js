const { App, Stack } = require('aws-cdk-lib');
const { Secret } = require('aws-cdk-lib/aws-secretsmanager');
const {
  AssumableRoles, BaseAccount, ConnectorPermissions, ConnectorRole, ConnectorService, ExternalId, QualysCredentials, QualysPlatform, TrustPrincipal,
} = require('cdk-qualys-connectors');

const region = 'us-east-1';
const security = '111111111111';
const connected = { Production: '222222222222', Development: '333333333333' };
const userName = 'qualys-base-account';
const roleName = 'QualysConnector';

const app = new App();

// Central Security: the user, its key, and the registration at the connector service
const centralSecurity = new Stack(app, 'CentralSecurity', { env: { account: security, region } });
const service = new ConnectorService({
  platform: QualysPlatform.US_2,
  // JSON with the fields username and password, of an API user with full scope
  credentials: QualysCredentials.basic(Secret.fromSecretNameV2(centralSecurity, 'ApiUser', 'qualys/api-user')),
});
new BaseAccount(centralSecurity, 'BaseAccount', {
  service,
  title: 'Central Security',
  userName,
  roles: AssumableRoles.named(roleName, { organizationId: 'o-a1b2c3d4e5' }),
});

// Production and Development: the role that the service assumes
for (const [name, account] of Object.entries(connected)) {
  new ConnectorRole(new Stack(app, name, { env: { account, region } }), 'ConnectorRole', {
    roleName,
    trust: TrustPrincipal.baseAccount(security, { userName }),
    externalId: ExternalId.perAccount('8317265094418823'),
    permissions: ConnectorPermissions.securityPosture(),
  });
}

app.synth();
