import { App, Duration, Stack } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import {
  AssumableRoles, AssumeRolePolicy, BaseAccount, BaseAccountAlarms, ConnectedAccounts, Connector, ConnectorAlarms, ConnectorFleet,
  ConnectorMonitoring, ConnectorPermissions, ConnectorRole,
  ConnectorRoleTrust, ConnectorService, ExternalId, KeyDelivery, KeyRotation, QualysAccountLookup, QualysCredentials, QualysPlatform, TrustPrincipal,
} from 'cdk-qualys-connectors';

/* What the examples have no need of, and beside it what a user answers for: that has to be found. */
const app = new App();
const stack = new Stack(app, 'Library', { env: { account: '111122223333', region: 'us-east-1' } });
const service = new ConnectorService({
  platform: QualysPlatform.US_2,
  credentials: QualysCredentials.basic(Secret.fromSecretNameV2(stack, 'ApiUser', 'qualys/api-user')),
  vpc: Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-0a1b2c3d', availabilityZones: ['a'], privateSubnetIds: ['subnet-0a1b2c3d'] }),
});
const { registration } = new BaseAccount(stack, 'BaseAccount', {
  service,
  title: 'Central Security',
  roles: AssumableRoles.named('QualysConnector', { path: '/security/', organizationId: 'o-a1b2c3d4e5' }),
  delivery: KeyDelivery.console(),
  rotation: KeyRotation.every(Duration.days(60)),
});
const trust = TrustPrincipal.baseAccount('111122223333', { userName: 'qualys-base-account' });
const externalId = ExternalId.perAccount('8317265094418823');
new Connector(stack, 'Connector', { service, role: new ConnectorRole(stack, 'Role', { trust, externalId, permissions: ConnectorPermissions.organization() }), name: 'One' });
new ConnectorRole(stack, 'Inventory', { trust, externalId, permissions: ConnectorPermissions.assetInventoryWithAssessment() });
new ConnectorRoleTrust(stack, 'RoleTrust', { roleName: 'Elsewhere', trust, externalId });
new ConnectorFleet(stack, 'Fleet', {
  service,
  accounts: [ConnectedAccounts.fromAccountIds(['444455556666'], { roleName: 'QualysConnector', externalId })],
  encryptionKey: Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:us-east-1:111122223333:key/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f'),
});
new QualysAccountLookup(stack, 'Lookup', { service });
const actions = [new SnsAction(Topic.fromTopicArn(stack, 'Operators', 'arn:aws:sns:us-east-1:111122223333:operators'))];
new BaseAccountAlarms(stack, 'Alarms', { registration, actions });
new ConnectorAlarms(stack, 'ConnectorAlarms', { monitoring: new ConnectorMonitoring(stack, 'Monitoring', { service, registration }), actions });

const user = new Stack(app, 'User', { env: { account: '111122223333', region: 'us-east-1' } });
new AssumeRolePolicy(user, 'Any', { roles: AssumableRoles.any() });
new AssumeRolePolicy(user, 'Prefix', { roles: AssumableRoles.named('Qualys*') });
const own = ConnectorPermissions.custom({ statements: [new PolicyStatement({ actions: ['ec2:DescribeInstances'], resources: ['*'] })] });
new ConnectorRole(user, 'OwnPermissions', { trust, externalId, permissions: own });
new LambdaFunction(user, 'Function', {
  runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('exports.handler = async () => {}'), logGroup: new LogGroup(user, 'LogGroup'),
});
