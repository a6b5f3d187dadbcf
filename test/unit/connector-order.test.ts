import { App, Environment, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { AccountType } from '../../src/account-type';
import { AssumableRoles } from '../../src/assumable-roles';
import { BaseAccount } from '../../src/base-account';
import { BaseAccountRegistration } from '../../src/base-account-registration';
import { BaseAccountUser } from '../../src/base-account-user';
import { Connector } from '../../src/connector';
import { ConnectorPermissions } from '../../src/connector-permissions';
import { ConnectorRole } from '../../src/connector-role';
import { ConnectorRoleTrust } from '../../src/connector-role-trust';
import { ExternalId } from '../../src/external-id';
import { KeyRotation } from '../../src/key-rotation';
import { QualysPlatform } from '../../src/qualys-platform';
import { TrustPrincipal } from '../../src/trust-principal';
import { connect, newRole } from '../support/connectors';
import { CONNECTED_ACCOUNT } from '../support/policies';
import { BASE_ACCOUNT, newService, newStack, Synth } from '../support/synth';

const SECURITY: Environment = { account: BASE_ACCOUNT, region: 'us-east-1' };
const PRODUCTION: Environment = { account: CONNECTED_ACCOUNT, region: 'us-east-1' };

function register(stack: Stack, platform?: QualysPlatform, accountType?: AccountType, id = 'Entry'): BaseAccountRegistration {
  const secret = stack.node.tryFindChild('KeySecret') as Secret | undefined ?? Secret.fromSecretNameV2(stack, 'KeySecret', 'base-key');
  return new BaseAccountRegistration(stack, id, {
    service: newService(stack, platform),
    title: 'Central Security',
    accountType,
    user: BaseAccountUser.fromBaseAccountUserAttributes(stack, `${id}User`, { userName: 'base', accessKeySecret: secret, accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }),
    rotation: KeyRotation.disabled(),
  });
}

function baseAccount(stack: Stack): BaseAccount {
  return new BaseAccount(stack, 'BaseAccount', {
    service: newService(stack), title: 'Central Security', userName: 'qualys-base-account', roles: AssumableRoles.named('QualysConnector'),
  });
}

/** The stacks that a stack waits for, once everything is synthesized. */
function order(app: App): Record<string, string[]> {
  const { stacks } = app.synth();
  return Object.fromEntries(stacks.map(({ id, dependencies }) => [id, dependencies.map((other) => other.id).filter((other) => !other.endsWith('.assets')).sort()]));
}

describe('the registration before the connectors of its type', () => {
  test.each(['registration first', 'connector first'])('in one stack, %s', (which) => {
    const stack = newStack();
    const steps = [() => { register(stack); }, () => { connect(stack); }];
    (which === 'registration first' ? steps : steps.reverse()).forEach((step) => { step(); });
    const result = new Synth(stack);
    expect(result.needs('Connector')).toEqual(expect.arrayContaining(['Entry', 'EntryAccess', 'EntryFunction']));
    expect(result.needs('Entry')).not.toContain('Connector');
    // The entry alone, which waits for the rest itself.
    expect(result.resource('Connector').DependsOn.filter((id: string) => id.startsWith('Entry'))).toEqual([expect.stringMatching(/^Entry[0-9A-F]{8}$/)]);
  });

  test.each(['registration first', 'connector first'])('across stacks, %s', (which) => {
    const app = new App();
    const [entries, connectors] = [newStack('us-east-1', app, 'Entries'), newStack('us-east-1', app, 'Connectors')];
    const steps = [() => { register(entries); }, () => { connect(connectors); }];
    (which === 'registration first' ? steps : steps.reverse()).forEach((step) => { step(); });
    expect(order(app)).toEqual({ Entries: [], Connectors: ['Entries'] });
    expect(connectors.dependencies).toEqual([entries]);
  });

  test('of another type, platform or stage there is none', () => {
    const app = new App();
    const connectors = newStack('us-east-1', app, 'Connectors');
    const entries = new Stack(app, 'Entries');
    connect(connectors);
    register(entries, QualysPlatform.US_2, AccountType.US_GOVCLOUD, 'Gov');
    register(entries, QualysPlatform.EU_1, AccountType.GLOBAL, 'Eu');
    register(new Stack(new Stage(app, 'Stage'), 'Entries'));
    expect(order(app)).toMatchObject({ Connectors: [] });
    expect(new Synth(connectors).needs('Connector').filter((name) => /^(Gov|Eu|Entry)/.test(name))).toEqual([]);
  });
});

describe('the role before the connector', () => {
  test('in one stack, with its permissions', () => {
    const stack = newStack();
    connect(stack, { role: newRole(stack) });
    expect(new Synth(stack).needs('Connector')).toEqual(expect.arrayContaining(['Role', 'RolePermissions']));
  });

  test('with what is granted to it later', () => {
    const stack = newStack();
    const role = newRole(stack);
    connect(stack, { role });
    ConnectorPermissions.organization()._statements().forEach((statement) => role.role.addToPolicy(statement));
    expect(new Synth(stack).needs('Connector')).toContain('RoleDefaultPolicy');
  });

  test('across stacks of one environment', () => {
    const app = new App();
    const [roles, connectors] = [newStack('us-east-1', app, 'Roles'), newStack('us-east-1', app, 'Connectors')];
    connect(connectors, { role: newRole(roles) });
    expect(order(app)).toEqual({ Roles: [], Connectors: ['Roles'] });
    expect(new Synth(connectors).properties('Connector').RoleArn).toMatch(/^\$\{import Roles:ExportsOutputFnGetAttRole/);
  });

  test('across accounts, by its name and path', () => {
    const app = new App();
    const [roles, connectors] = [new Stack(app, 'Roles', { env: PRODUCTION }), new Stack(app, 'Connectors', { env: SECURITY })];
    connect(connectors, { role: newRole(roles, { roleName: 'QualysConnector', path: '/a/b/', externalId: ExternalId.perAccount('8317265094418823') }) });
    expect(order(app)).toEqual({ Roles: [], Connectors: ['Roles'] });
    expect(new Synth(connectors).resource('Connector').Properties).toMatchObject({
      RoleArn: `arn:aws:iam::${CONNECTED_ACCOUNT}:role/a/b/QualysConnector`, ExternalId: `8317265094418823${CONNECTED_ACCOUNT}`,
    });
  });

  test('across partitions, by the role\'s', () => {
    const app = new App();
    const [roles, connectors] = [new Stack(app, 'Roles', { env: { ...PRODUCTION, region: 'us-gov-west-1' } }), new Stack(app, 'Connectors', { env: SECURITY })];
    connect(connectors, { role: newRole(roles, { roleName: 'QualysConnector' }) });
    expect(new Synth(connectors).properties('Connector')).toMatchObject({ RoleArn: `arn:aws-us-gov:iam::${CONNECTED_ACCOUNT}:role/QualysConnector`, AccountType: 'US_GOVCLOUD' });
  });

  test('across stages there is none, and the name still serves', () => {
    const app = new App();
    const roles = new Stack(new Stage(app, 'Production'), 'Roles', { env: PRODUCTION });
    const connectors = new Stack(app, 'Connectors', { env: PRODUCTION });
    connect(connectors, { role: newRole(roles, { roleName: 'QualysConnector' }) });
    expect(order(app)).toEqual({ Connectors: [] });
    expect(new Synth(connectors).properties('Connector').RoleArn).toBe(`arn:aws:iam::${CONNECTED_ACCOUNT}:role/QualysConnector`);
  });
});

describe('the trust of a role that exists already before the connector', () => {
  const trustOf = (stack: Stack, roleName = 'Vendors') => new ConnectorRoleTrust(stack, 'Trust', {
    roleName, path: '/audit/', trust: TrustPrincipal.qualysAccount(), externalId: ExternalId.of('83172650944188230571'),
  });
  const connectTo = (stack: Stack, roleArn: string) => new Connector(stack, 'Connector', {
    service: newService(stack), name: 'Vendors', roleArn, externalId: ExternalId.of('83172650944188230571'),
  });
  const arn = `arn:aws:iam::${CONNECTED_ACCOUNT}:role/audit/Vendors`;

  test.each(['trust first', 'connector first'])('across accounts, by the ARN, %s', (which) => {
    const app = new App();
    const [there, here] = [new Stack(app, 'There', { env: PRODUCTION }), new Stack(app, 'Connectors', { env: SECURITY })];
    const steps = [() => { trustOf(there); }, () => { connectTo(here, arn); }];
    (which === 'trust first' ? steps : steps.reverse()).forEach((step) => { step(); });
    expect(order(app)).toEqual({ There: [], Connectors: ['There'] });
  });

  test('in one stack, by the attribute', () => {
    const stack = new Stack(new App(), 'Stack', { env: PRODUCTION });
    connectTo(stack, trustOf(stack).roleArn);
    expect(new Synth(stack).needs('Connector')).toContain('Trust');
  });

  test('the trust of another role or account does not matter', () => {
    const app = new App();
    trustOf(new Stack(app, 'There', { env: PRODUCTION }), 'Other');
    trustOf(new Stack(app, 'Elsewhere', { env: { ...PRODUCTION, account: '333344445555' } }));
    connectTo(new Stack(app, 'Connectors', { env: SECURITY }), arn);
    expect(order(app).Connectors).toEqual([]);
  });
});

describe('a role that cannot be referred to', () => {
  const elsewhere = (role: (app: App) => ConnectorRole) => () => {
    const app = new App();
    connect(new Stack(app, 'Connectors', { env: SECURITY }), { role: role(app) });
  };

  test.each<[string, Environment, string]>([
    ['account', PRODUCTION, `aws://${CONNECTED_ACCOUNT}/us-east-1`],
    ['region', { ...SECURITY, region: 'eu-west-1' }, `aws://${BASE_ACCOUNT}/eu-west-1`],
  ])('of another %s needs a name', (_, env, place) => {
    expect(elsewhere((app) => newRole(new Stack(app, 'Roles', { env }))))
      .toThrow('roleName of the ConnectorRole Roles/Role must be set as a text, because Connectors/Connector connects it from another stack, '
        + `in aws://${BASE_ACCOUNT}/us-east-1 instead of ${place}: a name that only CloudFormation knows cannot be read there`);
  });

  test('needs an account', () => {
    expect(elsewhere((app) => newRole(new Stack(app, 'Roles'), { roleName: 'QualysConnector' })))
      .toThrow('the account of the ConnectorRole Roles/Role must be known, because Connectors/Connector connects it from another stack');
  });

  test('needs an external ID that is a text', () => {
    expect(elsewhere((app) => {
      const stack = new Stack(app, 'Roles', { env: PRODUCTION });
      return newRole(stack, { roleName: 'QualysConnector', externalId: ExternalId.of(stack.stackId) });
    })).toThrow('externalId of the ConnectorRole Roles/Role must be a text');
  });
});

describe('the user before a role that trusts it', () => {
  const trusting = (stack: Stack, user: BaseAccount['user'], roleName?: string) => newRole(stack, { roleName, trust: TrustPrincipal.ofUser(user) });

  test('across accounts: base account, roles, connectors', () => {
    const app = new App();
    const connectors = new Stack(app, 'Connectors', { env: SECURITY });
    const production = new Stack(app, 'Production', { env: PRODUCTION });
    const security = new Stack(app, 'Security', { env: SECURITY });
    connect(connectors, { role: trusting(production, baseAccount(security).user, 'QualysConnector') });
    expect(order(app)).toEqual({ Security: [], Production: ['Security'], Connectors: ['Production', 'Security'] });
  });

  test('also by both() and from a nested stack', () => {
    const app = new App();
    const security = new Stack(app, 'Security', { env: SECURITY });
    const production = new Stack(app, 'Production', { env: PRODUCTION });
    newRole(new NestedStack(production, 'Nested'), { trust: TrustPrincipal.both(TrustPrincipal.qualysAccount(), TrustPrincipal.ofUser(baseAccount(security).user)) });
    expect(order(app)).toEqual({ Security: [], Production: ['Security'] });
  });

  test('in one stack and across stages there is none', () => {
    const app = new App();
    const security = new Stack(app, 'Security', { env: SECURITY });
    const { user } = baseAccount(security);
    trusting(security, user);
    trusting(new Stack(new Stage(app, 'Stage'), 'Production', { env: PRODUCTION }), user);
    expect(order(app)).toEqual({ Security: [] });
  });

  test('an imported user is waited for by nobody', () => {
    const app = new App();
    const security = new Stack(app, 'Security', { env: SECURITY });
    const user = BaseAccountUser.fromBaseAccountUserAttributes(security, 'User', {
      userName: 'base', accessKeySecret: Secret.fromSecretNameV2(security, 'KeySecret', 'base-key'), accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    });
    newRole(new Stack(app, 'Production', { env: PRODUCTION }), { trust: TrustPrincipal.ofUser(user) });
    expect(order(app)).toMatchObject({ Production: [] });
  });

  test('a connector in the base account\'s own stack: the role of the other account comes before both', () => {
    const app = new App();
    const security = new Stack(app, 'Security', { env: SECURITY });
    const production = new Stack(app, 'Production', { env: PRODUCTION });
    connect(security, { role: trusting(production, baseAccount(security).user, 'QualysConnector') });
    expect(order(app)).toEqual({ Production: [], Security: ['Production'] });
    expect(new Synth(security).needs('Connector')).toContain('BaseAccountRegistration');
  });

  test('also where the user\'s stack waits for the connector\'s stack', () => {
    const app = new App();
    const security = new Stack(app, 'Security', { env: SECURITY });
    const production = new Stack(app, 'Production', { env: PRODUCTION });
    const connectors = new Stack(app, 'Connectors', { env: SECURITY });
    const user = new BaseAccountUser(security, 'User', { userName: 'base', roles: AssumableRoles.named('QualysConnector') });
    connect(connectors, { role: trusting(production, user, 'QualysConnector') });
    security.addDependency(connectors);
    expect(order(app)).toEqual({ Production: [], Connectors: ['Production'], Security: ['Connectors'] });
  });

  test('also where no account is known', () => {
    const app = new App();
    const [security, roles] = [new Stack(app, 'Security'), new Stack(app, 'Roles')];
    connect(security, { role: trusting(roles, baseAccount(security).user) });
    expect(order(app)).toEqual({ Roles: [], Security: ['Roles'] });
  });

  test('within an account that cannot be, and the error says what to do', () => {
    const app = new App();
    const security = new Stack(app, 'Security', { env: SECURITY });
    const roles = new Stack(app, 'Roles', { env: SECURITY });
    connect(security, { role: trusting(roles, baseAccount(security).user) });
    expect(() => app.synth()).toThrow('Roles/Role trusts the user Security/BaseAccount/User, whose stack Security connects a role of Roles: '
      + 'each of the two stacks would have to be deployed before the other. Put the connectors in a stack of their own');
  });
});
