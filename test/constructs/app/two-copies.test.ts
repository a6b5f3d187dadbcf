import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import * as here from '../../../src';
import { order } from '../../support/synth/stack-order';
import { Synth } from '../../support/synth/synth';
import { warningIds } from '../../support/synth/warnings';

/*
 * Two copies of the package in one app, as when a construct library of somebody's brings its own: the sources and what they were compiled to, on one
 * AWS CDK. What is checked over a whole app is checked over both, and a value of the one is taken by the other.
 */
type Library = typeof here;
const compiled = join(__dirname, '..', '..', '..', 'lib');
if (!existsSync(compiled)) throw new Error('the package is not compiled: npm run compile');
const there = require(compiled) as Library; // eslint-disable-line @typescript-eslint/no-require-imports

const SECURITY = { account: '111122223333', region: 'us-east-1' };
const PRODUCTION = { account: '222233334444', region: 'us-east-1' };

function serviceOf({ ConnectorService, QualysPlatform, QualysCredentials }: Library, stack: Stack) {
  const id = 'ApiUser';
  const secret = stack.node.tryFindChild(id) as Secret | undefined ?? Secret.fromSecretNameV2(stack, id, 'qualys/api-user');
  return new ConnectorService({ platform: QualysPlatform.US_2, credentials: QualysCredentials.basic(secret) });
}

const baseAccount = (library: Library, stack: Stack, id = 'BaseAccount') => new library.BaseAccount(stack, id, {
  service: serviceOf(library, stack), title: 'Central Security', userName: 'qualys', roles: library.AssumableRoles.named('QualysConnector'),
});

const roleOf = (library: Library, stack: Stack, trust: here.TrustPrincipal, roleName = 'QualysConnector') => new library.ConnectorRole(stack, 'Role', {
  roleName, trust, externalId: library.ExternalId.of('83172650944188230571'), permissions: library.ConnectorPermissions.assetInventory(),
});

const importedRole = ({ ConnectorRole, ExternalId }: Library, stack: Stack, id: string) => ConnectorRole.fromConnectorRoleAttributes(stack, id, {
  roleArn: 'arn:aws:iam::222233334444:role/QualysConnector', externalId: ExternalId.of('83172650944188230571'),
});

const connector = (library: Library, stack: Stack, id: string, role: ReturnType<typeof importedRole> = importedRole(library, stack, `${id}Role`)) => (
  new library.Connector(stack, id, { service: serviceOf(library, stack), role, name: 'Production' }));

test('they are two', () => {
  expect(there.Connector).not.toBe(here.Connector);
  expect(new there.Connector(new Stack(), 'One', { role: importedRole(there, new Stack(), 'Role'), service: serviceOf(there, new Stack()), name: 'One' })).not.toBeInstanceOf(here.Connector);
});

describe.each<[string, Library, Library]>([['the sources first', here, there], ['the compiled ones first', there, here]])('%s', (_, first, second) => {
  test('the service has room for one base account', () => {
    const app = new App();
    baseAccount(first, new Stack(app, 'One'));
    expect(() => baseAccount(second, new Stack(app, 'Two'))).toThrow(/^One\/BaseAccount\/Registration and Two\/BaseAccount\/Registration both register a base account of type GLOBAL/);
  });

  test('one connector a role is enough', () => {
    const app = new App();
    connector(first, new Stack(app, 'One'), 'Connector');
    expect(() => connector(second, new Stack(app, 'Two'), 'Connector')).toThrow(/^One\/Connector and Two\/Connector both connect the role /);
  });

  test('one construct edits the trust of a role', () => {
    const app = new App();
    const edit = ({ ConnectorRoleTrust, TrustPrincipal, ExternalId }: Library, id: string) => new ConnectorRoleTrust(new Stack(app, id, { env: SECURITY }), 'Trust', {
      roleName: 'Elsewhere', trust: TrustPrincipal.baseAccount(SECURITY.account), externalId: ExternalId.of('83172650944188230571'),
    });
    edit(first, 'One');
    expect(() => edit(second, 'Two')).toThrow(/^One\/Trust and Two\/Trust both edit the trust of the role /);
  });

  test('a user whose key is rotated is registered once', () => {
    const stack = new Stack(new App(), 'Stack');
    const { user } = baseAccount(first, stack);
    expect(() => new second.BaseAccountRegistration(stack, 'Other', {
      service: new second.ConnectorService({ platform: second.QualysPlatform.EU_1, credentials: serviceOf(second, stack).credentials }), user, title: 'Other',
    })).toThrow(/^Stack\/BaseAccount\/Registration and Stack\/Other both register the key of Stack\/BaseAccount\/User/);
  });

  test('connectors of a stack share one function, one policy of each kind and one command', () => {
    const stack = new Stack(new App(), 'Stack');
    connector(first, stack, 'One');
    connector(second, stack, 'Two', second.ConnectorRole.fromConnectorRoleAttributes(stack, 'Other', {
      roleArn: 'arn:aws:iam::222233334444:role/Other', externalId: second.ExternalId.of('83172650944188230571'),
    }));
    const result = new Synth(stack);
    const types = result.names().map((name) => result.resource(name).Type as string);
    expect(types.filter((type) => type === 'AWS::Lambda::Function')).toHaveLength(1);
    expect(types.filter((type) => type === 'AWS::IAM::ManagedPolicy')).toHaveLength(3);
    expect(JSON.parse(result.properties('QualysConnectorFunction').Environment.Variables.SERVICES)).toHaveLength(1);
    expect(Object.keys(result.template.toJSON().Outputs)).toEqual(['ConfirmCommand']);
  });

  test('base account, role and connector keep their order', () => {
    const app = new App();
    const [connectors, production, security] = [new Stack(app, 'Connectors', { env: SECURITY }), new Stack(app, 'Production', { env: PRODUCTION }), new Stack(app, 'Security', { env: SECURITY })];
    const { user } = baseAccount(first, security);
    connector(first, connectors, 'Connector', roleOf(second, production, second.TrustPrincipal.ofUser(user)));
    expect(order(app)).toEqual({ Security: [], Production: ['Security'], Connectors: ['Production', 'Security'] });
  });

  test('a role that the base account\'s policy does not cover is told', () => {
    const app = new App();
    const { user } = baseAccount(first, new Stack(app, 'Security', { env: SECURITY }));
    const production = new Stack(app, 'Production', { env: PRODUCTION });
    roleOf(second, production, second.TrustPrincipal.ofUser(user), 'Other');
    expect(warningIds(production)).toEqual(['roleNotCovered']);
  });

  test('an alarm of the one watches a registration of the other', () => {
    const stack = new Stack(new App(), 'Stack');
    new second.BaseAccountAlarms(stack, 'Alarms', { registration: baseAccount(first, stack).registration });
    expect(warningIds(stack)).toEqual([]);
  });

  test('what is said in values of the other is sent', () => {
    const stack = new Stack(new App(), 'Stack');
    new first.Connector(stack, 'Connector', {
      service: serviceOf(second, stack),
      role: importedRole(second, stack, 'Role'),
      name: 'Production',
      modules: [second.ConnectorModule.CLOUD_INVENTORY, second.ConnectorModule.ASSET_INVENTORY, second.ConnectorModule.SECURITY_ASSESSMENT],
      activationModules: [second.ActivationModule.PC, second.ActivationModule.VM],
      defaultTags: [second.AssetTag.id(7)],
      verify: second.ConnectorVerification.warn(),
      accountType: second.AccountType.GLOBAL,
      pollingInterval: Duration.hours(6),
    });
    expect(new Synth(stack).properties('Connector')).toMatchObject({
      Modules: ['AI', 'CI', 'CSA'], Activation: ['VM', 'PC'], DefaultTags: [{ Id: '7' }], Verification: 'WARN', AccountType: 'GLOBAL',
    });
  });

  test('China of the other is China', () => {
    const stack = new Stack(new App(), 'Stack');
    const role = second.ConnectorRole.fromConnectorRoleAttributes(stack, 'Role', {
      roleArn: 'arn:aws-cn:iam::222233334444:role/QualysConnector', externalId: second.ExternalId.of('83172650944188230571'),
    });
    new first.Connector(stack, 'Connector', { service: serviceOf(second, stack), role, name: 'China', accountType: second.AccountType.CHINA });
    expect(new Synth(stack).properties('Connector')).toMatchObject({ AccountType: 'CHINA', Modules: [] });
    expect(() => new first.Connector(stack, 'Other', {
      service: serviceOf(second, stack), role, name: 'China', accountType: second.AccountType.CHINA, regions: ['cn-north-1'],
    })).toThrow('regions must be left out for accountType CHINA');
  });

  test('a base account is said in values of the other', () => {
    const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'us-gov-west-1' } });
    const user = new first.BaseAccountUser(stack, 'User', { roles: second.AssumableRoles.named('QualysConnector'), externalId: second.ExternalId.of('83172650944188230571') });
    new first.BaseAccountRegistration(stack, 'Entry', {
      service: serviceOf(second, stack),
      user,
      title: 'Central Security',
      accountType: second.AccountType.US_GOVCLOUD,
      delivery: second.KeyDelivery.console(),
      rotation: second.KeyRotation.every(Duration.days(30)),
    });
    expect(new Synth(stack).properties('Entry')).toMatchObject({ AccountType: 'US_GOVCLOUD', Delivery: { Mode: 'CONSOLE' } });
  });

  test('modules of custom permissions of the other are those of the connector', () => {
    const stack = new Stack(new App(), 'Stack');
    const role = new second.ConnectorRole(stack, 'Role', {
      trust: second.TrustPrincipal.baseAccount('111122223333'),
      externalId: second.ExternalId.of('83172650944188230571'),
      permissions: second.ConnectorPermissions.securityPosture(),
    });
    new first.Connector(stack, 'Connector', { service: serviceOf(first, stack), role, name: 'Production' });
    expect(new Synth(stack).properties('Connector').Modules).toEqual(['AI', 'CI', 'CSA']);
  });
});
