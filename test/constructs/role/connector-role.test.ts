import { App, CfnParameter, Duration, PhysicalName, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ManagedPolicy, Role } from 'aws-cdk-lib/aws-iam';
import { ConnectorPermissions } from '../../../src/role/connector-permissions';
import { ConnectorRoleProps } from '../../../src/role/connector-role-props';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { ExternalId } from '../../../src/service/external-id';
import { BASE_ACCOUNT, roleIn } from '../../support/apps/connector-roles';
import { placed } from '../../support/synth/function-roles';
import { CONNECTED_ACCOUNT, Place, PLACES, stackIn, trustPolicy } from '../../support/synth/policies';
import { Synth } from '../../support/synth/synth';
import { warningsOf } from '../../support/synth/warnings';

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

/** In China Qualys has no account, so that two base accounts stand there for both. */
function bothIn(place?: Place): TrustPrincipal {
  const base = TrustPrincipal.baseAccount(BASE_ACCOUNT, { userName: 'qualys' });
  return TrustPrincipal.anyOf(place?.partition === 'aws-cn' ? TrustPrincipal.baseAccount('012345678901') : TrustPrincipal.qualysAccount({ accountId: '012345678901' }), base);
}

test.each([...PLACES, undefined])('no partition stands in the template of a stack in %j', (place) => {
  const stack = stackIn(place);
  const trust = bothIn(place);
  roleIn(stack, { trust, permissions: ConnectorPermissions.securityPosture({ extended: true }) });
  expect(JSON.stringify(Template.fromStack(stack).toJSON())).not.toMatch(/arn:aws/);
});

test('no partition stands in the template where CDK would write it', () => {
  const stack = stackIn(PLACES[2], 'Stack', new App({ context: { '@aws-cdk/core:enablePartitionLiterals': true } }));
  roleIn(stack, { permissions: ConnectorPermissions.securityPosture() });
  expect(JSON.stringify(Template.fromStack(stack).toJSON())).not.toMatch(/arn:aws/);
});

test.each(PLACES)('trusts principals of the partition it is deployed to, here $partition', (place) => {
  const trust = bothIn(place);
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
  expect(placed(new Synth(stack).properties('Connector'), PLACES[0])).toMatchObject({
    RoleName: 'QualysConnector',
    Path: '/security/',
    PermissionsBoundary: `arn:aws:iam::${CONNECTED_ACCOUNT}:policy/Boundary`,
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
  expect(connector.node.defaultChild === connector.role.node.defaultChild).toBe(true); // the resource, as aspects and overrides want it
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
  const [before, between, after] = [qualys, TrustPrincipal.anyOf(qualys, base), base].map((trust) => {
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

describe('an external ID that can be guessed', () => {
  const qualys = TrustPrincipal.qualysAccount({ accountId: '012345678901' });
  const base = TrustPrincipal.baseAccount(BASE_ACCOUNT);
  const warnings = (trust: TrustPrincipal, externalId: ExternalId) => {
    const stack = stackIn(PLACES[0]);
    roleIn(stack, { trust, externalId });
    return warningsOf(stack);
  };
  const warned = (why: string) => [{ construct: 'Stack/Connector', id: 'cdk-qualys-connectors:guessableExternalId', text: expect.stringContaining(`the external ID ${why}. `) }];

  test.each([qualys, TrustPrincipal.anyOf(qualys, base)])('draws a warning where the Qualys account comes in, that says why', (trust) => {
    expect(warnings(trust, ExternalId.of('legacy-id'))).toEqual(warned('has fewer than 16 characters of its own'));
    expect(warnings(trust, ExternalId.of('40952281773650912864'))).toEqual([]);
    expect(warnings(trust, ExternalId.perAccount('40952281773650912864')))
      .toEqual(warned('is a prefix and the account ID, so that who reads one role knows the external ID of every account'));
    expect(warnings(trust, ExternalId.perAccountHash('40952281773650912864'))).toEqual([]);
  });

  test('is nothing to warn of where only the base account comes in', () => {
    expect(warnings(base, ExternalId.of('ab'))).toEqual([]);
    expect(warnings(base, ExternalId.perAccount('8317265094418823'))).toEqual([]);
  });
});

test('works where CDK is told to make no roles', () => {
  const stack = stackIn(PLACES[0]);
  Role.customizeRoles(stack, { usePrecreatedRoles: { 'Stack/Connector/Resource': 'QualysConnector' } });
  const connector = roleIn(stack);
  expect(connector.roleName).toBe('QualysConnector');
  Template.fromStack(stack).resourceCountIs('AWS::IAM::Role', 0);
});
