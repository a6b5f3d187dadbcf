import { App, CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import {
  AssumableRoles, BaseAccount, BaseAccountAlarms, Connector, ConnectorAlarms, ConnectorMonitoring, ConnectorPermissions, ConnectorRole,
  ConnectorService, ExternalId, KeyDelivery, QualysCredentials, QualysPlatform, TrustPrincipal,
} from 'cdk-qualys-connectors';

/*
 * Three accounts, as in the vendor's own example: Central Security is the base account, Production and Development are
 * connected. Every value below can be given on the command line: cdk deploy --all -c title='Central Security' ...
 */
const app = new App();
const setting = (name: string): string | undefined => app.node.tryGetContext(name);
const region = setting('region') ?? 'us-east-1';
const security = { account: setting('securityAccount') ?? '111111111111', region };
const production = { account: setting('productionAccount') ?? '222222222222', region };
const development = { account: setting('developmentAccount') ?? '333333333333', region };

const roleName = 'QualysConnector';

// --- Central Security: the user, its key, and the registration at the connector service ---
const securityStack = new Stack(app, 'CentralSecurity', { env: security });
const apiServer = setting('apiServer');
const service = new ConnectorService({
  // A private cloud names its own hosts; the shared platforms are constants.
  platform: apiServer
    ? QualysPlatform.custom({ apiServer, gateway: setting('gateway'), platformUrl: setting('platformUrl') })
    : QualysPlatform.US_2,
  // The secret stands already, as JSON with username and password of an API user with full scope.
  credentials: QualysCredentials.basic(Secret.fromSecretNameV2(securityStack, 'ApiUser', 'qualys/api-user')),
});
const baseAccount = new BaseAccount(securityStack, 'BaseAccount', {
  service,
  title: setting('title') ?? 'Central Security',
  userName: 'qualys-base-account',
  roles: AssumableRoles.named(roleName),
  delivery: setting('delivery') === 'console' ? KeyDelivery.console() : KeyDelivery.auto(),
  // Only after a stack was deleted by mistake: takes up what it has left.
  adoptExisting: setting('adoptExisting') === 'true',
  // With false, and only with cleanUp, the entry is deleted under its connectors.
  deletionProtection: setting('deletionProtection') !== 'false',
  // Only for trying it out: by default a deleted stack leaves the base account working.
  removalPolicy: setting('cleanUp') === 'true' ? RemovalPolicy.DESTROY : undefined,
});
// Of what a person has to look at; give them `actions`, as a message to a topic.
new BaseAccountAlarms(securityStack, 'Alarms', { registration: baseAccount.registration });

// --- Production and Development: the role that the service assumes ---
const roles = Object.entries({ Production: production, Development: development }).map(([name, env]) => ({
  name,
  role: new ConnectorRole(new Stack(app, name, { env }), 'ConnectorRole', {
    roleName,
    trust: TrustPrincipal.ofUser(baseAccount.user),
    externalId: ExternalId.perAccount('8317265094418823'),
    permissions: ConnectorPermissions.securityPosture(),
  }),
}));

// --- Connectors: in Central Security too, as its account holds the service's credentials ---
const connectors = new Stack(app, 'Connectors', { env: security });
for (const { name, role } of roles) {
  const { connectorId, connectorState, verificationResult } = new Connector(connectors, name, { service, role, name, description: setting('description') });
  new CfnOutput(connectors, `${name}Connector`, { value: `${connectorId} ${connectorState} (${verificationResult})`, description: `ID and state of the connector ${name}` });
}
// Every four hours: do they read their accounts, and does the service still call from the base account?
const monitoring = new ConnectorMonitoring(connectors, 'Monitoring', { service, registration: baseAccount.registration });
new ConnectorAlarms(connectors, 'ConnectorAlarms', { monitoring });
