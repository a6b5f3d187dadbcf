import { App, CfnOutput, CfnWaitConditionHandle, Environment, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import {
  AssumableRoles, BaseAccount, BaseAccountAlarms, Connector, ConnectorPermissions, ConnectorRole, ConnectorRoleTrust, ConnectorService, ExternalId,
  QualysCredentials, QualysPlatform, TrustPrincipal,
} from 'cdk-qualys-connectors';

/*
 * Connectors that work already move from the Qualys account to a base account, and back, without a call that fails: a
 * deployment for each phase, cdk deploy --all -c phase=both and so on. The README has the order.
 */
const app = new App();
const setting = (name: string): string | undefined => app.node.tryGetContext(name);
const region = setting('region') ?? 'us-east-1';
const accountOf = (name: string, standard: string) => ({ account: setting(name) ?? standard, region });
const security = accountOf('securityAccount', '111111111111');
const userName = 'qualys-base-account';

const qualys = TrustPrincipal.qualysAccount();
const base = TrustPrincipal.baseAccount(security.account, { userName }); // the user need not exist yet
const both = TrustPrincipal.anyOf(qualys, base);

interface Phase {
  /** Whom all roles trust. */
  readonly trust: TrustPrincipal;
  readonly baseAccount: 'none' | 'registered' | 'removable';
}
const phases: Record<string, Phase> = {
  qualysAccount: { trust: qualys, baseAccount: 'none' },
  both: { trust: both, baseAccount: 'none' },
  registered: { trust: both, baseAccount: 'registered' },
  baseAccount: { trust: base, baseAccount: 'registered' },
  leaving: { trust: both, baseAccount: 'removable' },
};
const phase = phases[setting('phase') ?? 'both'];
if (phase === undefined) throw new Error(`phase must be one of ${Object.keys(phases).join(', ')}, got '${setting('phase')}'`);

// --- What is there: roles that another template made, or a person; and what comes, a role of this app ---
const roles = {
  production: { env: accountOf('productionAccount', '222222222222'), roleName: 'qualys-cspm-read-only', externalId: ExternalId.of('57203918466103957284') },
  development: { env: accountOf('developmentAccount', '333333333333'), roleName: 'QualysConnectorRole', externalId: ExternalId.of('40952281773650912864') },
  staging: {
    env: accountOf('stagingAccount', '444444444444'),
    roleName: 'QualysConnector',
    // The Qualys account works for all of its customers: an external ID in each account that nobody guesses.
    externalId: ExternalId.perAccountHash(app.node.getContext('externalIdSeed')),
  },
};

/** CloudFormation knows no stack without a resource: in phases that ask for none, this one stays, which costs nothing and does nothing. */
function stackThatStays(name: string, env: Environment): Stack {
  const stack = new Stack(app, name, { env });
  new CfnWaitConditionHandle(stack, 'Stays');
  return stack;
}
const arnOf = ({ env, roleName }: { env: { account: string }; roleName: string }) => `arn:aws:iam::${env.account}:role/${roleName}`;

// --- Central Security: the base account, from the phase on in which every role trusts it ---
const centralSecurity = stackThatStays('CentralSecurity', security);
const apiServer = setting('apiServer');
const service = (stack: Stack) => new ConnectorService({
  platform: apiServer
    ? QualysPlatform.custom({ apiServer, gateway: setting('gateway'), platformUrl: setting('platformUrl') })
    : QualysPlatform.US_2,
  credentials: QualysCredentials.basic(Secret.fromSecretNameV2(stack, 'ApiUser', 'qualys/api-user')),
});
if (phase.baseAccount !== 'none') {
  const { registration } = new BaseAccount(centralSecurity, 'BaseAccount', {
    service: service(centralSecurity),
    title: 'Central Security',
    userName,
    roles: AssumableRoles.arns(Object.values(roles).map(arnOf)), // every one that has a connector
    // By default a base account outlives its stack, and one that connectors use is not deleted. Both hold until the way back.
    removalPolicy: phase.baseAccount === 'removable' ? RemovalPolicy.DESTROY : undefined,
    deletionProtection: phase.baseAccount !== 'removable',
  });
  new BaseAccountAlarms(centralSecurity, 'Alarms', { registration: registration });
}

// --- Production and Development: the trust of the roles is edited ---
for (const [name, { env, roleName, externalId }] of Object.entries({ Production: roles.production, Development: roles.development })) {
  const stack = stackThatStays(name, env);
  if (phase.trust !== qualys) new ConnectorRoleTrust(stack, 'Trust', { roleName, trust: phase.trust, externalId });
  // else as it was before: without the construct, the role has its old trust policy again, byte for byte
}

// --- Staging: the role is made ---
const { env: stagingEnv, ...stagingRole } = roles.staging;
const staging = new ConnectorRole(new Stack(app, 'Staging', { env: stagingEnv }), 'ConnectorRole', {
  ...stagingRole,
  trust: phase.trust,
  permissions: ConnectorPermissions.securityPosture(),
});

// --- Connectors: that of Production is taken over, that of Development stays with those who made it, that of Staging is made ---
const connectors = new Stack(app, 'Connectors', { env: security });
const connectorService = service(connectors);
const taken = new Connector(connectors, 'Production', {
  service: connectorService,
  name: 'Production',
  role: ConnectorRole.fromConnectorRoleAttributes(connectors, 'ProductionRole', {
    roleArn: arnOf(roles.production), externalId: roles.production.externalId,
  }),
  adoptExisting: true,
});
const made = new Connector(connectors, 'Staging', { service: connectorService, name: 'Staging', role: staging });
for (const { node, connectorId, connectorState, verificationResult } of [taken, made]) {
  // as of their last change
  new CfnOutput(connectors, `${node.id}Connector`, { value: `${connectorId} ${connectorState} (${verificationResult})` });
}
