import { App, Duration, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import {
  AccountRemovalPolicy, AssumableRoles, BaseAccount, BaseAccountAlarms, ConnectorFleet, ConnectorFleetAlarms, ConnectorNaming, ConnectorPermissions,
  ConnectorRoleStackSet, ConnectorService, ExternalId, QualysCredentials, QualysPlatform, TrustPrincipal,
} from 'cdk-qualys-connectors';

/* Production, development and sandboxes: accounts come and go, and each has a role and a connector as long as it is there. */
const app = new App();
const env = { account: '111111111111', region: 'us-east-1' };
const central = new Stack(app, 'Central', { env });
const service = new ConnectorService({
  platform: QualysPlatform.US_2,
  credentials: QualysCredentials.basic(Secret.fromSecretNameV2(central, 'ApiUser', 'qualys/api-user')),
});
const { user, registration } = new BaseAccount(central, 'BaseAccount', {
  service,
  title: 'Central Security',
  userName: 'qualys-base-account',
  roles: AssumableRoles.named('QualysConnector', { organizationId: 'o-a1b2c3d4e5' }),
});
new BaseAccountAlarms(central, 'Alarms', { registration });

const roles = new ConnectorRoleStackSet(new Stack(app, 'Roles', { env }), 'Roles', {
  organizationalUnits: ['ou-ab12-11111111', 'ou-ab12-22222222', 'ou-ab12-33333333'],
  excludeAccounts: ['999999999999'],
  roleName: 'QualysConnector',
  trust: TrustPrincipal.ofUser(user),
  externalId: ExternalId.perAccount('57203918466103957284'),
  permissions: ConnectorPermissions.securityPosture(),
});

const connectors = new Stack(app, 'Connectors', { env });
const fleet = new ConnectorFleet(connectors, 'Fleet', {
  service,
  accounts: [roles.accounts],
  naming: ConnectorNaming.byAccountName('AWS '),
  onAccountRemoval: AccountRemovalPolicy.disable({ gracePeriod: Duration.days(14) }),
});
new ConnectorFleetAlarms(connectors, 'Alarms', { fleet });

app.synth();
