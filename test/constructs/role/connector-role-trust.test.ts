import { App, CfnParameter, RemovalPolicy, Stack, Stage } from 'aws-cdk-lib';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { roleTrust } from '../../../lambda/role-trust/role-trust';
import { ConnectorPermissions } from '../../../src/role/connector-permissions';
import { ConnectorRole } from '../../../src/role/connector-role';
import { ConnectorRoleTrust, ConnectorRoleTrustProps } from '../../../src/role/connector-role-trust';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { AccountType } from '../../../src/service/account-type';
import { ExternalId } from '../../../src/service/external-id';
import { connect } from '../../support/apps/connectors';
import { placed } from '../../support/synth/function-roles';
import { CONNECTED_ACCOUNT, deployed, PLACES, PLACES_OF_QUALYS, stackIn, trustPolicy } from '../../support/synth/policies';
import { plain, Synth } from '../../support/synth/synth';
import { warningIds, warningsOf } from '../../support/synth/warnings';
import { rights } from '../../support/synth/world';

const BASE_ACCOUNT = '111122223333';
const externalId = ExternalId.perAccount('8317265094418823');
const base = TrustPrincipal.baseAccount(BASE_ACCOUNT, { userName: 'qualys', organizationId: 'o-a1b2c3d4e5' });
const both = TrustPrincipal.anyOf(TrustPrincipal.qualysAccount(), base);

function trustIn(stack: Stack, props: Partial<ConnectorRoleTrustProps> = {}, id = 'Trust'): ConnectorRoleTrust {
  return new ConnectorRoleTrust(stack, id, { roleName: 'QualysCSPMReadOnlyRole', trust: both, externalId, ...props });
}

function synth(props: Partial<ConnectorRoleTrustProps> = {}): Synth {
  const stack = stackIn(PLACES[0]);
  trustIn(stack, props);
  return new Synth(stack);
}

const synthesis = (stack: Stack) => () => new Synth(stack);

test('makes these resources and no others', () => {
  expect(synth().names()).toEqual(['Trust', 'TrustAccess', 'TrustFunction', 'TrustFunctionExecution', 'TrustFunctionLogGroup', 'TrustFunctionRole']);
});

test('the resource has exactly the contract\'s properties', () => {
  const { Statements, ...properties } = synth({ formerAccountIds: ['999988887777', '805950163170'] }).properties('Trust');
  expect(properties).toEqual({
    ServiceToken: '${TrustFunction.Arn}',
    ServiceTimeout: '1500',
    SchemaVersion: '1',
    RoleArn: `arn:\${AWS::Partition}:iam::${CONNECTED_ACCOUNT}:role/QualysCSPMReadOnlyRole`,
    ExternalId: `8317265094418823${CONNECTED_ACCOUNT}`,
    FormerAccountIds: ['805950163170', '999988887777'],
    AdoptExisting: 'false',
    RecordName: '/cdk-qualys-connectors/role-trust/QualysCSPMReadOnlyRole',
  });
  expect(Statements).toHaveLength(2);
  expect(synth({ adoptExisting: true }).properties('Trust').AdoptExisting).toBe('true');
});

test.each(PLACES)('the statements are those of a connector role, and pass at the door, in $partition', (place) => {
  const former = PLACES_OF_QUALYS.includes(place) ? TrustPrincipal.qualysAccount({ accountId: '012345678901' }) : TrustPrincipal.baseAccount('012345678901');
  const trust = TrustPrincipal.anyOf(former, base);
  const role = stackIn(place);
  new ConnectorRole(role, 'Role', { trust, externalId, permissions: ConnectorPermissions.assetInventory() });
  const stack = stackIn(place);
  trustIn(stack, { trust, path: '/security/' });
  const { template } = new Synth(stack);
  const [{ Properties }] = Object.values(template.findResources('Custom::QualysRoleTrust')) as [{ Properties: Record<string, unknown> }];
  const sent = deployed({ ...Properties, ServiceToken: 'arn' }, template.toJSON(), place);
  const resource = roleTrust({} as Parameters<typeof roleTrust>[0]);
  const parsed = resource.parse(sent);
  expect(parsed.Statements).toEqual(trustPolicy(role, place).Statement);
  expect(resource.physicalId(parsed)).toBe(`qualys-role-trust:${CONNECTED_ACCOUNT}:QualysCSPMReadOnlyRole`);
});

test('the function may read and edit this role, write its record and look at its own stack, and nothing else', () => {
  const result = synth({ path: '/security/' });
  expect(rights(placed(result.statements('TrustAccess'), PLACES[0]))).toEqual(rights([
    {
      Action: ['iam:GetRole', 'iam:UpdateAssumeRolePolicy'],
      Effect: 'Allow',
      Resource: `arn:aws:iam::${CONNECTED_ACCOUNT}:role/security/QualysCSPMReadOnlyRole`,
    },
    {
      Action: ['ssm:GetParameter', 'ssm:PutParameter', 'ssm:DeleteParameter'],
      Effect: 'Allow',
      Resource: `arn:aws:ssm:us-east-1:${CONNECTED_ACCOUNT}:parameter/cdk-qualys-connectors/role-trust/QualysCSPMReadOnlyRole`,
    },
    { Action: 'cloudformation:DescribeStackResource', Effect: 'Allow', Resource: '${AWS::StackId}' },
  ]));
  expect(result.properties('TrustAccess').Roles).toEqual(['${TrustFunctionRole}']);
  expect(result.properties('TrustFunctionRole').Path).toBe('/cdk-qualys-connectors/');
  result.template.resourceCountIs('AWS::IAM::Policy', 0);
});

test('a tag that the role must have is a condition of the edit alone', () => {
  const result = synth({ path: '/security/', requiredTag: { key: 'qualys-trust', value: 'managed' } });
  expect(rights(placed(result.statements('TrustAccess'), PLACES[0])).filter((right) => right.includes('iam:'))).toEqual(rights([
    { Action: 'iam:GetRole', Effect: 'Allow', Resource: `arn:aws:iam::${CONNECTED_ACCOUNT}:role/security/QualysCSPMReadOnlyRole` },
    {
      Action: 'iam:UpdateAssumeRolePolicy',
      Effect: 'Allow',
      Resource: `arn:aws:iam::${CONNECTED_ACCOUNT}:role/security/QualysCSPMReadOnlyRole`,
      Condition: { StringEquals: { 'iam:ResourceTag/qualys-trust': 'managed' } },
    },
  ]));
  expect(result.properties('Trust')).toEqual(synth({ path: '/security/' }).properties('Trust')); // the function knows nothing of it
});

test.each([['', 'managed', 'key of requiredTag must be 1 to 128 characters long, got 0'], ['k'.repeat(129), 'managed', 'key of requiredTag must be 1 to 128 characters long, got 129'],
  ['key', 'v'.repeat(257), 'value of requiredTag must be 0 to 256 characters long, got 257']])('the tag %j: %j is none', (key, value, message) => {
  expect(() => synth({ requiredTag: { key, value } })).toThrow(message);
});

describe('in a GovCloud stack', () => {
  const app = new App();
  const trust = trustIn(new Stack(app, 'GovCloud', { env: { account: CONNECTED_ACCOUNT, region: 'us-gov-west-1' } }), { trust: base });
  const commercial = new Stack(app, 'Commercial', { env: { account: BASE_ACCOUNT, region: 'us-east-1' } });

  test('a connector of it in a commercial account is of the role\'s partition and account type', () => {
    connect(commercial, { role: trust });
    expect(new Synth(commercial).properties('Connector')).toMatchObject({
      RoleArn: `arn:aws-us-gov:iam::${CONNECTED_ACCOUNT}:role/QualysCSPMReadOnlyRole`, AccountType: 'US_GOVCLOUD', ExternalId: `8317265094418823${CONNECTED_ACCOUNT}`,
    });
  });

  test('and another account type is refused', () => {
    const other = new Stack(new App(), 'Commercial', { env: { account: BASE_ACCOUNT, region: 'us-east-1' } });
    const elsewhere = trustIn(new Stack(other.node.root as App, 'GovCloud', { env: { account: CONNECTED_ACCOUNT, region: 'us-gov-west-1' } }), { trust: base });
    expect(() => connect(other, { role: elsewhere, accountType: AccountType.GLOBAL }))
      .toThrow('accountType GLOBAL is for partition aws, but GovCloud/Trust is in region us-gov-west-1 (partition aws-us-gov): use AccountType.US_GOVCLOUD or a role in the other partition');
  });
});

test('the rights are replaced together with the role, so that those on the old one last until its trust is back', () => {
  expect(synth({ path: '/security/' }).properties('TrustAccess').Description)
    .toBe('Lets a function of cdk-qualys-connectors edit the trust of the role /security/QualysCSPMReadOnlyRole.');
});

test('everything that it needs to be deleted outlives it (fault 20)', () => {
  expect(synth().needs('Trust')).toEqual(['TrustAccess', 'TrustFunction', 'TrustFunctionExecution', 'TrustFunctionLogGroup', 'TrustFunctionRole']);
});

test.each<[RemovalPolicy | undefined, string]>([
  [undefined, 'Delete'],
  [RemovalPolicy.DESTROY, 'Delete'],
  [RemovalPolicy.RETAIN, 'Retain'],
  [RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE, 'RetainExceptOnCreate'],
])('removalPolicy %s', (removalPolicy, expected) => {
  expect(synth({ removalPolicy }).resource('Trust').DeletionPolicy).toBe(expected);
});

test('a change of trust changes the statements alone', () => {
  const [before, after] = [TrustPrincipal.qualysAccount(), both].map((trust) => synth({ trust }).template.toJSON());
  const rest = ({ Resources }: any) => {
    const { Statements, ...properties } = Object.values<any>(Resources).find(({ Type }) => Type === 'Custom::QualysRoleTrust').Properties;
    return [properties, Object.keys(Resources)];
  };
  expect(rest(after)).toEqual(rest(before));
});

test('the attributes are text that another account can read', () => {
  const app = new App();
  const trust = trustIn(stackIn(PLACES[0], 'Connected', app), { path: '/security/' });
  const other = stackIn({ ...PLACES[0]!, accountId: '333344445555' }, 'Connectors', app);
  expect(plain(other.resolve([trust.roleArn, trust.roleName, trust.externalId, trust.recordName]))).toEqual([
    `arn:\${AWS::Partition}:iam::${CONNECTED_ACCOUNT}:role/security/QualysCSPMReadOnlyRole`,
    'QualysCSPMReadOnlyRole',
    `8317265094418823${CONNECTED_ACCOUNT}`,
    '/cdk-qualys-connectors/role-trust/QualysCSPMReadOnlyRole',
  ]);
});

test('a record has a name that Parameter Store takes, another for each role', () => {
  const names = ['a+b', 'a=b', 'a,b', 'a.b', 'a@b', 'a-b', 'a_b'].map((roleName) => trustIn(stackIn(), { roleName }).recordName);
  expect(names.map((name) => name.split('/').pop())).toEqual(['a.2Bb', 'a.3Db', 'a.2Cb', 'a.b', 'a.40b', 'a-b', 'a_b']);
});

test('takes tokens', () => {
  const stack = stackIn();
  const text = new CfnParameter(stack, 'Text', { allowedPattern: '[A-Za-z0-9_]+' }).valueAsString;
  trustIn(stack, { roleName: text, path: text, externalId: ExternalId.of(text), formerAccountIds: [text] });
  expect(new Synth(stack).properties('Trust')).toMatchObject({ RecordName: '/cdk-qualys-connectors/role-trust/${Text}', FormerAccountIds: ['805950163170', '${Text}'] });
});

test.each<[Partial<ConnectorRoleTrustProps>, string]>([
  [{ roleName: '' }, 'roleName must be 1 to 64 characters long, got 0'],
  [{ roleName: 'security/Role' }, "roleName may only hold letters, digits and _ + = , . @ -, got 'security/Role'"],
  [{ path: 'security' }, "path must begin and end with '/', as in '/security/', got 'security'"],
  [{ path: '/*/' }, 'path may only hold'],
  [{ formerAccountIds: ['805950163170', '1'] }, 'formerAccountIds must be an AWS account ID, a string of 12 digits'],
])('refuses %j', (props, message) => {
  expect(() => trustIn(stackIn(), props)).toThrow(message);
});

test('statements that are longer than the usual quota draw a warning: AWS raises it on request', () => {
  const stack = stackIn(PLACES[0]);
  trustIn(stack, { trust: base, externalId: ExternalId.of('2'.repeat(1000)) }, 'Short');
  trustIn(stack, { trust: TrustPrincipal.anyOf(base, TrustPrincipal.baseAccount('444455556666')), externalId: ExternalId.of('2'.repeat(1000)), roleName: 'Other' }, 'Long');
  expect(warningsOf(stack)).toEqual([{
    construct: 'Stack/Long/Resource', id: 'cdk-qualys-connectors:trustPolicySize', text: expect.stringMatching(/^the trust policy has at least \d+ characters, but AWS allows 2048: /),
  }]);
});

describe('two on one role', () => {
  const app = () => new App();
  const other = { ...PLACES[0]!, region: 'eu-central-1' };

  test.each<[string, (scope: App) => void]>([
    ['in one stack', (scope) => { const stack = stackIn(undefined, 'A', scope); trustIn(stack); trustIn(stack, { roleName: 'qualyscspmreadonlyrole' }, 'Other'); }],
    ['in two regions of one account', (scope) => { trustIn(stackIn(PLACES[0], 'A', scope)); trustIn(stackIn(other, 'B', scope)); }],
    ['by one reference', (scope) => {
      const stack = stackIn(undefined, 'A', scope);
      const roleName = new CfnParameter(stack, 'Role', { allowedPattern: '[A-Za-z0-9_]+' }).valueAsString;
      trustIn(stack, { roleName });
      trustIn(stack, { roleName }, 'Other');
    }],
  ])('%s are refused', (_, build) => {
    expect(() => build(app())).toThrow(/^A\/Trust and [AB]\/(Other|Trust) both edit the trust of the role .*of one account: keep one of them/);
  });

  test.each<[string, (scope: App) => void]>([
    ['of two accounts', (scope) => { trustIn(stackIn(PLACES[0], 'A', scope)); trustIn(stackIn({ ...PLACES[0]!, accountId: '333344445555' }, 'B', scope)); }],
    ['of stacks whose accounts are not known', (scope) => { trustIn(stackIn(undefined, 'A', scope)); trustIn(stackIn(undefined, 'B', scope)); }],
    ['of two stages', (scope) => ['A', 'B'].forEach((id) => trustIn(new Stack(new Stage(scope, id), 'Stack', { env: { account: CONNECTED_ACCOUNT, region: 'us-east-1' } })))],
  ])('%s are two roles', (_, build) => {
    expect(() => build(app())).not.toThrow();
  });
});

describe('a role of the same app', () => {
  const connectorRole = (stack: Stack) => new ConnectorRole(stack, 'Role', { roleName: 'Connector', trust: both, externalId, permissions: ConnectorPermissions.assetInventory() });

  test('of a ConnectorRole is refused, by name and by reference, whichever comes first', () => {
    for (const byName of [() => 'Connector', ({ roleName }: ConnectorRole) => roleName, ({ role }: ConnectorRole) => role.roleName]) {
      const stack = stackIn(PLACES[0]);
      trustIn(stack, { roleName: byName(connectorRole(stack)) });
      expect(synthesis(stack)).toThrow("[Stack/Trust] the role is that of Stack/Role, a ConnectorRole of this app: change its 'trust' instead, and remove this construct");
    }
    const stack = stackIn(PLACES[0]);
    trustIn(stack, { roleName: 'Connector' });
    connectorRole(stack);
    expect(synthesis(stack)).toThrow('a ConnectorRole of this app');
  });

  test('of a ConnectorRole in another account is another role', () => {
    const app = new App();
    connectorRole(stackIn({ ...PLACES[0]!, accountId: '333344445555' }, 'Other', app));
    const stack = stackIn(PLACES[0], 'Stack', app);
    trustIn(stack, { roleName: 'Connector' });
    expect(synthesis(stack)).not.toThrow();
  });

  test('that is not the library\'s draws a warning', () => {
    const stack = stackIn(PLACES[0]);
    const role = new Role(stack, 'Role', { assumedBy: new AccountRootPrincipal() });
    trustIn(stack, { roleName: role.roleName, trust: base });
    expect(warningsOf(stack)).toEqual([{
      construct: 'Stack/Trust', id: 'cdk-qualys-connectors:trustOfOwnRole', text: expect.stringContaining('made by this app, at Stack/Role/Resource'),
    }]);
  });

  test('by another name is no matter', () => {
    const stack = stackIn(PLACES[0]);
    connectorRole(stack);
    trustIn(stack, { trust: base });
    expect(synthesis(stack)).not.toThrow();
    expect(warningIds(stack)).toEqual(['guessableExternalId']); // of the role, whose trust is the same before and after
  });
});

test('an external ID that can be guessed draws a warning where the Qualys account comes in', () => {
  const stack = stackIn(PLACES[0]);
  trustIn(stack, { externalId: ExternalId.of('legacy-id') });
  trustIn(stack, { externalId: ExternalId.of('legacy-id'), trust: base, roleName: 'Other' }, 'Other');
  expect(warningsOf(stack)).toEqual([{ construct: 'Stack/Trust', id: 'cdk-qualys-connectors:guessableExternalId', text: expect.stringContaining('has fewer than 16 characters') }]);
});
