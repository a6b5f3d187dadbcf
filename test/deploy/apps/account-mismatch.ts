import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import {
  AssumableRoles, BaseAccountRegistration, BaseAccountUser, ConnectorService, KeyRotation, QualysCredentials, QualysPlatform,
} from 'cdk-qualys-connectors';

/** A registration of a user that is said to be of another account than the one whose key its secret has. */
const app = new App();
const stack = new Stack(app, 'Mismatch');
const { userName, accessKeySecret, node } = new BaseAccountUser(stack, 'User', { roles: AssumableRoles.any(), removalPolicy: RemovalPolicy.DESTROY });
const registration = new BaseAccountRegistration(stack, 'Registration', {
  service: new ConnectorService({
    platform: QualysPlatform.custom({ apiServer: app.node.getContext('apiServer') }),
    credentials: QualysCredentials.basic(Secret.fromSecretNameV2(stack, 'ApiUser', 'qualys/api-user')),
  }),
  title: 'Mismatch',
  user: BaseAccountUser.fromBaseAccountUserAttributes(stack, 'Said', { userName, accessKeySecret, accountId: '999999999999' }),
  rotation: KeyRotation.disabled(),
  removalPolicy: RemovalPolicy.DESTROY,
});
registration.node.addDependency(node.findChild('Key'));
