import { App, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import {
  AssumableRoles, BaseAccount, BaseAccountAlarms, ConnectorPermissions, ConnectorRole, ConnectorService, ExternalId, QualysCredentials,
  QualysPlatform, TrustPrincipal,
} from 'cdk-qualys-connectors';
import { Capability, DeploymentType, StackSet, StackSetStack, StackSetTarget, StackSetTemplate } from 'cdk-stacksets';

/* The connector role in every account of an organizational unit, by one StackSet: accounts that join it later get it too. */
const organizationId = 'o-a1b2c3d4e5';
const app = new App();
const security = new Stack(app, 'CentralSecurity', { env: { account: '111111111111', region: 'us-east-1' } });

const { user, registration } = new BaseAccount(security, 'BaseAccount', {
  service: new ConnectorService({
    platform: QualysPlatform.US_2,
    credentials: QualysCredentials.basic(Secret.fromSecretNameV2(security, 'ApiUser', 'qualys/api-user')),
  }),
  title: 'Central Security',
  userName: 'qualys-base-account',
  roles: AssumableRoles.named('QualysConnector', { organizationId }),
});
new BaseAccountAlarms(security, 'Alarms', { registration: registration });

// One template for all accounts. It holds a role and a policy and no asset, so it needs no bucket.
const member = new StackSetStack(security, 'Member');
new ConnectorRole(member, 'ConnectorRole', {
  roleName: 'QualysConnector',
  trust: TrustPrincipal.ofUser(user),
  externalId: ExternalId.perAccount('8317265094418823'),
  permissions: ConnectorPermissions.securityPosture(),
});

new StackSet(security, 'ConnectorRoles', {
  description: 'The role with which Qualys connectors read an account.',
  template: StackSetTemplate.fromStackSetStack(member),
  // Roles are in no region: one is enough, and a second one would find the name taken.
  target: StackSetTarget.fromOrganizationalUnits({ regions: ['us-east-1'], organizationalUnits: ['ou-a1b2-c3d4e5f6'] }),
  // An account that leaves the unit loses the role.
  deploymentType: DeploymentType.serviceManaged({ autoDeployEnabled: true, autoDeployRetainStacks: false, delegatedAdmin: true }),
  // The default is one account after the other.
  operationPreferences: { maxConcurrentPercentage: 100, failureTolerancePercentage: 20 },
  capabilities: [Capability.NAMED_IAM],
});
