import { Annotations, Duration, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { AssumeRolePolicy } from '../../../src/base-account/assume-role-policy';
import { BaseAccount } from '../../../src/base-account/base-account';
import { BaseAccountAlarms } from '../../../src/base-account/base-account-alarms';
import { KeyDelivery } from '../../../src/base-account/key-delivery';
import { KeyRotation } from '../../../src/base-account/key-rotation';
import { Connector } from '../../../src/connector/connector';
import { QualysAccountLookup } from '../../../src/connector/qualys-account-lookup';
import { ConnectorFleet } from '../../../src/fleet/connector-fleet';
import { ConnectorFleetAlarms } from '../../../src/fleet/connector-fleet-alarms';
import { ConnectorRoleStackSet } from '../../../src/fleet/connector-role-stack-set';
import { ConnectorAlarms } from '../../../src/monitoring/connector-alarms';
import { ConnectorMonitoring } from '../../../src/monitoring/connector-monitoring';
import { ConnectorPermissions } from '../../../src/role/connector-permissions';
import { ConnectorRole } from '../../../src/role/connector-role';
import { ConnectorRoleTrust } from '../../../src/role/connector-role-trust';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { ConnectorService } from '../../../src/service/connector-service';
import { ExternalId } from '../../../src/service/external-id';
import { QualysCredentials } from '../../../src/service/qualys-credentials';
import { QualysPlatform } from '../../../src/service/qualys-platform';

/** What a reviewed app is likely to change. */
export interface Changes {
  readonly title?: string;
  readonly rotation?: KeyRotation;
  readonly trust?: TrustPrincipal;
}

export const QUALYS = TrustPrincipal.qualysAccount({ accountId: '444455556666' });
export const BASE = TrustPrincipal.baseAccount('111122223333', { userName: 'qualys-base-account', organizationId: 'o-a1b2c3d4e5' });

/**
 * One of each construct, with whatever makes it bring more resources: what holds for all resources of the library is
 * tested on this. A new construct belongs in here. All that stands outside the library is imported, so that every
 * resource of the stack is the library's.
 */
export function everything(stack: Stack, { title = 'Central Security', rotation, trust = hasQualysAccount(stack) ? TrustPrincipal.anyOf(QUALYS, BASE) : BASE }: Changes = {}): Stack {
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0a1b2c3d', availabilityZones: ['a'], privateSubnetIds: ['subnet-0a1b2c3d'], privateSubnetRouteTableIds: ['rtb-0a1b2c3d'],
  });
  const service = new ConnectorService({
    platform: QualysPlatform.US_2,
    credentials: QualysCredentials.basic(Secret.fromSecretNameV2(stack, 'ApiUser', 'qualys/api-user')),
    vpc,
  });
  const topic = Topic.fromTopicArn(stack, 'Operators', stack.formatArn({ service: 'sns', resource: 'operators' }));
  const { registration } = new BaseAccount(stack, 'BaseAccount', {
    service,
    title,
    userName: 'qualys-base-account',
    roles: AssumableRoles.named('QualysConnector', { organizationId: 'o-a1b2c3d4e5' }),
    delivery: KeyDelivery.auto({ notify: topic }),
    rotation: rotation ?? KeyRotation.every(Duration.days(60)),
  });
  new BaseAccountAlarms(stack, 'Alarms', { registration });
  new AssumeRolePolicy(stack, 'AssumeRolePolicy', { roles: AssumableRoles.any() });
  const role = new ConnectorRole(stack, 'ConnectorRole', {
    roleName: 'QualysConnector',
    trust,
    externalId: ExternalId.of('40952281773650912864'),
    permissions: ConnectorPermissions.securityPosture(),
  });
  new Connector(stack, 'Connector', { service, role, name: 'Production' });
  new ConnectorAlarms(stack, 'ConnectorAlarms', { monitoring: new ConnectorMonitoring(stack, 'Monitoring', { service, registration }) });
  if (hasQualysAccount(stack)) {
    new QualysAccountLookup(stack, 'Lookup', { service });
    // AWS has none in China either.
    const roles = new ConnectorRoleStackSet(stack, 'Roles', {
      organizationalUnits: ['ou-ab12-c3d4e5f6'],
      roleName: 'QualysMember',
      trust: BASE,
      externalId: ExternalId.perAccount('40952281773650912864'),
      permissions: ConnectorPermissions.securityPosture(),
    });
    Annotations.of(roles).acknowledgeWarning('cdk-qualys-connectors:roleNotCovered', 'the roles of the organization are those of another user');
    new ConnectorFleetAlarms(stack, 'FleetAlarms', { fleet: new ConnectorFleet(stack, 'Fleet', { service, accounts: [roles.accounts] }) });
  }
  new ConnectorRoleTrust(stack, 'RoleTrust', {
    roleName: 'Elsewhere', trust: TrustPrincipal.baseAccount('555566667777', { userName: 'qualys-base-account' }), externalId: ExternalId.perAccount('8317265094418823'),
  });
  return stack;
}

/** In China there is none. */
function hasQualysAccount(stack: Stack): boolean {
  return !stack.region.startsWith('cn-');
}
