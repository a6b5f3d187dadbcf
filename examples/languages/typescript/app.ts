import { App, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import {
  AssumableRoles, BaseAccount, BaseAccountAlarms, Connector, ConnectorPermissions, ConnectorRole, ConnectorService, ExternalId, QualysCredentials,
  QualysPlatform, TrustPrincipal,
} from 'cdk-qualys-connectors';

const region = 'us-east-1';
const security = { account: '111111111111', region };
const connected = { Production: '222222222222', Development: '333333333333' };
const roleName = 'QualysConnector';

const app = new App();

// Central Security: the user, its key, and the registration at the connector service
const centralSecurity = new Stack(app, 'CentralSecurity', { env: security });
const service = new ConnectorService({
  platform: QualysPlatform.US_2,
  // JSON with the fields username and password, of an API user with full scope
  credentials: QualysCredentials.basic(Secret.fromSecretNameV2(centralSecurity, 'ApiUser', 'qualys/api-user')),
});
const baseAccount = new BaseAccount(centralSecurity, 'BaseAccount', {
  service,
  title: 'Central Security',
  userName: 'qualys-base-account',
  roles: AssumableRoles.named(roleName, { organizationId: 'o-a1b2c3d4e5' }),
});
new BaseAccountAlarms(centralSecurity, 'Alarms', { registration: baseAccount.registration });

// Production and Development: the role that the service assumes. Its connector stands beside the service's credentials
const connectors = new Stack(app, 'Connectors', { env: security });
for (const [name, account] of Object.entries(connected)) {
  const role = new ConnectorRole(new Stack(app, name, { env: { account, region } }), 'ConnectorRole', {
    roleName,
    trust: TrustPrincipal.ofUser(baseAccount.user),
    externalId: ExternalId.perAccount('8317265094418823'),
    permissions: ConnectorPermissions.securityPosture(),
  });
  new Connector(connectors, name, { service, role, name });
}

app.synth();
