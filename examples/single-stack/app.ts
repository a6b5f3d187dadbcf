import { App, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import {
  AssumableRoles, BaseAccount, BaseAccountAlarms, ConnectorPermissions, ConnectorRole, ConnectorService, ExternalId, QualysCredentials,
  QualysPlatform, TrustPrincipal,
} from 'cdk-qualys-connectors';

/* The base account connects itself, in one stack that names neither account nor region: it goes wherever the credentials point. */
const app = new App();
const stack = new Stack(app, 'Qualys');

const { user, registration } = new BaseAccount(stack, 'BaseAccount', {
  service: new ConnectorService({
    platform: QualysPlatform.US_2,
    credentials: QualysCredentials.basic(Secret.fromSecretNameV2(stack, 'ApiUser', 'qualys/api-user')),
  }),
  title: 'Central Security',
  roles: AssumableRoles.named('QualysConnector'),
});
new BaseAccountAlarms(stack, 'Alarms', { registration: registration });

new ConnectorRole(stack, 'ConnectorRole', {
  roleName: 'QualysConnector',
  // While moving from the Qualys account to the base account. Afterwards: TrustPrincipal.ofUser(user)
  trust: TrustPrincipal.anyOf(TrustPrincipal.qualysAccount(), TrustPrincipal.ofUser(user)),
  // The Qualys account works for all of its customers: one that nobody guesses.
  externalId: ExternalId.of(app.node.getContext('externalId')),
  permissions: ConnectorPermissions.securityPosture(),
});
