import { App, Environment, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import {
  AssumableRoles, BaseAccount, ConnectorPermissions, ConnectorRole, ConnectorService, ExternalId, QualysCredentials, QualysPlatform, TrustPrincipal,
} from 'cdk-qualys-connectors';

/* Accounts in commercial regions and in AWS GovCloud (US): a base account for each of the two, in one subscription and one app. */
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
};

for (const [name, { title, baseAccount, connectedAccount }] of Object.entries(partitions)) {
  const security = new Stack(app, `${name}Security`, { env: baseAccount });
  const { user } = new BaseAccount(security, 'BaseAccount', {
    // The same platform, but a secret of its own: no function reads one of another partition.
    service: new ConnectorService({
      platform: QualysPlatform.US_2,
      credentials: QualysCredentials.basic(Secret.fromSecretNameV2(security, 'ApiUser', 'qualys/api-user')),
    }),
    title,
    // The account type follows from the region.
    userName: 'qualys-base-account',
    roles: AssumableRoles.named('QualysConnector'),
  });
  new ConnectorRole(new Stack(app, `${name}Production`, { env: connectedAccount }), 'ConnectorRole', {
    roleName: 'QualysConnector',
    trust: TrustPrincipal.ofUser(user),
    externalId: ExternalId.perAccount('8317265094418823'),
    permissions: ConnectorPermissions.securityPosture(),
  });
}
