import { App, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Connector, ConnectorRole, ConnectorService, ConnectorVerification, ExternalId, QualysCredentials, QualysPlatform } from 'cdk-qualys-connectors';

/** One connector of a role that nobody assumes. */
const app = new App();
const setting = (name: string) => app.node.tryGetContext(name);
const stack = new Stack(app, 'OneConnector', { env: { account: '111111111111', region: 'us-east-1' } });
new Connector(stack, 'Connector', {
  service: new ConnectorService({
    platform: QualysPlatform.custom({ apiServer: setting('apiServer') }),
    credentials: QualysCredentials.basic(Secret.fromSecretNameV2(stack, 'ApiUser', 'qualys/api-user')),
  }),
  name: setting('name') ?? 'One',
  role: ConnectorRole.fromConnectorRoleAttributes(stack, 'Role', {
    roleArn: 'arn:aws:iam::333333333333:role/Later', externalId: ExternalId.of('83172650944188230571'),
  }),
  adoptExisting: setting('adoptExisting') === 'true',
  verify: setting('verify') === 'true' ? ConnectorVerification.fail() : ConnectorVerification.skip(),
});
