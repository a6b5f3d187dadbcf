import { App, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import {
  AssumableRoles, BaseAccount, BaseAccountAlarms, Connector, ConnectorPermissions, ConnectorRole, ConnectorService, ExternalId,
  QualysCredentials, QualysPlatform, TrustPrincipal,
} from 'cdk-qualys-connectors';

/* Two subscriptions, one in the US and one in the EU, that read the same account by one role. Each has a user of its own. */
const app = new App();
const region = 'eu-central-1';
const security = new Stack(app, 'Security', { env: { account: '111111111111', region } });
const production = new Stack(app, 'Production', { env: { account: '222222222222', region } });
const connectors = new Stack(app, 'Connectors', { env: { account: '111111111111', region } });

const subscriptions = Object.entries({ us: QualysPlatform.US_2, eu: QualysPlatform.EU_2 }).map(([name, platform]) => {
  const service = new ConnectorService({
    platform, credentials: QualysCredentials.basic(Secret.fromSecretNameV2(security, `ApiUser-${name}`, `qualys/${name}/api-user`)),
  });
  const baseAccount = new BaseAccount(security, `BaseAccount-${name}`, {
    service, title: 'Central Security', userName: `qualys-${name}`, roles: AssumableRoles.named('QualysConnector'),
  });
  new BaseAccountAlarms(security, `Alarms-${name}`, { registration: baseAccount.registration });
  return { name, service, user: baseAccount.user };
});

const role = new ConnectorRole(production, 'ConnectorRole', {
  roleName: 'QualysConnector',
  trust: TrustPrincipal.anyOf(...subscriptions.map(({ user }) => TrustPrincipal.ofUser(user))),
  externalId: ExternalId.perAccount('5720391846610395'),
  permissions: ConnectorPermissions.securityPosture(),
});
for (const { name, service } of subscriptions) new Connector(connectors, `Production-${name}`, { service, role, name: 'Production' });

app.synth();
