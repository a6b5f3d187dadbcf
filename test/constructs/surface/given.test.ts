import { App, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import * as library from '../../../src';
import { newService } from '../../support/synth/synth';

/* As a caller without types does it: a property that has to be given is missing, or something else. */
const CLASSES = library as unknown as Readonly<Record<string, new (...args: unknown[]) => unknown>>;

function required(stack: Stack): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  const service = newService(stack);
  const roles = library.AssumableRoles.named('QualysConnector');
  const user = new library.BaseAccountUser(stack, 'GivenUser', { roles });
  const trust = library.TrustPrincipal.baseAccount('111122223333');
  const externalId = library.ExternalId.of('83172650944188230571');
  return {
    AssumeRolePolicy: { roles },
    BaseAccountRegistration: { service, user, title: 'Central Security' },
    BaseAccount: { service, roles, title: 'Central Security' },
    ConnectorRole: { trust, externalId, permissions: library.ConnectorPermissions.assetInventory() },
    Connector: { service, name: 'Production', role: new library.ConnectorRole(stack, 'GivenRole', { trust, externalId, permissions: library.ConnectorPermissions.assetInventory() }) },
    BaseAccountAlarms: { registration: new library.BaseAccountRegistration(stack, 'GivenEntry', { service, user, title: 'Central Security' }) },
    ConnectorRoleStackSet: {
      roleName: 'QualysConnector', organizationalUnits: ['ou-ab12-c3d4e5f6'], trust, externalId: library.ExternalId.perAccount('40952281773650912864'), permissions: library.ConnectorPermissions.assetInventory(),
    },
    ConnectorAlarms: { monitoring: new library.ConnectorMonitoring(stack, 'GivenMonitoring', { service, accountType: library.AccountType.US_GOVCLOUD }) },
    ConnectorMonitoring: { service },
    ConnectorFleet: { service, accounts: [library.ConnectedAccounts.fromStackSet('Roles', { roleName: 'Q', externalId: library.ExternalId.perAccount('83172650944188230571') })] },
    ConnectorFleetAlarms: {
      fleet: new library.ConnectorFleet(stack, 'GivenFleet', { service, accounts: [library.ConnectedAccounts.fromAccountIds(['222222222222'], { roleName: 'Q', externalId })] }),
    },
    ConnectorRoleTrust: { roleName: 'QualysConnector', trust, externalId },
    QualysAccountLookup: { service },
  };
}

const CASES = Object.entries(required(new Stack(new App(), 'Stack')))
  .flatMap(([name, props]) => Object.keys(props).map((prop): [string, string] => [name, prop]));

test.each(CASES)('%s names %s where it is missing or something else (fault 78)', (name, prop) => {
  for (const wrong of [undefined, null, 42, true, {}, []]) {
    const stack = new Stack(new App(), 'Stack');
    expect(() => new CLASSES[name]!(stack, 'Wrong', { ...required(stack)[name], [prop]: wrong })).toThrow(new RegExp(`\\b${prop}\\b`));
  }
});

test.each(['platform', 'credentials'])('a service names %s where it is missing or something else (fault 78)', (prop) => {
  const stack = new Stack(new App(), 'Stack');
  const credentials = library.QualysCredentials.basic(Secret.fromSecretNameV2(stack, 'ApiUser', 'qualys/api-user'));
  for (const wrong of [undefined, null, 'US2', {}]) expect(() => new CLASSES.ConnectorService!({ platform: library.QualysPlatform.US_2, credentials, [prop]: wrong })).toThrow(new RegExp(`^${prop} must be `));

});

test('what was given is not repeated: it may be a secret (fault 78)', () => {
  expect(() => new CLASSES.ConnectorService!({ platform: library.QualysPlatform.US_2, credentials: 'hunter2' }))
    .toThrow('credentials must be QualysCredentials, got a value of type string');
});

test('what is not known is no obstacle: jsii passes it on from newer callers (fault 78)', () => {
  const stack = new Stack(new App(), 'Stack');
  expect(() => new CLASSES.QualysAccountLookup!(stack, 'Extra', { ...required(stack).QualysAccountLookup, extra: true })).not.toThrow();
});
