import { App, BootstraplessSynthesizer, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import {
  AssumableRoles, BaseAccount, BaseAccountAlarms, ConnectedAccounts, ConnectorFleet, ConnectorFleetAlarms, ConnectorPermissions, ConnectorRole,
  ConnectorService, ExternalId, QualysCredentials, QualysPlatform, TrustPrincipal,
} from 'cdk-qualys-connectors';

/*
 * A landing zone that brings templates to its accounts in a way of its own: customizations for Control Tower, the Landing Zone Accelerator, account
 * factory for Terraform. The role goes that way, as a template without a parameter; the accounts are those of the units.
 */
const app = new App();
const env = { account: '111111111111', region: 'us-east-1' };
const role = { roleName: 'QualysConnector', externalId: ExternalId.perAccount('8317265094418823') };

// cdk.out/QualysConnectorRole.template.json, the same at every synthesis: no asset, no parameter, and nothing of the CLI's own.
const member = new Stack(app, 'QualysConnectorRole', { synthesizer: new BootstraplessSynthesizer(), analyticsReporting: false });
member.node.setContext('aws:cdk:enable-path-metadata', false);
new ConnectorRole(member, 'ConnectorRole', {
  ...role,
  trust: TrustPrincipal.baseAccount(env.account, { userName: 'qualys-base-account' }),
  permissions: ConnectorPermissions.securityPosture(),
});

const accounts = ConnectedAccounts.fromOrganizationalUnits(['ou-ab12-c3d4e5f6'], role, { excludeAccounts: ['444444444444'] });

const security = new Stack(app, 'CentralSecurity', { env });
const service = new ConnectorService({
  platform: QualysPlatform.US_2,
  credentials: QualysCredentials.basic(Secret.fromSecretNameV2(security, 'ApiUser', 'qualys/api-user')),
});
const { registration } = new BaseAccount(security, 'BaseAccount', {
  service,
  title: 'Central Security',
  userName: 'qualys-base-account',
  roles: AssumableRoles.named(role.roleName, { organizationId: 'o-a1b2c3d4e5' }),
  // The role has to be in all accounts of the units by then: deploy this stack when the landing zone has brought it.
  verifyAccessTo: [accounts],
});
new BaseAccountAlarms(security, 'BaseAccountAlarms', { registration: registration });

const fleet = new ConnectorFleet(security, 'Fleet', { service, accounts: [accounts] });
new ConnectorFleetAlarms(security, 'FleetAlarms', { fleet });
