import { App, Stack } from 'aws-cdk-lib';
import { Effect, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import {
  Connector, ConnectorModule, ConnectorPermissions, ConnectorRole, ConnectorService, ExternalId, QualysCredentials, QualysPlatform, TrustPrincipal,
} from 'cdk-qualys-connectors';

/* What the vendor asks for, but not the payroll; a role with permissions of one's own; and a bucket that both may read. */
const app = new App();
const region = 'us-east-1';
const connectors = new Stack(app, 'Connectors', { env: { account: '111111111111', region } });
const service = new ConnectorService({
  platform: QualysPlatform.US_2,
  credentials: QualysCredentials.basic(Secret.fromSecretNameV2(connectors, 'ApiUser', 'qualys/api-user')),
});
const trust = TrustPrincipal.baseAccount('111111111111', { userName: 'qualys-base-account' });
const externalId = ExternalId.perAccount('5720391846610395');

const notThePayroll = new PolicyStatement({
  effect: Effect.DENY, actions: ['s3:*'], resources: ['arn:aws:s3:::payroll', 'arn:aws:s3:::payroll/*'],
});
const production = new Stack(app, 'Production', { env: { account: '222222222222', region } });
const posture = new ConnectorRole(production, 'Posture', {
  roleName: 'QualysPosture', trust, externalId, permissions: ConnectorPermissions.securityPosture({ statements: [notThePayroll] }),
});

const inventory = new ConnectorRole(new Stack(app, 'Development', { env: { account: '333333333333', region } }), 'Inventory', {
  roleName: 'QualysInventory',
  trust,
  externalId,
  permissions: ConnectorPermissions.custom({
    managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('SecurityAudit')],
    statements: [notThePayroll],
    modules: [ConnectorModule.ASSET_INVENTORY, ConnectorModule.CLOUD_INVENTORY, ConnectorModule.SECURITY_ASSESSMENT],
  }),
});
new Bucket(production, 'Reports').grantRead(posture);

new Connector(connectors, 'Production', { service, role: posture, name: 'Production' });
new Connector(connectors, 'Development', { service, role: inventory, name: 'Development' });

app.synth();
