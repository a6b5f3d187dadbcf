import { App, Aws, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import {
  AssumableRoles, BaseAccountRegistration, BaseAccountUser, Connector, ConnectorPermissions, ConnectorRole, ConnectorService, ExternalId, KeyDelivery,
  QualysCredentials, QualysPlatform, TrustPrincipal,
} from 'cdk-qualys-connectors';

/*
 * User, registration, role and connector in a stack each, of one account. Context says how role and user are named, whom the role trusts, and in
 * which account the role stands.
 */
const app = new App();
const setting = (name: string): string | undefined => app.node.tryGetContext(name);
const ACCOUNT = '111111111111';
const stackIn = (name: string, account = ACCOUNT) => new Stack(app, name, { env: { account, region: 'us-east-1' } });

const users = stackIn('Users');
const userName = setting('userName') ?? 'qualys-base-account';
const user = new BaseAccountUser(users, 'User', {
  userName: userName === 'pseudo' ? `qualys-${Aws.ACCOUNT_ID}` : userName,
  roles: AssumableRoles.named('Qualys*'),
  removalPolicy: setting('cleanUp') === 'true' ? RemovalPolicy.DESTROY : undefined,
});

const TRUST: Readonly<Record<string, () => TrustPrincipal>> = {
  user: () => TrustPrincipal.ofUser(user),
  account: () => TrustPrincipal.baseAccount(ACCOUNT),
  qualys: () => TrustPrincipal.qualysAccount(),
};
const role = new ConnectorRole(stackIn('Roles', setting('roleAccount')), 'Role', {
  roleName: setting('roleName') ?? 'QualysConnector',
  trust: TRUST[setting('trust') ?? 'user']!(),
  externalId: ExternalId.of('83172650944188230571'),
  permissions: ConnectorPermissions.assetInventory(),
});

const entries = stackIn('Entries');
const service = new ConnectorService({
  platform: QualysPlatform.custom({ apiServer: setting('apiServer')! }),
  credentials: QualysCredentials.basic(Secret.fromSecretNameV2(entries, 'ApiUser', 'qualys/api-user')),
});
new BaseAccountRegistration(entries, 'Registration', {
  service,
  user,
  title: 'Four stacks',
  delivery: setting('delivery') === 'console' ? KeyDelivery.console() : KeyDelivery.auto(),
  deletionProtection: false,
  removalPolicy: setting('cleanUp') === 'true' ? RemovalPolicy.DESTROY : undefined,
});

const connectors = stackIn('Connectors');
const { verificationResult } = new Connector(connectors, 'Connector', { service, role, name: 'One' });
new CfnOutput(connectors, 'Result', { value: verificationResult });
