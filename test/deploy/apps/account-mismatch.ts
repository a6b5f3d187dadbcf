import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { AssumableRoles, BaseAccount, ConnectorService, QualysCredentials, QualysPlatform } from 'cdk-qualys-connectors';

/** A base account whose account ID is not the user's, in a stack that does not know its own at synth. */
const app = new App();
const stack = new Stack(app, 'Mismatch');
new BaseAccount(stack, 'BaseAccount', {
  service: new ConnectorService({
    platform: QualysPlatform.custom({ apiServer: app.node.getContext('apiServer') }),
    credentials: QualysCredentials.basic(Secret.fromSecretNameV2(stack, 'ApiUser', 'qualys/api-user')),
  }),
  title: 'Mismatch',
  awsAccountId: '999999999999',
  roles: AssumableRoles.any(),
  removalPolicy: RemovalPolicy.DESTROY,
});
