import { Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { BaseAccountRegistration } from '../../../src/base-account/base-account-registration';
import { BaseAccountUser } from '../../../src/base-account/base-account-user';
import { KeyDelivery } from '../../../src/base-account/key-delivery';
import { KeyRotation } from '../../../src/base-account/key-rotation';
import { Connector } from '../../../src/connector/connector';
import { ConnectorVerification } from '../../../src/connector/connector-verification';
import { QualysAccountLookup } from '../../../src/connector/qualys-account-lookup';
import { ConnectorFleet } from '../../../src/fleet/connector-fleet';
import { ConnectorMonitoring } from '../../../src/monitoring/connector-monitoring';
import { ConnectedAccounts } from '../../../src/role/connected-accounts';
import { ConnectorRole } from '../../../src/role/connector-role';
import { ConnectorRoleTrust } from '../../../src/role/connector-role-trust';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { ConnectorService } from '../../../src/service/connector-service';
import { ExternalId } from '../../../src/service/external-id';
import { QualysCredentials } from '../../../src/service/qualys-credentials';
import { QualysPlatform } from '../../../src/service/qualys-platform';

/** What decides which statements the functions get. */
export interface Options {
  readonly platform?: QualysPlatform;
  readonly vpc?: boolean;
  /** Customer managed keys for the key's secret, the credentials and the topic. */
  readonly keys?: boolean;
  readonly notify?: boolean;
  readonly rotation?: KeyRotation;
}

export const KEYS = {
  SecretKey: '00000000-0000-4000-8000-000000000001', ApiUserKey: '00000000-0000-4000-8000-000000000002', TopicKey: '00000000-0000-4000-8000-000000000003',
};

/** A stack with each function of the library. */
export function withEveryFunction(stack: Stack, { platform = QualysPlatform.US_2, vpc, keys, notify, rotation }: Options): Stack {
  const key = (name: keyof typeof KEYS) => keys ? Key.fromKeyArn(stack, name, stack.formatArn({ service: 'kms', resource: 'key', resourceName: KEYS[name] })) : undefined;
  const service = new ConnectorService({
    platform,
    credentials: QualysCredentials.basic(Secret.fromSecretAttributes(stack, 'ApiUser', {
      secretCompleteArn: stack.formatArn({ service: 'secretsmanager', resource: 'secret:qualys/api-user-x9y8z7' }), encryptionKey: key('ApiUserKey'),
    })),
    vpc: vpc ? Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-0a1b2c3d', availabilityZones: ['a'], privateSubnetIds: ['subnet-0a1b2c3d'] }) : undefined,
  });
  const topic = notify ? Topic.fromTopicAttributes(stack, 'People', {
    topicArn: stack.formatArn({ service: 'sns', resource: 'people' }), keyArn: key('TopicKey')?.keyArn,
  }) : undefined;
  const user = new BaseAccountUser(stack, 'User', {
    userName: 'qualys-base-account', roles: AssumableRoles.named('QualysConnector'), encryptionKey: key('SecretKey'),
  });
  new BaseAccountRegistration(stack, 'Entry', { service, user, title: 'Central Security', delivery: KeyDelivery.auto({ notify: topic }), rotation });
  const externalId = ExternalId.of('83172650944188230571');
  const roleArn = stack.formatArn({ service: 'iam', region: '', resource: 'role', resourceName: 'QualysConnector' });
  const role = ConnectorRole.fromConnectorRoleAttributes(stack, 'Role', { roleArn, externalId });
  new Connector(stack, 'Connector', { service, role, name: 'Production', verify: ConnectorVerification.skip() });
  new ConnectorMonitoring(stack, 'Monitoring', { service });
  if (!stack.region.startsWith('cn-')) new QualysAccountLookup(stack, 'Lookup', { service }); // in China there is nothing to look up
  if (!stack.region.startsWith('cn-')) { // AWS has no service-managed stack sets there
    const accounts = ConnectedAccounts.fromStackSet('Roles', { roleName: 'QualysFleetRole', externalId: ExternalId.perAccount('83172650944188230571') });
    new ConnectorFleet(stack, 'Fleet', { service, accounts: [accounts] });
  }
  new ConnectorRoleTrust(stack, 'Trust', {
    roleName: 'Elsewhere', path: '/security/', externalId, trust: TrustPrincipal.baseAccount('111122223333', { userName: 'qualys-base-account' }),
  });
  return stack;
}
