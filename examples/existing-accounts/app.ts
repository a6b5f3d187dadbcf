import { App, Stack } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import {
  AssumableRoles, BaseAccount, BaseAccountAlarms, ConnectedAccounts, ConnectorFleet, ConnectorFleetAlarms, ConnectorService, ExternalId,
  QualysCredentials, QualysPlatform,
} from 'cdk-qualys-connectors';

/*
 * Accounts whose roles exist: made by Terraform, by the Landing Zone Accelerator, by hand. The fleet gives each of them a connector, and takes up the
 * connectors that are there. Nothing is deployed to the accounts.
 */
const app = new App();
const security = new Stack(app, 'CentralSecurity', { env: { account: '111111111111', region: 'us-east-1' } });
const service = new ConnectorService({
  platform: QualysPlatform.US_2,
  credentials: QualysCredentials.basic(Secret.fromSecretNameV2(security, 'ApiUser', 'qualys/api-user')),
});

// The same role in all of them, the management account among them. Its external ID is what the roles ask for: a prefix and the account's ID.
const role = { roleName: 'QualysConnector', path: '/security/', externalId: ExternalId.perAccount('8317265094418823') };
const accounts = ConnectedAccounts.fromAccountIds(['222222222222', '333333333333', '999999999999'], role);

const operators = new SnsAction(new Topic(security, 'Operators', { enforceSSL: true }));

const { registration } = new BaseAccount(security, 'BaseAccount', {
  service,
  title: 'Central Security',
  userName: 'qualys-base-account',
  roles: AssumableRoles.named(role.roleName, { path: role.path }),
  // Roles that others look after are not all as one thinks: the new key is tried on each of them before the service has it.
  verifyAccessTo: [accounts],
});
new BaseAccountAlarms(security, 'BaseAccountAlarms', { registration: registration, actions: [operators] });

const fleet = new ConnectorFleet(security, 'Fleet', {
  service,
  accounts: [accounts],
  // Of the same account and role; never disabled or deleted from here.
  adoptExisting: true,
});
new ConnectorFleetAlarms(security, 'FleetAlarms', { fleet, actions: [operators] });
