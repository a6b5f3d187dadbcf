import { Duration } from 'aws-cdk-lib';
import { BASE_APPS, newService } from './base-apps';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { BaseAccount } from '../../../src/base-account/base-account';
import { BaseAccountAlarms } from '../../../src/base-account/base-account-alarms';
import { KeyRotation } from '../../../src/base-account/key-rotation';
import { Connector } from '../../../src/connector/connector';
import { ConnectorVerification } from '../../../src/connector/connector-verification';
import { QualysAccountLookup } from '../../../src/connector/qualys-account-lookup';
import { ConnectorFleet } from '../../../src/fleet/connector-fleet';
import { ConnectorFleetAlarms } from '../../../src/fleet/connector-fleet-alarms';
import { ConnectorRoleStackSet } from '../../../src/fleet/connector-role-stack-set';
import { ConnectorAlarms } from '../../../src/monitoring/connector-alarms';
import { ConnectorMonitoring } from '../../../src/monitoring/connector-monitoring';
import { ConnectedAccounts } from '../../../src/role/connected-accounts';
import { ConnectorPermissions } from '../../../src/role/connector-permissions';
import { ConnectorRole } from '../../../src/role/connector-role';
import { ConnectorRoleTrust } from '../../../src/role/connector-role-trust';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { ExternalId } from '../../../src/service/external-id';

const externalId = ExternalId.of('83172650944188230571');

/** All frozen apps. What is in them is frozen: add apps, change none. */
export const APPS: typeof BASE_APPS = {
  ...BASE_APPS,
  connectors: (stack) => {
    const service = newService(stack);
    const role = new ConnectorRole(stack, 'Role', {
      roleName: 'QualysConnector', trust: TrustPrincipal.baseAccount('111111111111'), externalId, permissions: ConnectorPermissions.securityPosture(),
    });
    new Connector(stack, 'Connector', { service, role, name: 'Production', regions: ['us-east-1'], verify: ConnectorVerification.skip() });
    new QualysAccountLookup(stack, 'Lookup', { service });
  },
  trust: (stack) => {
    new ConnectorRoleTrust(stack, 'Trust', {
      roleName: 'Elsewhere',
      path: '/security/',
      trust: TrustPrincipal.baseAccount('111122223333', { userName: 'qualys-base-account', organizationId: 'o-a1b2c3d4e5' }),
      externalId,
      formerAccountIds: ['444455556666'],
    });
  },
  fleet: (stack) => {
    const role = { roleName: 'QualysConnector', externalId: ExternalId.perAccount('83172650944188230571') };
    const fleet = new ConnectorFleet(stack, 'Fleet', { service: newService(stack), accounts: [ConnectedAccounts.fromAccountIds(['222222222222', '333333333333'], role)] });
    new ConnectorFleetAlarms(stack, 'Alarms', { fleet });
  },
  roles: (stack) => {
    new ConnectorRoleStackSet(stack, 'Roles', {
      organizationalUnits: ['ou-ab12-c3d4e5f6'],
      roleName: 'QualysConnector',
      trust: TrustPrincipal.baseAccount('111122223333', { userName: 'qualys-base-account', organizationId: 'o-a1b2c3d4e5' }),
      externalId: ExternalId.perAccount('83172650944188230571'),
      permissions: ConnectorPermissions.securityPosture(),
    });
  },
  guarded: (stack) => {
    new BaseAccount(stack, 'BaseAccount', {
      service: newService(stack), title: 'Central Security', roles: AssumableRoles.named('QualysConnector'), rotation: KeyRotation.every(Duration.days(30)), deletionProtection: false,
    });
  },
  monitored: (stack) => {
    const service = newService(stack);
    const { user, registration } = new BaseAccount(stack, 'BaseAccount', { service, title: 'Central Security', roles: AssumableRoles.named('QualysConnector') });
    new BaseAccountAlarms(stack, 'Alarms', { registration });
    const role = new ConnectorRole(stack, 'Role', {
      roleName: 'QualysConnector', trust: TrustPrincipal.ofUser(user), externalId, permissions: ConnectorPermissions.assetInventory(),
    });
    new Connector(stack, 'Connector', { service, role, name: 'Production', enabled: false });
    const monitoring = new ConnectorMonitoring(stack, 'Monitoring', { service, registration, interval: Duration.hours(6) });
    new ConnectorAlarms(stack, 'ConnectorAlarms', { monitoring, maxFailing: 2 });
  },
};
