import { readFileSync } from 'node:fs';
import { App, Aspects, Stack, Stage, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { PermissionsBoundary } from 'aws-cdk-lib/aws-iam';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { BaseAccountUser } from '../../../src/base-account/base-account-user';
import { ConnectorFleet } from '../../../src/fleet/connector-fleet';
import { ConnectorPermissions } from '../../../src/role/connector-permissions';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { ExternalId } from '../../../src/service/external-id';
import { NameOverride, NamePrefix } from '../../support/apps/name-prefix';
import { ADMINISTRATOR, administratorStack, BASE, bodyOf, fileOf, memberRole, propertiesOf, QUALYS, stackSetIn, UNIT } from '../../support/apps/stack-sets';
import { ANY_ROLE, mayAssume } from '../../support/assume-role';
import { difference } from '../../support/synth/difference';
import { CONNECTED_ACCOUNT, PLACES, PLACES_OF_QUALYS } from '../../support/synth/policies';
import { newService } from '../../support/synth/synth';

const BOTH = TrustPrincipal.anyOf(QUALYS, BASE);
const PERMISSIONS: [string, ConnectorPermissions][] = [
  ['inventory', ConnectorPermissions.assetInventory()],
  ['posture', ConnectorPermissions.securityPosture()],
  ['extended posture', ConnectorPermissions.securityPosture({ extended: true })],
];
const TRUSTS: [string, TrustPrincipal][] = [['the Qualys account', QUALYS], ['the base account', BASE], ['both', BOTH]];

test('is one resource, whose operations go on in all accounts at once', () => {
  const stack = administratorStack();
  const set = stackSetIn(stack, { excludeAccounts: ['444444444444', '333333333333'] });
  const { TemplateBody, ...properties } = propertiesOf(stack);
  expect(properties).toEqual({
    StackSetName: 'qualys-connectors-QualysConnector-111111111111',
    Description: 'The role with which Qualys connectors read an account. Trusts: the base account 111111111111 (user qualys-base-account)',
    PermissionModel: 'SERVICE_MANAGED',
    CallAs: 'DELEGATED_ADMIN',
    Capabilities: ['CAPABILITY_NAMED_IAM'],
    AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false },
    ManagedExecution: { Active: true },
    OperationPreferences: { MaxConcurrentPercentage: 100, ConcurrencyMode: 'SOFT_FAILURE_TOLERANCE', FailureTolerancePercentage: 20 },
    StackInstancesGroup: [{
      DeploymentTargets: { OrganizationalUnitIds: [UNIT], AccountFilterType: 'DIFFERENCE', Accounts: ['333333333333', '444444444444'] },
      Regions: ['eu-west-1'],
    }],
  });
  expect(TemplateBody).toBe(JSON.stringify(JSON.parse(fileOf(set))));
  expect(Object.keys(Template.fromStack(stack).toJSON().Resources)).toEqual(['Set5432AD3D']);
  expect(stack.resolve(set.stackSetName)).toBe('qualys-connectors-QualysConnector-111111111111');
});

test('what is given reaches the stack set', () => {
  const stack = administratorStack();
  stackSetIn(stack, { organizationalUnits: ['r-ab12'], delegatedAdministrator: false, failureTolerancePercentage: 0, stackSetName: 'Connectors', region: 'us-east-1' });
  expect(propertiesOf(stack)).toMatchObject({
    StackSetName: 'Connectors',
    CallAs: 'SELF',
    OperationPreferences: { FailureTolerancePercentage: 0 },
    StackInstancesGroup: [{ DeploymentTargets: { OrganizationalUnitIds: ['r-ab12'] }, Regions: ['us-east-1'] }],
  });
  expect(propertiesOf(stack).StackInstancesGroup[0].DeploymentTargets).not.toHaveProperty('AccountFilterType');
});

test('another order of units and accounts is no change', () => {
  const [one, other] = [false, true].map((turned) => {
    const stack = administratorStack();
    const turn = (list: string[]) => turned ? list.reverse() : list;
    stackSetIn(stack, { organizationalUnits: turn([UNIT, 'ou-ab12-00000000']), excludeAccounts: turn(['444444444444', '333333333333']) });
    return Template.fromStack(stack).toJSON();
  });
  expect(other).toEqual(one);
});

test('the name does not hang on the place of the construct, and takes any name of a role', () => {
  const names = ['Set', 'Elsewhere'].map((id) => {
    const stack = administratorStack();
    stackSetIn(stack, { roleName: 'Qualys_Connector+1' }, id);
    return propertiesOf(stack).StackSetName;
  });
  expect(new Set(names)).toEqual(new Set(['qualys-connectors-Qualys-Connector-1-111111111111']));
});

describe.each(PERMISSIONS)('the template of the members with %s', (_, permissions) => {
  test.each(TRUSTS)('that trust %s has two resources, no asset, parameter or rule, and 2,500 bytes at most', (_trust, trust) => {
    const stack = administratorStack();
    stackSetIn(stack, { permissions, trust });
    const { Resources, ...rest } = JSON.parse(bodyOf(stack));
    expect(Object.values<any>(Resources).map(({ Type }) => Type).sort()).toEqual(['AWS::IAM::ManagedPolicy', 'AWS::IAM::Role']);
    expect(Object.keys(rest).filter((section) => section !== 'Mappings')).toEqual([]);
    expect(Buffer.byteLength(bodyOf(stack))).toBeLessThanOrEqual(2_500);
  });
});

test('the template is the same wherever the set stands, with what the CLI switches on, and for any number of units', () => {
  const context = { 'aws:cdk:enable-path-metadata': true, 'aws:cdk:version-reporting': true, 'aws:cdk:enable-asset-metadata': true };
  const flags = JSON.parse(readFileSync(require.resolve('aws-cdk-lib/recommended-feature-flags.json'), 'utf8'));
  const stacks = [
    administratorStack(new App()),
    administratorStack(new App({ context })),
    new Stack(new App({ context }), 'Agnostic'),
    new Stack(new Stage(new App({ context }), 'Production', { env: ADMINISTRATOR }), 'Roles'),
    new Stack(new Stage(new App({ context }), 'Production', { env: { account: '999999999999', region: 'us-east-1' } }), 'Elsewhere'),
  ];
  const bodies = stacks.map((stack, index) => {
    stackSetIn(stack, { trust: BOTH, ...index === 1 ? { organizationalUnits: Array.from({ length: 50 }, (_, unit) => `ou-ab12-${String(unit).padStart(8, '0')}`) } : {} }, `Set${index}`);
    return bodyOf(stack);
  });
  expect(new Set(bodies).size).toBe(1);
  const flagged = [new App({ context: { ...context, ...flags } }), new Stage(new App({ context: { ...context, ...flags } }), 'Production', { env: ADMINISTRATOR })].map((scope) => {
    const stack = new Stack(scope, 'Roles');
    stackSetIn(stack, { trust: BOTH });
    return bodyOf(stack);
  });
  expect(new Set(flagged).size).toBe(1);
});

test.each(PLACES)('the role that an account of $partition gets lets in the base account\'s user with the account\'s own external ID, and no one else', async (place) => {
  const stack = administratorStack();
  stackSetIn(stack);
  const { AssumeRolePolicyDocument, RoleName } = memberRole(bodyOf(stack), place);
  expect(RoleName).toBe('QualysConnector');
  const call = { place, callerAccount: ADMINISTRATOR.account, callerUser: 'qualys-base-account', externalId: `40952281773650912864${CONNECTED_ACCOUNT}` };
  const may = (change: object) => mayAssume({ ...call, ...change }, ANY_ROLE, AssumeRolePolicyDocument);
  expect(await may({})).toBe(true);
  expect(await Promise.all([{ externalId: `40952281773650912864${ADMINISTRATOR.account}` }, { externalId: undefined }, { callerUser: 'another' }, { callerAccount: '999999999999' }].map(may)))
    .toEqual([false, false, false, false]);
});

test('the Qualys account is that of the partition that an account is in, and in another one the deployment fails', () => {
  const stack = new Stack(new App(), 'Agnostic');
  stackSetIn(stack, { trust: QUALYS });
  expect(memberRole(bodyOf(stack), PLACES_OF_QUALYS[0]!).AssumeRolePolicyDocument.Statement[0]!.Principal).toEqual({ AWS: 'arn:aws:iam::805950163170:root' });
  expect(() => memberRole(bodyOf(stack), PLACES_OF_QUALYS[1]!)).toThrow();
});

describe('a switch of trust', () => {
  const templateOf = (trust: TrustPrincipal) => {
    const stack = administratorStack();
    stackSetIn(stack, { trust });
    return Template.fromStack(stack).toJSON();
  };

  test('shows in the description whom the role trusts: the difference is that and the body', () => {
    const changes = difference(templateOf(QUALYS), templateOf(BOTH));
    expect(Object.keys(changes).sort()).toEqual(['Resources.Set5432AD3D.Properties.Description', 'Resources.Set5432AD3D.Properties.TemplateBody']);
    expect(changes['Resources.Set5432AD3D.Properties.Description']).toEqual([
      'The role with which Qualys connectors read an account. Trusts: the Qualys account',
      'The role with which Qualys connectors read an account. Trusts: the Qualys account and the base account 111111111111 (user qualys-base-account)',
    ]);
  });

  test('edits the role in place: all else of the members\' template stays', () => {
    const bodies = [QUALYS, BOTH].map((trust) => JSON.parse(templateOf(trust).Resources.Set5432AD3D.Properties.TemplateBody));
    expect(Object.keys(difference(bodies[0], bodies[1]))).toEqual(['Resources.ConnectorRole66C77A94.Properties.AssumeRolePolicyDocument.Statement.1']);
  });

  test.each<[TrustPrincipal, string]>([
    [TrustPrincipal.qualysAccount({ accountId: '012345678901' }), 'the Qualys account 012345678901'],
    [TrustPrincipal.baseAccount('111111111111'), 'the base account 111111111111'],
    [TrustPrincipal.anyOf(BASE, TrustPrincipal.baseAccount('222222222222', { userName: 'other', userPath: '/security/' }), QUALYS),
      'the Qualys account, the base account 111111111111 (user qualys-base-account) and the base account 222222222222 (user security/other)'],
  ])('names each of several callers', (trust, words) => {
    expect(templateOf(trust).Resources.Set5432AD3D.Properties.Description).toBe(`The role with which Qualys connectors read an account. Trusts: ${words}`);
  });

  test('many callers are cut at the 1,024 characters that AWS takes', () => {
    const users = Array.from({ length: 40 }, (_, index) => TrustPrincipal.baseAccount('111111111111', { userName: `qualys-base-account-${index}` }));
    expect(templateOf(TrustPrincipal.anyOf(...users)).Resources.Set5432AD3D.Properties.Description).toHaveLength(1_024);
  });
});

describe('a user by reference', () => {
  function withUser(props = {}) {
    const app = new App();
    const security = new Stack(app, 'Security', { env: ADMINISTRATOR });
    const user = new BaseAccountUser(security, 'User', { roles: AssumableRoles.any(), userName: 'qualys', ...props });
    return { app, security, user };
  }

  test('stands in the template as text, in the user\'s own stack and in another', () => {
    for (const own of [true, false]) {
      const { app, security, user } = withUser();
      const stack = own ? security : new Stack(app, 'Roles', { env: { account: '222222222222', region: 'eu-west-1' } });
      stackSetIn(stack, { trust: TrustPrincipal.ofUser(user) });
      expect(memberRole(bodyOf(stack), PLACES[0]!).AssumeRolePolicyDocument.Statement[0]!.Condition?.ArnEquals).toEqual({ 'aws:PrincipalArn': 'arn:aws:iam::111111111111:user/qualys' });
      expect(propertiesOf(stack).Description).toContain('(user qualys)');
    }
  });

  test('has the name that aspects give it, in the template and in the description', () => {
    const { app, security, user } = withUser();
    Aspects.of(app).add(new NameOverride('acme-', '/acme/'));
    stackSetIn(security, { trust: TrustPrincipal.ofUser(user) });
    const { RoleName, Path, AssumeRolePolicyDocument } = memberRole(bodyOf(security), PLACES[0]!);
    expect([RoleName, Path]).toEqual(['acme-QualysConnector', '/acme/']);
    expect(AssumeRolePolicyDocument.Statement[0]!.Condition?.ArnEquals).toEqual({ 'aws:PrincipalArn': 'arn:aws:iam::111111111111:user/acme/acme-qualys' });
    expect(propertiesOf(security).Description).toContain('(user acme/acme-qualys)');
  });

  test('is made before the roles: the stack around the set waits for that of the user', () => {
    const { app, security, user } = withUser();
    const stack = new Stack(app, 'Roles', { env: ADMINISTRATOR });
    const set = stackSetIn(stack, { trust: TrustPrincipal.ofUser(user) });
    app.synth();
    expect(stack.dependencies).toEqual([security]);
    expect(Stack.of(set.connectorRole).dependencies).toEqual([]);
  });
});

test('tags, prefixes of names and boundaries of aspects reach the role', () => {
  const app = new App();
  const stack = administratorStack(app);
  stackSetIn(stack);
  Tags.of(app).add('owner', 'security');
  Aspects.of(app).add(new NamePrefix('acme-'));
  PermissionsBoundary.of(app).apply({ managedPolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' } as never);
  const { RoleName, Tags: tags, PermissionsBoundary: boundary } = memberRole(bodyOf(stack), PLACES[0]!);
  expect({ RoleName, tags, boundary }).toEqual({ RoleName: 'acme-QualysConnector', tags: [{ Key: 'owner', Value: 'security' }], boundary: 'arn:aws:iam::aws:policy/ReadOnlyAccess' });
});

test('a boundary by name is the policy of that name in each account', () => {
  const stack = administratorStack();
  stackSetIn(stack, { permissionsBoundaryName: 'security/Boundary', path: '/security/' });
  for (const place of PLACES) expect(memberRole(bodyOf(stack), place)).toMatchObject({ PermissionsBoundary: `arn:${place.partition}:iam::${CONNECTED_ACCOUNT}:policy/security/Boundary`, Path: '/security/' });

});

test('the app has one stack, and what waits for the set waits for the stack set', () => {
  const app = new App();
  const stack = administratorStack(app);
  const set = stackSetIn(stack);
  const later = stackSetIn(stack, { roleName: 'Another' }, 'Later');
  later.node.addDependency(set);
  const other = new Stack(app, 'Other', { env: ADMINISTRATOR });
  const third = stackSetIn(other, { roleName: 'Third' });
  third.node.addDependency(set);
  const assembly = app.synth();
  expect(assembly.stacksRecursively.map(({ id }) => id).sort()).toEqual(['Other', 'Roles']);
  expect(Object.values<any>(Template.fromStack(stack).toJSON().Resources).map(({ DependsOn }) => DependsOn)).toEqual([undefined, ['Set5432AD3D']]);
  expect(other.dependencies).toEqual([stack]);
});

test('an external ID that an account gets is made of the prefix and its own ID, never of the administrator\'s', () => {
  const stack = new Stack(new Stage(new App(), 'Production', { env: ADMINISTRATOR }), 'Roles');
  stackSetIn(stack, { externalId: ExternalId.perAccount('73190284655110493827') });
  expect(bodyOf(stack)).not.toContain(`73190284655110493827${ADMINISTRATOR.account}`);
  expect(memberRole(bodyOf(stack), PLACES[0]!).AssumeRolePolicyDocument.Statement[0]!.Condition?.StringEquals).toEqual({ 'sts:ExternalId': `73190284655110493827${CONNECTED_ACCOUNT}` });
});

describe('its accounts, for whatever reads them', () => {
  test('are those of the stack set, with the role as it is after all aspects', () => {
    const app = new App();
    const stack = administratorStack(app);
    const set = stackSetIn(stack, { excludeAccounts: ['444444444444'], region: 'us-east-1' });
    Aspects.of(app).add(new NameOverride('acme-', '/acme/'));
    app.synth();
    expect(stack.resolve(set.accounts._properties(stack))).toEqual({
      Kind: 'STACK_SET',
      StackSetName: 'qualys-connectors-QualysConnector-111111111111',
      StackSetRegion: 'eu-west-1', // where the set is, and not where the members' stacks are
      CallAs: 'DELEGATED_ADMIN',
      ExcludedAccounts: ['444444444444'],
      RoleName: 'acme-QualysConnector',
      RolePath: '/acme/',
      ExternalId: '40952281773650912864',
      AppendsAccountId: 'true',
    });
    expect(set.accounts._source.modules).toEqual(['AI', 'CI', 'CSA']);
    expect(set.accounts._source.needs).toEqual([set]);
  });

  test('do not change with the trust: a switch asks a fleet for nothing, and costs no call of the service', () => {
    const fleetOf = (trust: TrustPrincipal) => {
      const app = new App();
      const stack = new Stack(app, 'Connectors', { env: ADMINISTRATOR });
      new ConnectorFleet(stack, 'Fleet', { service: newService(stack), accounts: [stackSetIn(administratorStack(app), { trust }).accounts] });
      return Template.fromStack(stack).toJSON();
    };
    expect(fleetOf(BOTH)).toEqual(fleetOf(QUALYS));
  });

  test('are read by the management account as its own', () => {
    const stack = administratorStack();
    const { accounts } = stackSetIn(stack, { delegatedAdministrator: false });
    expect(accounts._properties(stack)).toMatchObject({ CallAs: 'SELF' });
  });
});
