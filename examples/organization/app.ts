import { Annotations, App, CfnWaitConditionHandle, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import {
  AssumableRoles, BaseAccount, BaseAccountAlarms, ConnectedAccounts, ConnectorFleet, ConnectorFleetAlarms, ConnectorPermissions, ConnectorRole,
  ConnectorRoleStackSet, ConnectorService, ExternalId, QualysCredentials, QualysPlatform, TrustPrincipal,
} from 'cdk-qualys-connectors';

/*
 * A whole organization: the connector role in every account of its units, by a stack set, and in the management account; a connector for each,
 * by a fleet; and a base account whose user is tried on all roles before the service hears of its key. A switch is a deployment for each phase:
 * the README has the order.
 */
const app = new App();
const setting = (name: string): string | undefined => app.node.tryGetContext(name);
const region = setting('region') ?? 'us-east-1';
// A delegated administrator of StackSets.
const security = { account: setting('securityAccount') ?? '111111111111', region };
const management = { account: setting('managementAccount') ?? '999999999999', region };
const organizationalUnits = (setting('organizationalUnits') ?? 'ou-ab12-c3d4e5f6').split(',');
// Of accounts that are broken, or belong to somebody else.
const excludeAccounts = setting('excludeAccounts')?.split(',');

const userName = 'qualys-base-account';
const qualys = TrustPrincipal.qualysAccount();
const base = TrustPrincipal.baseAccount(security.account, { userName }); // the user need not exist yet
const both = TrustPrincipal.anyOf(qualys, base);

const phases: Record<string, { readonly trust: TrustPrincipal; readonly baseAccount?: 'registered' | 'removable' }> = {
  qualysAccount: { trust: qualys },
  both: { trust: both },
  registered: { trust: both, baseAccount: 'registered' },
  baseAccount: { trust: base, baseAccount: 'registered' },
  leaving: { trust: both, baseAccount: 'removable' },
};
const phase = phases[setting('phase') ?? 'baseAccount'];
if (phase === undefined) throw new Error(`phase must be one of ${Object.keys(phases).join(', ')}, got '${setting('phase')}'`);

const role = {
  roleName: 'QualysConnector',
  externalId: ExternalId.perAccount(app.node.getContext('externalId')),
  permissions: ConnectorPermissions.securityPosture(),
  trust: phase.trust,
};

// --- Every account of the units, and those that join later. In a stack of its own: whatever fails beside it would roll the roles back ---
const roles = new ConnectorRoleStackSet(new Stack(app, 'ConnectorRoles', { env: security }), 'Roles', { ...role, organizationalUnits, excludeAccounts });

// --- The management account, which no such stack set reaches ---
const own = new ConnectorRole(new Stack(app, 'Management', { env: management }), 'ConnectorRole', role);
// A stack set takes one external ID for all accounts, with the account's own ID behind it, and this role goes with the others.
Annotations.of(own).acknowledgeWarning('cdk-qualys-connectors:guessableExternalId', 'the Qualys account is trusted while roles move, and no longer');

// --- All of them: what is connected, and what the new key is tried on ---
const accounts = [roles.accounts, ConnectedAccounts.fromAccountIds([management.account], role)];

// --- Central Security: the base account ---
const centralSecurity = new Stack(app, 'CentralSecurity', { env: security });
new CfnWaitConditionHandle(centralSecurity, 'Stays'); // CloudFormation knows no stack without a resource: in phases without a base account
const apiServer = setting('apiServer');
const service = new ConnectorService({
  platform: apiServer
    ? QualysPlatform.custom({ apiServer, gateway: setting('gateway'), platformUrl: setting('platformUrl') })
    : QualysPlatform.US_2,
  credentials: QualysCredentials.basic(Secret.fromSecretNameV2(centralSecurity, 'ApiUser', 'qualys/api-user')),
});
if (phase.baseAccount) {
  const { registration } = new BaseAccount(centralSecurity, 'BaseAccount', {
    service,
    title: 'Central Security',
    userName,
    roles: AssumableRoles.named(role.roleName, { organizationId: setting('organizationId') ?? 'o-a1b2c3d4e5' }),
    // The service moves to the base account with all connectors at once: so all roles are tried before.
    verifyAccessTo: accounts,
    // By default a base account outlives its stack, and one that connectors use is not deleted. Both hold until the way back.
    removalPolicy: phase.baseAccount === 'removable' ? RemovalPolicy.DESTROY : undefined,
    deletionProtection: phase.baseAccount !== 'removable',
  });
  new BaseAccountAlarms(centralSecurity, 'Alarms', { registration: registration });
}

// --- Connectors: in Central Security too, as its account holds the service's credentials ---
const connectors = new Stack(app, 'Connectors', { env: security });
const fleet = new ConnectorFleet(connectors, 'Fleet', { service, accounts });
new ConnectorFleetAlarms(connectors, 'Alarms', { fleet });
