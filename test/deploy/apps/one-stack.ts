import { App, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import {
  AssumableRoles, BaseAccount, Connector, ConnectorPermissions, ConnectorRole, ConnectorService, ExternalId, QualysCredentials, QualysPlatform,
  TrustPrincipal,
} from 'cdk-qualys-connectors';

/** A base account, a role that trusts it alone, and its connector, all in one stack. With `fails` a connector of a role that is not there beside them. */
const app = new App();
const setting = (name: string): string | undefined => app.node.tryGetContext(name);
const stack = new Stack(app, 'OneStack', { env: { account: '111111111111', region: 'us-east-1' } });
const service = new ConnectorService({
  platform: QualysPlatform.custom({ apiServer: setting('apiServer')! }),
  credentials: QualysCredentials.basic(Secret.fromSecretNameV2(stack, 'ApiUser', 'qualys/api-user')),
});
const externalId = ExternalId.of('83172650944188230571');
const { user } = new BaseAccount(stack, 'BaseAccount', {
  service, title: 'One stack', userName: 'qualys-base-account', roles: AssumableRoles.named('QualysConnector'), deletionProtection: false, removalPolicy: RemovalPolicy.DESTROY,
});
const role = new ConnectorRole(stack, 'Role', {
  roleName: 'QualysConnector', trust: TrustPrincipal.ofUser(user), externalId, permissions: ConnectorPermissions.assetInventory(),
});
const { verificationResult } = new Connector(stack, 'Connector', { service, role, name: 'One' });
new CfnOutput(stack, 'Result', { value: verificationResult });
if (setting('fails') === 'true') {
  new Connector(stack, 'Nowhere', {
    service, name: 'Nowhere', role: ConnectorRole.fromConnectorRoleAttributes(stack, 'NoRole', { roleArn: 'arn:aws:iam::111111111111:role/QualysConnectorNowhere', externalId }),
  }).node.addDependency(role);
}
