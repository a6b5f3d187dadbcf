import { App, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import {
  BaseAccountRegistration, BaseAccountUser, Connector, ConnectorPermissions, ConnectorRole, ConnectorService, ExternalId, KeyRotation,
  QualysCredentials, QualysPlatform, TrustPrincipal,
} from 'cdk-qualys-connectors';

/* The identity team makes the user, in an app of its own, and replaces its key. This app registers it, and connects an account. */
const app = new App();
const region = 'us-east-1';
const security = new Stack(app, 'Security', { env: { account: '111111111111', region } });
const service = new ConnectorService({
  platform: QualysPlatform.US_2,
  credentials: QualysCredentials.basic(Secret.fromSecretNameV2(security, 'ApiUser', 'qualys/api-user')),
});

// Outputs of the other app: user.userName, user.accessKeySecret.secretArn
const user = BaseAccountUser.fromBaseAccountUserAttributes(security, 'User', {
  userName: 'qualys-base-account',
  userPath: '/identity/',
  accessKeySecret: Secret.fromSecretCompleteArn(security, 'Key', 'arn:aws:secretsmanager:us-east-1:111111111111:secret:qualys/key-a1b2c3'),
});
new BaseAccountRegistration(security, 'Registration', { service, user, title: 'Central Security', rotation: KeyRotation.disabled() });

const production = new Stack(app, 'Production', { env: { account: '222222222222', region } });
const role = new ConnectorRole(production, 'ConnectorRole', {
  roleName: 'QualysConnector',
  trust: TrustPrincipal.ofUser(user),
  externalId: ExternalId.perAccount('5720391846610395'),
  permissions: ConnectorPermissions.assetInventory(),
});
new Connector(new Stack(app, 'Connectors', { env: security }), 'Production', { service, role, name: 'Production' });

app.synth();
