import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { AssumeRolePolicy } from '../../../src/base-account/assume-role-policy';
import { BaseAccount } from '../../../src/base-account/base-account';
import { BaseAccountAlarms } from '../../../src/base-account/base-account-alarms';
import { KeyDelivery } from '../../../src/base-account/key-delivery';
import { KeyRotation } from '../../../src/base-account/key-rotation';
import { ConnectorPermissions } from '../../../src/role/connector-permissions';
import { ConnectorRole } from '../../../src/role/connector-role';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { ConnectorService } from '../../../src/service/connector-service';
import { ExternalId } from '../../../src/service/external-id';
import { QualysCredentials } from '../../../src/service/qualys-credentials';
import { QualysPlatform } from '../../../src/service/qualys-platform';

/** Hosts of the stand-in (test/support/lambda), so that the handlers can work with what is frozen. */
export const PLATFORM = QualysPlatform.custom({
  apiServer: 'https://qualysapi.connectors.example', gateway: 'https://gateway.connectors.example', platformUrl: 'https://console.connectors.example',
});
export const API_USER_SECRET = 'secret:qualys/api-user-x9y8z7';

export const newService = (stack: Stack, vpc = false): ConnectorService => new ConnectorService({
  platform: PLATFORM,
  credentials: QualysCredentials.basic(Secret.fromSecretCompleteArn(stack, 'ApiUser', stack.formatArn({ service: 'secretsmanager', resource: API_USER_SECRET }))),
  vpc: vpc ? Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: ['subnet-1'] }) : undefined,
});

/** Apps that the first shape of the library could build already. What is in them is frozen: add apps, change none. */
export const BASE_APPS: Readonly<Record<string, (stack: Stack) => void>> = {
  defaults: (stack) => {
    const { user } = new BaseAccount(stack, 'BaseAccount', { service: newService(stack), title: 'Central Security', roles: AssumableRoles.named('QualysConnector') });
    new ConnectorRole(stack, 'ConnectorRole', {
      trust: TrustPrincipal.ofUser(user), externalId: ExternalId.of('83172650944188230571'), permissions: ConnectorPermissions.assetInventory(),
    });
  },
  named: (stack) => {
    const { registration } = new BaseAccount(stack, 'BaseAccount', {
      service: newService(stack, true),
      title: 'Central Security',
      userName: 'qualys-base-account',
      path: '/security/',
      roles: AssumableRoles.named('QualysConnector', { organizationId: 'o-a1b2c3d4e5' }),
      encryptionKey: new Key(stack, 'Kms'),
      delivery: KeyDelivery.auto({ notify: new Topic(stack, 'People') }),
      rotation: KeyRotation.every(Duration.days(60), { retireAfter: Duration.days(7) }),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new BaseAccountAlarms(stack, 'Alarms', { registration });
    new AssumeRolePolicy(stack, 'Policy', { roles: AssumableRoles.any(), managedPolicyName: 'qualys-any' });
    new ConnectorRole(stack, 'ConnectorRole', {
      roleName: 'QualysConnector',
      trust: TrustPrincipal.anyOf(TrustPrincipal.qualysAccount({ accountId: '444455556666' }), TrustPrincipal.baseAccount('111122223333', { userName: 'qualys' })),
      externalId: ExternalId.perAccount('8317265094418823'),
      permissions: ConnectorPermissions.securityPosture({ extended: true }),
    });
  },
  console: (stack) => {
    new BaseAccount(stack, 'BaseAccount', {
      service: newService(stack),
      title: 'Central Security',
      userName: 'qualys-base-account',
      roles: AssumableRoles.named('Qualys*'),
      delivery: KeyDelivery.console(),
      rotation: KeyRotation.disabled(),
      adoptExisting: true,
      useInAssetView: true,
    });
  },
};
