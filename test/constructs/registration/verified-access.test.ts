import { App, Aspects, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { BaseAccount } from '../../../src/base-account/base-account';
import { BaseAccountRegistration } from '../../../src/base-account/base-account-registration';
import { BaseAccountUser } from '../../../src/base-account/base-account-user';
import { ConnectedAccounts } from '../../../src/role/connected-accounts';
import { ConnectorPermissions } from '../../../src/role/connector-permissions';
import { ConnectorRole } from '../../../src/role/connector-role';
import { ConnectorRoleTrust } from '../../../src/role/connector-role-trust';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { ExternalId } from '../../../src/service/external-id';
import { VERIFY_ACCESS_VARIABLE } from '../../../src/wire/base-account';
import { hashed } from '../../../src/wire/pins';
import { register } from '../../support/apps/base-account-registrations';
import { NamePrefix } from '../../support/apps/name-prefix';
import { stackSetIn, ADMINISTRATOR } from '../../support/apps/stack-sets';
import { newService, newStack, Synth } from '../../support/synth/synth';
import { warningIds } from '../../support/synth/warnings';
import { rights } from '../../support/synth/world';

const ROLE = { roleName: 'QualysConnector', externalId: ExternalId.perAccount('40952281773650912864') };
const LIST = ConnectedAccounts.fromAccountIds(['222222222222', '012345678901'], ROLE);
const SOURCE = {
  Kind: 'LIST', AccountIds: ['222222222222', '012345678901'], RoleName: 'QualysConnector', RolePath: '/', ExternalId: '40952281773650912864', AppendsAccountId: 'true',
};

function synth(verifyAccessTo?: ConnectedAccounts[], stack = newStack('us-east-1')): Synth {
  register(stack, { verifyAccessTo });
  return new Synth(stack);
}

const variable = (result: Synth) => result.properties('EntryFunction').Environment.Variables[VERIFY_ACCESS_VARIABLE];

test('the accounts cross the wire, and stand in the environment by their hash: there is no room for lists', () => {
  const result = synth([LIST]);
  expect(result.properties('Entry').VerifyAccessTo).toEqual([SOURCE]);
  expect(variable(result)).toBe(hashed([SOURCE]));
});

test('what only the deployment knows stands there as it is', () => {
  const set = ConnectedAccounts.fromStackSet('roles', ROLE);
  const result = synth([set], newStack());
  expect(JSON.parse(variable(result))).toMatchObject([{ Kind: 'STACK_SET', StackSetName: 'roles', StackSetRegion: '${AWS::Region}', CallAs: 'DELEGATED_ADMIN' }]);
});

test('a thousand accounts take no more room', () => {
  const many = ConnectedAccounts.fromAccountIds(Array.from({ length: 1_000 }, (_, index) => String(100_000_000_000 + index)), { ...ROLE, externalId: ExternalId.perAccountHash('40952281773650912864') });
  expect(variable(synth([many]))).toMatch(/^sha256:[0-9a-f]{64}$/);
});

test('the names are those that roles have after all aspects', () => {
  const app = new App();
  const stack = new Stack(app, 'Security', { env: ADMINISTRATOR });
  const { accounts } = stackSetIn(stack);
  register(stack, { verifyAccessTo: [accounts] });
  Aspects.of(app).add(new NamePrefix('acme-'));
  const [entry] = Object.values<any>(Template.fromStack(stack).findResources('Custom::QualysBaseAccount'));
  const [source] = entry.Properties.VerifyAccessTo;
  expect(source).toMatchObject({ RoleName: 'acme-QualysConnector', StackSetName: 'qualys-connectors-QualysConnector-111111111111', StackSetRegion: 'eu-west-1' });
  const functions = Object.values<any>(Template.fromStack(stack).findResources('AWS::Lambda::Function'));
  expect(functions.map(({ Properties }) => Properties.Environment.Variables[VERIFY_ACCESS_VARIABLE]).filter(Boolean)).toEqual([hashed([source])]);
});

describe('rights', () => {
  const before = rights(synth().statements('EntryAccess'));
  const more = (verifyAccessTo: ConnectedAccounts[]) => rights(synth(verifyAccessTo).statements('EntryAccess')).filter((right) => !before.includes(right));

  test('none more for a list: roles are tried with the key of the user', () => {
    expect(more([LIST])).toEqual([]);
  });

  test('to list the instances of this one stack set, and the accounts of the organization', () => {
    expect(more([ConnectedAccounts.fromStackSet('roles', ROLE)])).toEqual([
      'Allow cloudformation:ListStackInstances arn:${AWS::Partition}:cloudformation:us-east-1:*:stackset/roles:*',
      'Allow cloudformation:ListStackSetOperations arn:${AWS::Partition}:cloudformation:us-east-1:*:stackset/roles:*',
      'Allow organizations:ListAccounts *',
      'Allow organizations:ListDelegatedAdministrators *',
    ]);
    expect(more([ConnectedAccounts.fromOrganizationalUnits(['ou-ab12-c3d4e5f6'], ROLE)])).toEqual(['Allow organizations:ListAccounts *']);
  });
});

test('the function has a quarter of an hour then, and CloudFormation waits for three of them at most', () => {
  const times = (result: Synth) => [result.properties('EntryFunction').Timeout, result.properties('Entry').ServiceTimeout];
  expect(times(synth())).toEqual([300, '1500']);
  expect(times(synth([LIST]))).toEqual([900, '3300']);
});

test('without it the template is as it was', () => {
  expect(JSON.stringify(synth().template.toJSON())).not.toMatch(/VerifyAccess|VERIFY_ACCESS/);
});

test('a base account hands it on', () => {
  const stack = newStack('us-east-1');
  new BaseAccount(stack, 'Base', { service: newService(stack), title: 'Central', roles: AssumableRoles.any(), verifyAccessTo: [LIST] });
  expect(new Synth(stack).properties('BaseRegistration').VerifyAccessTo).toEqual([SOURCE]);
});

describe('the registration waits for the roles', () => {
  const base = (stack: Stack, verifyAccessTo: ConnectedAccounts[]) => new BaseAccount(stack, 'Base', {
    service: newService(stack), title: 'Central', roles: AssumableRoles.any(), userName: 'qualys', verifyAccessTo,
  });
  const role = (stack: Stack, trust: TrustPrincipal) => new ConnectorRole(stack, 'Role', { ...ROLE, trust, permissions: ConnectorPermissions.assetInventory() });
  const needs = (stack: Stack) => new Synth(stack).needs('BaseRegistration');

  test('of a stack set in its own stack, and in another one that trusts its user', () => {
    const app = new App();
    const stack = new Stack(app, 'Security', { env: ADMINISTRATOR });
    base(stack, [stackSetIn(stack).accounts]);
    expect(needs(stack)).toContain('Set');

  });

  test('of a stack set in another stack, also where that one trusts the user', () => {
    const app = new App();
    const security = new Stack(app, 'Security', { env: ADMINISTRATOR });
    const roles = new Stack(app, 'Roles', { env: ADMINISTRATOR });
    const user = new BaseAccountUser(security, 'User', { roles: AssumableRoles.any(), userName: 'qualys' });
    const { accounts } = stackSetIn(roles, { trust: TrustPrincipal.ofUser(user) });
    new BaseAccountRegistration(security, 'Entry', { service: newService(security), title: 'Central', user, verifyAccessTo: [accounts] });
    app.synth();
    expect([security.dependencies, roles.dependencies]).toEqual([[roles], []]);
    expect(warningIds(security)).not.toContain('neededLater');
  });

  test('of listed accounts that the stage makes, or whose trust it edits', () => {
    const app = new App();
    const security = new Stack(app, 'Security', { env: ADMINISTRATOR });
    const production = new Stack(app, 'Production', { env: { account: '222222222222', region: 'us-east-1' } });
    const development = new Stack(app, 'Development', { env: { account: '012345678901', region: 'us-east-1' } });
    const stranger = new Stack(app, 'Stranger', { env: { account: '333333333333', region: 'us-east-1' } });
    const { user } = base(security, [LIST]);
    role(production, TrustPrincipal.ofUser(user));
    role(stranger, TrustPrincipal.ofUser(user));
    new ConnectorRoleTrust(development, 'Trust', { ...ROLE, trust: TrustPrincipal.ofUser(user) });
    app.synth();
    expect(security.dependencies.map(({ node }) => node.path).sort()).toEqual(['Development', 'Production']);
    // The order of user and role is a wish, which the need of the registration goes before.
    expect([production, development].map(({ dependencies }) => dependencies)).toEqual([[], []]);
    expect(stranger.dependencies).toEqual([security]);
  });

  test('in one stack, of the role by which one of them is found', () => {
    const stack = new Stack(new App(), 'Security', { env: { account: '222222222222', region: 'us-east-1' } });
    const { user } = base(stack, [LIST]);
    role(stack, TrustPrincipal.ofUser(user));
    expect(needs(stack)).toContain('Role');
  });
});

describe('bad input', () => {
  test.each<[unknown, string]>([
    [[], 'verifyAccessTo must be one or more ConnectedAccounts, got none'],
    [LIST, 'verifyAccessTo must be a list of ConnectedAccounts, got something else'],
    [['222222222222'], 'verifyAccessTo must be a list of ConnectedAccounts, got something else'],
    [[null], 'verifyAccessTo must be a list of ConnectedAccounts, got something else'],
    [[{ _source: {}, _contract: '2' }], 'verifyAccessTo must be ConnectedAccounts of this copy of cdk-qualys-connectors, got one of another version (contract 2 instead of 1): use one version of the package in the app'],
  ])('%j', (verifyAccessTo, message) => {
    expect(() => synth(verifyAccessTo as never)).toThrow(message);
  });

  test('one external ID for many accounts draws a warning', () => {
    const stack = newStack('us-east-1');
    register(stack, { verifyAccessTo: [ConnectedAccounts.fromAccountIds(['222222222222', '333333333333'], { ...ROLE, externalId: ExternalId.of('40952281773650912864') })] });
    expect(warningIds(stack)).toEqual(['sameExternalId']);
  });
});
