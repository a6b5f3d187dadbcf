import { App, Environment, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import {
  AssumableRoles, BaseAccount, BaseAccountAlarms, Connector, ConnectorPermissions, ConnectorRole, ConnectorService, ExternalId, QualysCredentials,
  QualysPlatform, TrustPrincipal,
} from 'cdk-qualys-connectors';

/* Accounts in commercial regions, in AWS GovCloud (US) and in China: a base account and connectors for each, in one subscription and one app. */
const app = new App();

interface Partition {
  readonly title: string;
  readonly baseAccount: Environment;
  readonly connectedAccount: Environment;
}

const partitions: Record<string, Partition> = {
  Commercial: {
    title: 'Central Security',
    baseAccount: { account: '111111111111', region: 'us-east-1' },
    connectedAccount: { account: '222222222222', region: 'us-east-1' },
  },
  GovCloud: {
    title: 'Central Security (GovCloud)',
    baseAccount: { account: '333333333333', region: 'us-gov-west-1' },
    connectedAccount: { account: '444444444444', region: 'us-gov-west-1' },
  },
  China: {
    title: 'Central Security (China)',
    baseAccount: { account: '555555555555', region: 'cn-north-1' },
    connectedAccount: { account: '666666666666', region: 'cn-north-1' },
  },
};

for (const [name, { title, baseAccount, connectedAccount }] of Object.entries(partitions)) {
  // The same platform, but a secret of each partition's own: no function reads one of another partition.
  const serviceOf = (stack: Stack) => new ConnectorService({
    platform: QualysPlatform.US_2,
    credentials: QualysCredentials.basic(Secret.fromSecretNameV2(stack, 'ApiUser', 'qualys/api-user')),
  });

  const security = new Stack(app, `${name}Security`, { env: baseAccount });
  const { user, registration } = new BaseAccount(security, 'BaseAccount', {
    service: serviceOf(security),
    title,
    // The account type follows from the region.
    userName: 'qualys-base-account',
    roles: AssumableRoles.named('QualysConnector'),
  });
  new BaseAccountAlarms(security, 'Alarms', { registration: registration });

  const role = new ConnectorRole(new Stack(app, `${name}Production`, { env: connectedAccount }), 'ConnectorRole', {
    roleName: 'QualysConnector',
    trust: TrustPrincipal.ofUser(user),
    externalId: ExternalId.perAccount('8317265094418823'),
    permissions: ConnectorPermissions.securityPosture(),
  });

  const connectors = new Stack(app, `${name}Connectors`, { env: baseAccount });
  new Connector(connectors, 'Production', { service: serviceOf(connectors), role, name: `Production (${name})` });
}
