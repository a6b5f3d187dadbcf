import { App, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import {
  AssumableRoles, BaseAccount, BaseAccountAlarms, ConnectorPermissions, ConnectorRole, ConnectorService, ExternalId, QualysCredentials,
  QualysPlatform, TrustPrincipal,
} from 'cdk-qualys-connectors';

const region = 'us-east-1';
const security = { account: '111111111111', region };
const members = { Production: { account: '222222222222', region }, Development: { account: '333333333333', region } };

/** What is deployed: a base account, and the role of each connected account. */
export function addStacks(app: App): void {
  const securityStack = new Stack(app, 'CentralSecurity', { env: security });
  const { user, registration } = new BaseAccount(securityStack, 'BaseAccount', {
    service: new ConnectorService({
      platform: QualysPlatform.US_2,
      credentials: QualysCredentials.basic(Secret.fromSecretNameV2(securityStack, 'ApiUser', 'qualys/api-user')),
    }),
    title: 'Central Security',
    userName: 'qualys-base-account',
    roles: AssumableRoles.named('QualysConnector', { organizationId: 'o-a1b2c3d4e5' }),
  });
  new BaseAccountAlarms(securityStack, 'Alarms', { registration });
  for (const [name, env] of Object.entries(members)) {
    new ConnectorRole(new Stack(app, name, { env }), 'ConnectorRole', {
      roleName: 'QualysConnector',
      trust: TrustPrincipal.ofUser(user),
      externalId: ExternalId.perAccount('8317265094418823'),
      permissions: ConnectorPermissions.securityPosture(),
    });
  }
}
