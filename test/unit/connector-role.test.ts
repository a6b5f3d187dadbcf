import { Annotations as CdkAnnotations, App, CfnParameter, Duration, Lazy, PhysicalName, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { AccountPrincipal, CfnRole, ManagedPolicy, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { ConnectorPermissions } from '../../src/connector-permissions';
import { ConnectorRole, ConnectorRoleProps } from '../../src/connector-role';
import { ExternalId } from '../../src/external-id';
import { TrustPrincipal } from '../../src/trust-principal';
import { CONNECTED_ACCOUNT, PLACES, stackIn, trustPolicy } from '../support/policies';

const BASE_ACCOUNT = '111122223333';

function roleIn(stack: Stack, props: Partial<ConnectorRoleProps> = {}) {
  return new ConnectorRole(stack, 'Connector', {
    trust: TrustPrincipal.baseAccount(BASE_ACCOUNT, { userName: 'qualys' }),
    externalId: ExternalId.perAccount('8317265094418823'),
    permissions: ConnectorPermissions.assetInventory(),
    ...props,
  });
}

test('is a role and a policy, without function or asset, under names that stay', () => {
  const app = new App();
  const stack = stackIn(undefined, 'Stack', app);
  roleIn(stack);
  const types = Object.entries<{ Type: string }>(Template.fromStack(stack).toJSON().Resources).map(([id, { Type }]) => [id, Type]);
  expect(types).toEqual([
    ['ConnectorPermissionsC3024B8A', 'AWS::IAM::ManagedPolicy'],
    ['Connector9E12F122', 'AWS::IAM::Role'],
  ]);
  expect(app.synth().getStackByName('Stack').assets).toEqual([]);
});

test.each([...PLACES, undefined])('no partition stands in the template of a stack in %j', (place) => {
  const stack = stackIn(place);
  const trust = TrustPrincipal.both(TrustPrincipal.qualysAccount({ accountId: '012345678901' }), TrustPrincipal.baseAccount(BASE_ACCOUNT, { userName: 'qualys' }));
  roleIn(stack, { trust, permissions: ConnectorPermissions.securityPosture({ extended: true }) });
  expect(JSON.stringify(Template.fromStack(stack).toJSON())).not.toMatch(/arn:aws/);
});

test('no partition stands in the template where CDK would write it', () => {
  const stack = stackIn(PLACES[2], 'Stack', new App({ context: { '@aws-cdk/core:enablePartitionLiterals': true } }));
  roleIn(stack, { permissions: ConnectorPermissions.securityPosture() });
  expect(JSON.stringify(Template.fromStack(stack).toJSON())).not.toMatch(/arn:aws/);
});

test.each(PLACES)('trusts principals of the partition it is deployed to, here $partition', (place) => {
  const trust = TrustPrincipal.both(TrustPrincipal.qualysAccount({ accountId: '012345678901' }), TrustPrincipal.baseAccount(BASE_ACCOUNT, { userName: 'qualys' }));
  for (const known of [place, undefined]) {
    const stack = stackIn(known);
    roleIn(stack, { trust });
    const { Version, Statement } = trustPolicy(stack, place);
    expect(Version).toBe('2012-10-17');
    expect(Statement.map(({ Principal }) => Principal)).toEqual([
      { AWS: `arn:${place.partition}:iam::012345678901:root` },
      { AWS: `arn:${place.partition}:iam::${BASE_ACCOUNT}:root` },
    ]);
    expect(Statement.map(({ Condition }) => Condition?.StringEquals['sts:ExternalId'])).toEqual([`8317265094418823${CONNECTED_ACCOUNT}`, `8317265094418823${CONNECTED_ACCOUNT}`]);
    expect(Statement[1].Condition?.ArnEquals).toEqual({ 'aws:PrincipalArn': `arn:${place.partition}:iam::${BASE_ACCOUNT}:user/qualys` });
  }
});

test('every prop reaches the role', () => {
  const stack = stackIn(PLACES[0]);
  roleIn(stack, {
    roleName: 'QualysConnector',
    path: '/security/',
    permissionsBoundary: ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'Boundary'),
    maxSessionDuration: Duration.hours(4),
    description: 'For the audit.',
  });
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
    RoleName: 'QualysConnector',
    Path: '/security/',
    PermissionsBoundary: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::${CONNECTED_ACCOUNT}:policy/Boundary`]] },
    MaxSessionDuration: 14400,
    Description: 'For the audit.',
  });
});

test('what is not given is left to AWS', () => {
  const stack = stackIn();
  roleIn(stack);
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
    RoleName: Match.absent(),
    Path: Match.absent(),
    PermissionsBoundary: Match.absent(),
    MaxSessionDuration: Match.absent(),
    Description: 'Lets Qualys connectors read this account.',
  });
});

test('the attributes name the role and the external ID', () => {
  const stack = stackIn(PLACES[0]);
  const connector = roleIn(stack);
  expect(connector.externalId).toBe(`8317265094418823${CONNECTED_ACCOUNT}`);
  expect(stack.resolve([connector.roleArn, connector.roleName])).toEqual([{ 'Fn::GetAtt': ['Connector9E12F122', 'Arn'] }, { Ref: 'Connector9E12F122' }]);
  expect(connector.role).toBe(connector.node.defaultChild);
});

test('a role of a given name can be read from another account', () => {
  const app = new App();
  const connector = roleIn(stackIn(PLACES[0], 'Connected', app), { roleName: 'QualysConnector', path: '/security/' });
  const other = stackIn({ ...PLACES[0], accountId: '333344445555' }, 'Connectors', app);
  expect(other.resolve(connector.roleArn)).toEqual({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::${CONNECTED_ACCOUNT}:role/security/QualysConnector`]] });
});

test('a change of trust changes the trust policy alone', () => {
  const qualys = TrustPrincipal.qualysAccount();
  const base = TrustPrincipal.baseAccount(BASE_ACCOUNT, { userName: 'qualys' });
  const [before, between, after] = [qualys, TrustPrincipal.both(qualys, base), base].map((trust) => {
    const stack = stackIn(PLACES[0]);
    roleIn(stack, { trust });
    const template = Template.fromStack(stack).toJSON();
    const { Statement } = template.Resources.Connector9E12F122.Properties.AssumeRolePolicyDocument;
    delete template.Resources.Connector9E12F122.Properties.AssumeRolePolicyDocument;
    return { Statement, template };
  });
  expect(between.Statement).toEqual([...before.Statement, ...after.Statement]);
  expect([between.template, after.template]).toEqual([before.template, before.template]);
});

test.each<[Partial<ConnectorRoleProps>, string]>([
  [{ roleName: '' }, 'roleName must be 1 to 64 characters long, got 0'],
  [{ roleName: 'a'.repeat(65) }, 'roleName must be 1 to 64 characters long, got 65'],
  [{ roleName: 'a/b' }, "roleName may only hold letters, digits and _ + = , . @ -, got 'a/b'"],
  [{ path: 'security/' }, "path must begin and end with '/', as in '/security/', got 'security/'"],
  [{ path: `/${'a'.repeat(511)}/` }, 'path must be 1 to 512 characters long, got 513'],
  [{ description: '\u2603' }, "description may only hold printable characters of Latin-1, got '\u2603'"],
  [{ maxSessionDuration: Duration.minutes(59) }, 'maxSessionDuration is set to 3540, but must be >= 3600sec (1hr) and <= 43200sec (12hrs)'],
  [{ maxSessionDuration: Duration.hours(13) }, 'maxSessionDuration is set to 46800, but must be >= 3600sec (1hr) and <= 43200sec (12hrs)'],
])('refuses %j', (props, message) => {
  expect(() => roleIn(stackIn(), props)).toThrow(message);
});

test('takes tokens', () => {
  const stack = stackIn();
  const text = new CfnParameter(stack, 'Text').valueAsString;
  roleIn(stack, { roleName: text, path: text, description: text, externalId: ExternalId.of(text) });
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
    RoleName: { Ref: 'Text' },
    Path: { Ref: 'Text' },
    Description: { Ref: 'Text' },
    AssumeRolePolicyDocument: { Statement: [{ Condition: { StringEquals: { 'sts:ExternalId': { Ref: 'Text' } } } }] },
  });
  expect(() => roleIn(new Stack(new App(), 'Other'), { roleName: PhysicalName.GENERATE_IF_NEEDED })).not.toThrow();
});

describe('quotas (fault 59)', () => {
  const customer = (stack: Stack, count: number) => Array.from({ length: count }, (_, index) => ManagedPolicy.fromManagedPolicyName(stack, `P${index}`, `P${index}`));
  const synthesis = (stack: Stack) => () => Template.fromStack(stack);

  /** Length of the trust policy in the stack, deployed there. */
  const trustSize = (stack: Stack) => JSON.stringify(trustPolicy(stack, PLACES[0])).length;

  test('a trust policy has 2,048 characters at most', () => {
    const both = TrustPrincipal.both(TrustPrincipal.qualysAccount(), TrustPrincipal.baseAccount(BASE_ACCOUNT, { userName: 'qualys' }));
    const sized = (length: number) => {
      const stack = stackIn(PLACES[0]);
      roleIn(stack, { trust: both, externalId: ExternalId.of('a'.repeat(length)) });
      return stack;
    };
    const room = Math.floor((2048 - trustSize(sized(20))) / 2) + 20;
    expect(trustSize(sized(room))).toBeGreaterThan(2046);
    expect(synthesis(sized(room))).not.toThrow();
    expect(synthesis(sized(room + 1))).toThrow(/\[Stack\/Connector\] the trust policy has at least 20(49|50) characters, but AWS allows 2048: use a shorter externalId/);
  });

  test('the trust is counted as it is in the end', () => {
    const stack = stackIn();
    const { role } = roleIn(stack);
    role.assumeRolePolicy?.addStatements(...Array.from({ length: 20 }, (_, index) => new PolicyStatement({
      sid: `More${index}`, actions: ['sts:AssumeRole'], principals: [new AccountPrincipal(String(index).padStart(12, '0'))],
    })));
    expect(synthesis(stack)).toThrow('but AWS allows 2048');
  });

  test('permissions have 6,144 characters at most', () => {
    const stack = stackIn();
    const statements = [new PolicyStatement({ actions: ['s3:GetObject'], resources: ['a'.repeat(6100)] })];
    roleIn(stack, { permissions: ConnectorPermissions.custom({ statements }) });
    expect(synthesis(stack)).toThrow(/\[Stack\/Connector\/Permissions\] the policy has at least 6\d{3} characters, but AWS allows 6144: grant less/);
  });

  test.each<[string, () => unknown]>([
    ['a text', () => Lazy.string({ produce: () => 'a'.repeat(6200) })],
    ['a list', () => Lazy.list({ produce: () => ['a'.repeat(6200)] })],
    ['an object', () => Lazy.any({ produce: () => 'a'.repeat(6200) })],
    ['an object of a user\'s own', () => ({ creationStack: [], resolve: () => 'a'.repeat(6200), toString: () => 'own' })],
  ])('%s that is known late counts as what it is then', (_, late) => {
    const stack = stackIn();
    const statement = new PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] });
    statement.addCondition('StringEquals', { 'aws:PrincipalTag/x': late() });
    roleIn(stack, { permissions: ConnectorPermissions.custom({ statements: [statement] }) });
    expect(synthesis(stack)).toThrow('but AWS allows 6144');
  });

  test('all of the vendor\'s permissions fit', () => {
    const stack = stackIn();
    roleIn(stack, { permissions: ConnectorPermissions.securityPosture({ extended: true }) });
    expect(synthesis(stack)).not.toThrow();
  });

  test('a role has 10 managed policies at most, the one with the statements included', () => {
    const statements = [new PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] })];
    const ten = stackIn();
    roleIn(ten, { permissions: ConnectorPermissions.custom({ managedPolicies: customer(ten, 9), statements }) });
    expect(synthesis(ten)).not.toThrow();
    const eleven = stackIn();
    roleIn(eleven, { permissions: ConnectorPermissions.custom({ managedPolicies: customer(eleven, 10), statements }) });
    expect(synthesis(eleven)).toThrow('[Stack/Connector] the role has 11 managed policies, but AWS allows 10: join some of them');
  });

  test('policies that are attached later count', () => {
    const stack = stackIn();
    const { role } = roleIn(stack);
    customer(stack, 10).forEach((policy) => role.addManagedPolicy(policy));
    expect(synthesis(stack)).toThrow('the role has 11 managed policies, but AWS allows 10');
  });

  test('a policy that is attached twice counts once', () => {
    const stack = stackIn();
    const { role } = roleIn(stack);
    const [policy] = customer(stack, 1);
    Array.from({ length: 12 }).forEach(() => role.addManagedPolicy(policy!));
    expect(synthesis(stack)).not.toThrow();
  });

  test.each<[string, (arns: string[]) => string[]]>([
    ['as they are', (arns) => arns],
    ['known late', (arns) => Lazy.list({ produce: () => arns })],
    ['known very late', (arns) => Lazy.list({ produce: () => Lazy.list({ produce: () => arns }) })],
  ])('policies that are set on the resource count: %s', (__, list) => {
    const stack = stackIn();
    const { role } = roleIn(stack);
    (role.node.defaultChild as CfnRole).managedPolicyArns = list(customer(stack, 11).map((policy) => policy.managedPolicyArn));
    expect(synthesis(stack)).toThrow('the role has 11 managed policies, but AWS allows 10');
  });
});

describe('an external ID that can be guessed', () => {
  const ID = Match.stringLikeRegexp('fewer than 16 characters .*cdk-qualys-connectors:guessableExternalId');
  const qualys = TrustPrincipal.qualysAccount({ accountId: '012345678901' });
  const base = TrustPrincipal.baseAccount(BASE_ACCOUNT);
  const warnings = (trust: TrustPrincipal, externalId: ExternalId) => {
    const stack = stackIn();
    roleIn(stack, { trust, externalId });
    expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toHaveLength(Annotations.fromStack(stack).findWarning('/Stack/Connector', ID).length);
    return Annotations.fromStack(stack).findWarning('/Stack/Connector', ID).length;
  };

  test.each([qualys, TrustPrincipal.both(qualys, base)])('draws a warning where the Qualys account comes in', (trust) => {
    expect(warnings(trust, ExternalId.of('a'.repeat(15)))).toBe(1);
    expect(warnings(trust, ExternalId.perAccount('a'.repeat(15)))).toBe(1);
    expect(warnings(trust, ExternalId.of('a'.repeat(16)))).toBe(0);
    expect(warnings(trust, ExternalId.perAccount('a'.repeat(16)))).toBe(0);
  });

  test('is nothing to warn of where only the base account comes in', () => {
    expect(warnings(base, ExternalId.of('ab'))).toBe(0);
  });

  test('can be acknowledged', () => {
    const stack = stackIn();
    const role = roleIn(stack, { trust: qualys, externalId: ExternalId.of('legacy-id') });
    CdkAnnotations.of(role).acknowledgeWarning('cdk-qualys-connectors:guessableExternalId', 'the connector was made years ago');
    expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
  });
});

test('works where CDK is told to make no roles', () => {
  const stack = stackIn(PLACES[0]);
  Role.customizeRoles(stack, { usePrecreatedRoles: { 'Stack/Connector/Resource': 'QualysConnector' } });
  const connector = roleIn(stack);
  expect(connector.roleName).toBe('QualysConnector');
  Template.fromStack(stack).resourceCountIs('AWS::IAM::Role', 0);
});
