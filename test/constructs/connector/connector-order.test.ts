import { App, Environment, Stack, Stage } from 'aws-cdk-lib';
import { ConnectorPermissions } from '../../../src/role/connector-permissions';
import { ConnectorRole } from '../../../src/role/connector-role';
import { ConnectorRoleTrust } from '../../../src/role/connector-role-trust';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { AccountType } from '../../../src/service/account-type';
import { ExternalId } from '../../../src/service/external-id';
import { QualysPlatform } from '../../../src/service/qualys-platform';
import { connect, ConnectProps, newRole } from '../../support/apps/connectors';
import { CONNECTED_ACCOUNT } from '../../support/synth/policies';
import { PRODUCTION, SECURITY, order, register } from '../../support/synth/stack-order';
import { BASE_ACCOUNT, newStack, Synth } from '../../support/synth/synth';

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
    expect(new Synth(connectors).properties('Connector').RoleArn).toBe('${from Roles: FnGetAttRoleArn}');
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
  const arn = `arn:aws:iam::${CONNECTED_ACCOUNT}:role/audit/Vendors`;

  test.each(['trust first', 'connector first'])('across accounts, by the ARN, %s', (which) => {
    const app = new App();
    const [there, here] = [new Stack(app, 'There', { env: PRODUCTION }), new Stack(app, 'Connectors', { env: SECURITY })];
    const steps = [() => { trustOf(there); }, () => { connect(here, { roleArn: arn }); }];
    (which === 'trust first' ? steps : steps.reverse()).forEach((step) => { step(); });
    expect(order(app)).toEqual({ There: [], Connectors: ['There'] });
  });

  test.each<[string, (trust: ConnectorRoleTrust) => ConnectProps]>([
    ['itself', (role) => ({ role })],
    ['its attribute', ({ roleArn }) => ({ roleArn })],
  ])('in one stack, by %s', (_, props) => {
    const stack = new Stack(new App(), 'Stack', { env: PRODUCTION });
    connect(stack, props(trustOf(stack)));
    expect(new Synth(stack).needs('Connector')).toContain('Trust');
  });

  test('across accounts, by itself', () => {
    const app = new App();
    connect(new Stack(app, 'Connectors', { env: SECURITY }), { role: trustOf(new Stack(app, 'There', { env: PRODUCTION })) });
    expect(order(app)).toEqual({ There: [], Connectors: ['There'] });
  });

  test('the trust of another role or account does not matter', () => {
    const app = new App();
    trustOf(new Stack(app, 'There', { env: PRODUCTION }), 'Other');
    trustOf(new Stack(app, 'Elsewhere', { env: { ...PRODUCTION, account: '333344445555' } }));
    connect(new Stack(app, 'Connectors', { env: SECURITY }), { roleArn: arn });
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
      .toThrow('roleName (and path) of the ConnectorRole Roles/Role must be set as a text, because Connectors/Connector connects it from another stack, '
        + `in aws://${BASE_ACCOUNT}/us-east-1 instead of ${place}: a name that only CloudFormation knows, as one with pseudo parameters in it, cannot be read there`);
  });

  test('needs an account', () => {
    expect(elsewhere((app) => newRole(new Stack(app, 'Roles'), { roleName: 'QualysConnector' })))
      .toThrow('the account of the ConnectorRole Roles/Role must be known, because Connectors/Connector connects it from another stack');
  });

  test('needs an external ID that is a text', () => {
    expect(elsewhere((app) => {
      const stack = new Stack(app, 'Roles', { env: PRODUCTION });
      return newRole(stack, { roleName: 'QualysConnector', externalId: ExternalId.of(stack.stackId) });
    })).toThrow('externalId of the role Roles/Role must be a text, because Connectors/Connector connects it from another stack');
  });
});
