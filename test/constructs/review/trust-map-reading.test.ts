import { App, CfnParameter, CfnStackSet, Fn, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { AccountPrincipal, CfnRole, Role, ServicePrincipal, User } from 'aws-cdk-lib/aws-iam';
import { DeploymentType, StackSet, StackSetStack, StackSetTarget, StackSetTemplate } from 'cdk-stacksets';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { BaseAccountUser } from '../../../src/base-account/base-account-user';
import { QualysAccountLookup } from '../../../src/connector/qualys-account-lookup';
import { TrustMap } from '../../../src/review/trust-map';
import { ConnectorPermissions } from '../../../src/role/connector-permissions';
import { ConnectorRole } from '../../../src/role/connector-role';
import { ConnectorRoleTrust } from '../../../src/role/connector-role-trust';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { ExternalId } from '../../../src/service/external-id';
import { EXTERNAL_ID, HERE, mapOf, mapOfTrust, QUALYS_ROOT, statement } from '../../support/review/assemblies';
import { newService } from '../../support/synth/synth';

/* Where trust stands in an assembly, and what refers to what. */

const BASE = '111111111111';
const region = 'us-east-1';
const externalId = ExternalId.of(EXTERNAL_ID);
const permissions = ConnectorPermissions.assetInventory();
const base = TrustPrincipal.baseAccount(BASE, { userName: 'qualys' });
const byBase = `Base account ${BASE}, user qualys, with external ID ${EXTERNAL_ID}`;

const role = (scope: Stack, trust: TrustPrincipal, roleName: string | undefined = 'QualysConnector', id = ExternalId.of(EXTERNAL_ID)) => (
  new ConnectorRole(scope, 'Role', { roleName, trust, externalId: id, permissions }));
const stackIn = (app: App | Stage, account: string, id = 'Stack') => new Stack(app, id, { env: { account, region } });
const callersIn = (app: App | Stage, name = 'QualysConnector') => TrustMap.fromStage(app).callersOf(name);

test('a stage, a stack, and any construct of theirs lead to the same map', () => {
  const app = new App();
  const stage = new Stage(app, 'Stage');
  const made = role(stackIn(stage, HERE), base);
  expect(TrustMap.fromStage(made).callersOf('QualysConnector')).toEqual([byBase]);
  expect(callersIn(stage)).toEqual([byBase]);
  expect(callersIn(app)).toEqual([byBase]);
});

test('two stages with stacks of one name are told apart', () => {
  const app = new App();
  role(stackIn(new Stage(app, 'One'), HERE), base);
  role(stackIn(new Stage(app, 'Two'), '333344445555'), TrustPrincipal.qualysAccount());
  expect(callersIn(app)).toEqual([`${byBase} (in ${HERE})`, `Qualys account 805950163170, with external ID ${EXTERNAL_ID} (in 333344445555)`]);
});

test('the external ID of each account is one text, also where the account ends like the prefix', () => {
  const app = new App();
  for (const account of ['333333333333', '222222222222']) role(stackIn(app, account, `S${account}`), base, 'QualysConnector', ExternalId.perAccount('8317265094418823'));
  const map = TrustMap.fromStage(app);
  expect(map.callersOf('QualysConnector')).toEqual([`Base account ${BASE}, user qualys, with external ID 8317265094418823‹account›`]);
  expect(map.toMarkdown()).toContain('2 roles, 2 accounts');
});

test('a role in the base account shows its caller by number', () => {
  const app = new App();
  const stack = stackIn(app, BASE);
  const user = new BaseAccountUser(stack, 'User', { userName: 'qualys', roles: AssumableRoles.named('QualysConnector') });
  role(stack, TrustPrincipal.ofUser(user), 'QualysConnector', ExternalId.perAccount('8317265094418823'));
  expect(callersIn(app)).toEqual([`Base account ${BASE}, user qualys, with external ID 8317265094418823‹account›`]);
});

test.each(['strong', 'weak'])('a user of another stack is named, by %s references too', (strength) => {
  const app = new App({ context: strength === 'weak' ? { '@aws-cdk/core:defaultCrossStackReferences': 'weak' } : {} });
  const [users, roles] = [stackIn(app, HERE, 'Users'), stackIn(app, HERE, 'Roles')];
  const user = new User(users, 'Plain');
  new Role(roles, 'Role', { roleName: 'QualysConnector', assumedBy: user, externalIds: [EXTERNAL_ID] });
  // A user that CloudFormation names is called by its construct.
  expect(callersIn(app)).toEqual([`Account ${HERE}, user \${Plain}, with external ID ${EXTERNAL_ID}`]);
});

test('an agnostic stack says what only the deployment knows', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const user = new BaseAccountUser(stack, 'User', { roles: AssumableRoles.any() });
  role(stack, TrustPrincipal.ofUser(user));
  expect(callersIn(app)).toEqual([`Base account ‹account›, user \${User}, with external ID ${EXTERNAL_ID}`]);
});

test('a Qualys account by mapping, by look-up and by default', () => {
  const app = new App();
  const stack = new Stack(app, 'Agnostic');
  role(stack, TrustPrincipal.qualysAccount());
  expect(callersIn(app)).toEqual([`Qualys account 805950163170, with external ID ${EXTERNAL_ID}`]);
  const looking = new App();
  const lookup = new QualysAccountLookup(stackIn(looking, HERE), 'Lookup', { service: newService(looking.node.findChild('Stack') as Stack) });
  role(looking.node.findChild('Stack') as Stack, TrustPrincipal.qualysAccount({ accountId: lookup.accountId }));
  expect(callersIn(looking)).toEqual([`Qualys account ‹looked up›, with external ID ${EXTERNAL_ID}`]);
});

test('a nested stack, with parameters that its parent gives', () => {
  const app = new App();
  const nested = new NestedStack(stackIn(app, HERE), 'Nested', { parameters: { Trusted: BASE } });
  const trusted = new CfnParameter(nested, 'Trusted');
  new CfnRole(nested, 'Role', {
    roleName: 'QualysConnector',
    assumeRolePolicyDocument: { Statement: [statement({ Principal: { AWS: Fn.sub('arn:${AWS::Partition}:iam::${Trusted}:root') } })] },
  });
  expect(callersIn(app)).toEqual([`Account ${trusted && BASE}, with external ID ${EXTERNAL_ID}`]);
});

test('a stack set by asset: its accounts in words, its partition that of the parent', () => {
  const app = new App();
  const admin = stackIn(app, BASE);
  const member = new StackSetStack(admin, 'Member');
  role(member, base, 'QualysConnector', ExternalId.perAccount('8317265094418823'));
  new StackSet(admin, 'Roles', {
    template: StackSetTemplate.fromStackSetStack(member),
    deploymentType: DeploymentType.serviceManaged(),
    target: StackSetTarget.fromOrganizationalUnits({ regions: [region], organizationalUnits: ['ou-a1b2-c3d4e5f6'] }),
  });
  const map = TrustMap.fromStage(app);
  expect(map.callersOf('QualysConnector')).toEqual([`Base account ${BASE}, user qualys, with external ID 8317265094418823‹account›`]);
  expect(map.toMarkdown()).toMatch(/^1 role in every account of ou-a1b2-c3d4e5f6: it trusts the base account\.$/m);
});

describe('a stack set with its template inline', () => {
  const body = {
    Parameters: { Mode: { Type: 'String', Default: 'base' }, Id: { Type: 'String' }, Accounts: { Type: 'CommaDelimitedList', Default: `${BASE},${HERE}` } },
    Conditions: { Base: { 'Fn::Equals': [{ Ref: 'Mode' }, 'base'] } },
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: 'QualysConnector',
          AssumeRolePolicyDocument: {
            Statement: [statement({
              Principal: { AWS: { 'Fn::If': ['Base', { 'Fn::Select': [0, { Ref: 'Accounts' }] }, QUALYS_ROOT] } }, Condition: { StringEquals: { 'sts:ExternalId': { 'Fn::Sub': '${Id}${AWS::AccountId}' } } },
            })],
          },
        },
      },
    },
  };
  const given = (targets: object, more: object = {}, pairs: object[] = [{ parameterKey: 'Id', parameterValue: '8317265094418823' }]) => {
    const app = new App();
    const stack = stackIn(app, BASE);
    new CfnStackSet(stack, 'Set', {
      stackSetName: 'roles',
      permissionModel: 'SERVICE_MANAGED',
      templateBody: stack.toJsonString(body),
      parameters: pairs as never,
      stackInstancesGroup: [{ regions: [region], deploymentTargets: targets, ...more }],
    });
    return TrustMap.fromStage(app);
  };

  test('parameters that it gives, or their defaults, decide', () => {
    const units = { organizationalUnitIds: ['ou-a1b2-c3d4e5f6'] };
    expect(given(units).callersOf('QualysConnector')).toEqual([`Account ${BASE}, with external ID 8317265094418823‹account›`]);
    const other = given(units, {}, [{ parameterKey: 'Id', parameterValue: 'x' }, { parameterKey: 'Mode', parameterValue: 'qualys' }]);
    expect(other.callersOf('QualysConnector')).toEqual(['Qualys account 805950163170, with external ID x‹account›']);
  });

  test('one that differs between its stacks is open', () => {
    const map = given({ organizationalUnitIds: ['ou-a1b2-c3d4e5f6'] }, { parameterOverrides: [{ parameterKey: 'Mode', parameterValue: 'qualys' }] });
    expect(map.callersOf('QualysConnector')).toEqual([
      `Account ${BASE}, with external ID 8317265094418823‹account›, if Base`, 'Qualys account 805950163170, with external ID 8317265094418823‹account›, unless Base',
    ]);
  });

  test.each<[object, string]>([
    [{ accounts: [HERE, '333344445555'] }, '2 accounts'],
    [{ organizationalUnitIds: ['ou-b', 'ou-a'] }, 'every account of ou-a, ou-b'],
    [{ organizationalUnitIds: ['ou-a'], accounts: [HERE], accountFilterType: 'DIFFERENCE' }, `every account of ou-a but ${HERE}`],
    [{ organizationalUnitIds: ['ou-a'], accounts: [HERE], accountFilterType: 'INTERSECTION' }, `of ${HERE} those in ou-a`],
    [{ organizationalUnitIds: ['ou-a'], accounts: [HERE], accountFilterType: 'UNION' }, '1 account and in every account of ou-a'],
    [{ accountsUrl: 's3://bucket/accounts' }, 'the accounts listed at s3://bucket/accounts'],
  ])('its accounts: %j', (targets, words) => {
    expect(given(targets).toMarkdown().split('\n')[2]!.replace('&#58;', ':')).toContain(`in ${words}:`);
  });
});

test('a role that is edited here is one of another template', () => {
  const app = new App();
  new ConnectorRoleTrust(stackIn(app, HERE), 'Trust', { roleName: 'legacy', path: '/security/', trust: base, externalId });
  expect(callersIn(app, 'legacy')).toEqual([byBase]);
  expect(TrustMap.fromStage(app).toMarkdown()).toContain('| `legacy`<br/>trust edited here |');
});

test('roles that services and their own account assume are counted, and not shown', () => {
  const app = new App();
  const stack = stackIn(app, HERE);
  new Role(stack, 'Function', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  new Role(stack, 'Own', { assumedBy: new AccountPrincipal(HERE) });
  const map = TrustMap.fromStage(app);
  expect(map.toMarkdown()).toBe('# Trust map\n\nNo role that anybody outside its account may assume.\n\n0 roles · 0 accounts · 0 callers · 0 long-lived keys · 0 to look at\n\n'
    + 'Read from 1 template with 2 roles. Services, or callers of their own account alone, assume 2 of them; these are left out.\n');
  expect(() => map.callersOf('x')).toThrow('roleName \'x\' is no role in this map: it holds none');
});

test('what is not read is named', () => {
  const map = mapOf({
    Stack: {
      template: {
        Transform: 'AWS::LanguageExtensions',
        Resources: {
          Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://example.com/t.json' } },
          Set: { Type: 'AWS::CloudFormation::StackSet', Properties: { TemplateURL: 'https://example.com/t.json' } },
          Yaml: { Type: 'AWS::CloudFormation::StackSet', Properties: { TemplateBody: 'Resources: {}' } },
        },
      },
    },
  });
  expect(map.toMarkdown().split('\n').at(-2)).toBe('Read from 1 template with 0 roles. '
    + 'Not read: Stack.template.json is changed by a transform when it is deployed; what that makes is not read. '
    + 'Not read: Stack.template.json: the template of the nested stack Nested is not in the cloud assembly. '
    + 'Not read: Stack.template.json: the template of the stack set Set is not in the cloud assembly. '
    + 'Not read: Stack.template.json: the template of the stack set Yaml is no JSON.');
});

test('a template that refers to itself in a circle comes to an end', () => {
  const circle = mapOfTrust({ Statement: statement({ Principal: { AWS: { Ref: 'A' } } }) }, {
    Resources: { A: { Type: 'AWS::IAM::User', Properties: { UserName: { Ref: 'B' } } }, B: { Type: 'AWS::IAM::User', Properties: { UserName: { Ref: 'A' } } } },
  });
  expect(circle.callersOf('QualysConnector')).toEqual([`Whoever \${A} is, with external ID ${EXTERNAL_ID}`]);
});

test('a template of more than a megabyte is read', () => {
  const Resources = Object.fromEntries(Array.from({ length: 450 }, (_, index) => [`Role${index}`, {
    Type: 'AWS::IAM::Role', Properties: { RoleName: `role-${index}`, Description: 'x'.repeat(2500), AssumeRolePolicyDocument: { Statement: [statement()] } },
  }]));
  expect(mapOf({ Big: { template: { Resources } } }).callersOf('role-449')).toEqual([`Qualys account 805950163170, with external ID ${EXTERNAL_ID}`]);
});

test('a role that is made only under a condition is shown with it', () => {
  const map = mapOfTrust({ Statement: statement() }, {
    Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, 'x'] } },
    Parameters: { P: { Type: 'String' } },
    Resources: { Other: { Type: 'AWS::IAM::Role', Condition: 'C', Properties: { RoleName: 'other', AssumeRolePolicyDocument: { Statement: [statement()] } } } },
  });
  expect(map.callersOf('other')).toEqual([`Qualys account 805950163170, with external ID ${EXTERNAL_ID}, if C`]);
});

test('a role that is not there is named, with those that are', () => {
  const map = mapOfTrust({ Statement: statement() });
  expect(() => map.callersOf('Qualys')).toThrow(new Error('roleName \'Qualys\' is no role in this map: it holds QualysConnector'));
  expect(() => map.callersOf(Fn.ref('X'))).toThrow('roleName must be a plain text, got a token');
});
