import { App, CfnParameter, NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import * as fc from 'fast-check';
import { AssumableRoles } from '../../src/assumable-roles';
import { BaseAccountUser, IBaseAccountUser } from '../../src/base-account-user';
import { ConnectorPermissions } from '../../src/connector-permissions';
import { ConnectorRole } from '../../src/connector-role';
import { ExternalId } from '../../src/external-id';
import { TrustPrincipal } from '../../src/trust-principal';
import { CONNECTED_ACCOUNT, Place, PLACES, stackIn, Statement, trustPolicy } from '../support/policies';

const BASE_ACCOUNT = '111122223333';
const EXTERNAL_ID = '83172650944188230571';

function roleIn(stack: Stack, trust: TrustPrincipal, id = 'Role') {
  return new ConnectorRole(stack, id, { trust, externalId: ExternalId.of(EXTERNAL_ID), permissions: ConnectorPermissions.assetInventory() });
}

function statementsOf(trust: TrustPrincipal, place: Place = PLACES[0], stack = stackIn(place)): readonly Statement[] {
  roleIn(stack, trust);
  return trustPolicy(stack, place).Statement;
}

/** The statement that is expected. */
function statement(sid: string, account: string, { partition } = PLACES[0], strings = {}, arn?: string) {
  return {
    Sid: sid,
    Effect: 'Allow',
    Principal: { AWS: `arn:${partition}:iam::${account}:root` },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'sts:ExternalId': EXTERNAL_ID, ...strings }, ...(arn ? { ArnEquals: { 'aws:PrincipalArn': arn } } : {}) },
  };
}

describe('qualysAccount', () => {
  test('is 805950163170 in partition aws', () => {
    expect(statementsOf(TrustPrincipal.qualysAccount())).toEqual([statement('QualysAccount', '805950163170')]);
  });

  test.each(PLACES)('is the given account in partition $partition', (place) => {
    expect(statementsOf(TrustPrincipal.qualysAccount({ accountId: '012345678901' }), place)).toEqual([statement('QualysAccount', '012345678901', place)]);
  });

  test.each(PLACES.slice(1))('must be given in partition $partition', (place) => {
    expect(() => statementsOf(TrustPrincipal.qualysAccount(), place))
      .toThrow(`accountId of TrustPrincipal.qualysAccount() is required in partition ${place.partition} (Stack/Role is in region ${place.region})`);
  });

  test('is looked up by the deployment when only it knows the partition', () => {
    const stack = stackIn();
    expect(statementsOf(TrustPrincipal.qualysAccount(), PLACES[0], stack)).toEqual([statement('QualysAccount', '805950163170')]);
    for (const place of PLACES.slice(1)) {
      expect(() => trustPolicy(stack, place)).toThrow(`mapping QualysAccounts has no ${place.partition}.AccountId: the deployment fails`);
    }
  });

  test('has one table for all roles of a stack', () => {
    const stack = stackIn();
    for (const id of ['A', 'B']) { roleIn(stack, TrustPrincipal.qualysAccount(), id); }
    expect(Template.fromStack(stack).toJSON().Mappings).toEqual({ QualysAccounts: { aws: { AccountId: '805950163170' } } });
  });

  test('needs no table when the region or the account is known', () => {
    const given = stackIn();
    roleIn(given, TrustPrincipal.qualysAccount({ accountId: '012345678901' }));
    const known = stackIn(PLACES[0]);
    roleIn(known, TrustPrincipal.qualysAccount());
    for (const stack of [given, known]) { expect(Template.fromStack(stack).toJSON().Mappings).toBeUndefined(); }
  });

  test('takes a token', () => {
    const stack = stackIn();
    roleIn(stack, TrustPrincipal.qualysAccount({ accountId: new CfnParameter(stack, 'Qualys').valueAsString }));
    const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role'));
    expect(Properties.AssumeRolePolicyDocument.Statement[0].Principal.AWS).toEqual({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'Qualys' }, ':root']] });
  });
});

describe('baseAccount', () => {
  test.each(PLACES)('is the account in partition $partition, by its user and organization', (place) => {
    const trust = TrustPrincipal.baseAccount(BASE_ACCOUNT, { userName: 'qualys', userPath: '/security/', organizationId: 'o-a1b2c3d4e5' });
    const expected = [statement('BaseAccount', BASE_ACCOUNT, place, { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' }, `arn:${place.partition}:iam::${BASE_ACCOUNT}:user/security/qualys`)];
    expect(statementsOf(trust, place)).toEqual(expected);
    expect(statementsOf(trust, place, stackIn())).toEqual(expected);
  });

  test('is all of the account without user and organization', () => {
    expect(statementsOf(TrustPrincipal.baseAccount(BASE_ACCOUNT))).toEqual([statement('BaseAccount', BASE_ACCOUNT)]);
  });

  test('has its user in the path / by default', () => {
    expect(statementsOf(TrustPrincipal.baseAccount(BASE_ACCOUNT, { userName: 'qualys' }))).toEqual([statement('BaseAccount', BASE_ACCOUNT, PLACES[0], {}, `arn:aws:iam::${BASE_ACCOUNT}:user/qualys`)]);
  });

  test('must not be the Qualys account (fault 55)', () => {
    expect(() => TrustPrincipal.baseAccount('805950163170')).toThrow('accountId of a base account must be an account of your own, got 805950163170, which is the Qualys account: use TrustPrincipal.qualysAccount()');
  });

  test.each([
    [{ userName: '' }, 'userName must be 1 to 64 characters long, got 0'],
    [{ userName: 'a'.repeat(65) }, 'userName must be 1 to 64 characters long, got 65'],
    [{ userName: 'a*' }, "userName may only hold letters, digits and _ + = , . @ -, got 'a*'"],
    [{ userName: 'a', userPath: 'security' }, "userPath must begin and end with '/', as in '/security/', got 'security'"],
    [{ userPath: '/security/' }, "userName must be given together with userPath, got userPath '/security/' alone"],
    [{ organizationId: 'o-*' }, "organizationId must be the ID of an AWS organization, 'o-' and 10 to 32 lower-case letters or digits, got 'o-*'"],
  ])('refuses %j', (options, message) => {
    expect(() => TrustPrincipal.baseAccount(BASE_ACCOUNT, options)).toThrow(message);
  });

  test('takes tokens', () => {
    const stack = stackIn();
    const [account, name, path, organization] = ['Account', 'Name', 'Path', 'Organization'].map((id) => new CfnParameter(stack, id).valueAsString);
    roleIn(stack, TrustPrincipal.baseAccount(account, { userName: name, userPath: path, organizationId: organization }));
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [{
          Principal: { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'Account' }, ':root']] } },
          Condition: {
            StringEquals: { 'sts:ExternalId': EXTERNAL_ID, 'aws:PrincipalOrgID': { Ref: 'Organization' } },
            ArnEquals: { 'aws:PrincipalArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'Account' }, ':user', { Ref: 'Path' }, { Ref: 'Name' }]] } },
          },
        }],
      },
    });
  });
});

describe('account IDs (fault 55)', () => {
  const takers = [(accountId: string) => TrustPrincipal.qualysAccount({ accountId }), (accountId: string) => TrustPrincipal.baseAccount(accountId)];

  test.each(['', '*', '11112222333', '1111222233334', '1111-2222-3333', 'arn:aws:iam::111122223333:root', '١١١١٢٢٢٢٣٣٣٣', ' 111122223333', '111122223333\n'])('%j is none', (accountId) => {
    for (const take of takers) { expect(() => take(accountId)).toThrow(/^accountId must be an AWS account ID, a string of 12 digits with its leading zeros, got /); }
  });

  test('are 12 digits and nothing else', () => {
    fc.assert(fc.property(fc.string({ maxLength: 16 }), (text) => {
      fc.pre(!/^\d{12}$/.test(text));
      for (const take of takers) { expect(() => take(text)).toThrow(/^accountId must be/); }
    }));
  });

  test('keep their leading zeros', () => {
    expect(statementsOf(TrustPrincipal.baseAccount('000000000012'))[0].Principal?.AWS).toBe('arn:aws:iam::000000000012:root');
  });
});

describe('both', () => {
  const qualys = TrustPrincipal.qualysAccount();
  const base = TrustPrincipal.baseAccount(BASE_ACCOUNT, { userName: 'qualys' });

  test('are the statements of the two, one after the other', () => {
    expect(statementsOf(TrustPrincipal.both(qualys, base))).toEqual([...statementsOf(qualys), ...statementsOf(base)]);
  });

  test('stay two statements where CDK joins what it can', () => {
    const app = new App({ context: { '@aws-cdk/aws-iam:minimizePolicies': true } });
    expect(statementsOf(TrustPrincipal.both(qualys, TrustPrincipal.baseAccount(BASE_ACCOUNT)), PLACES[0], stackIn(PLACES[0], 'Stack', app)).map(({ Sid }) => Sid))
      .toEqual(['QualysAccount', 'BaseAccount']);
  });

  test.each([
    [qualys, qualys, 'QualysAccount, QualysAccount'],
    [base, base, 'BaseAccount, BaseAccount'],
    [base, qualys, 'BaseAccount, QualysAccount'],
    [TrustPrincipal.both(qualys, base), base, 'QualysAccount, BaseAccount, BaseAccount'],
  ])('refuses what is not one of each', (first, second, kinds) => {
    expect(() => TrustPrincipal.both(first, second)).toThrow(`both() takes TrustPrincipal.qualysAccount() and then TrustPrincipal.baseAccount() or ofUser(), got ${kinds}`);
  });

  test('refuses one account for the two (fault 55)', () => {
    const same = TrustPrincipal.both(TrustPrincipal.qualysAccount({ accountId: BASE_ACCOUNT }), base);
    expect(() => statementsOf(same)).toThrow(`both() takes two different accounts, got ${BASE_ACCOUNT} for the Qualys account and for the base account`);
  });
});

describe('ofUser', () => {
  const security = (app: App, userName?: string, env?: { account: string; region: string }): IBaseAccountUser =>
    new BaseAccountUser(new Stack(app, 'Security', { env }), 'User', { roles: AssumableRoles.named('Qualys*'), userName, path: '/security/' });

  test('in the stack of the user follows the user', () => {
    const stack = stackIn();
    const user = new BaseAccountUser(stack, 'User', { roles: AssumableRoles.named('Qualys*') });
    const role = roleIn(stack, TrustPrincipal.ofUser(user));
    const { Condition, Principal } = stack.resolve(role.role.assumeRolePolicy).Statement[0];
    expect(Condition.ArnEquals).toEqual({ 'aws:PrincipalArn': stack.resolve(user.userArn) });
    expect(Principal.AWS).toEqual({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':root']] });
  });

  test.each([undefined, PLACES[0]])('in a nested stack follows the user, as the account is the same', (place) => {
    const stack = stackIn(place);
    const user = new BaseAccountUser(stack, 'User', { roles: AssumableRoles.named('Qualys*') });
    const nested = new NestedStack(stack, 'Nested');
    roleIn(nested, TrustPrincipal.ofUser(user));
    const [{ Properties }] = Object.values(Template.fromStack(nested).findResources('AWS::IAM::Role'));
    expect(Properties.AssumeRolePolicyDocument.Statement[0].Condition.ArnEquals['aws:PrincipalArn']).toEqual({ Ref: expect.stringMatching(/^reference/) });
  });

  test('in another stack of the account follows the user too', () => {
    const app = new App();
    const user = security(app, undefined, { account: CONNECTED_ACCOUNT, region: 'us-east-1' });
    const stack = stackIn(PLACES[0], 'Stack', app);
    roleIn(stack, TrustPrincipal.ofUser(user));
    const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role'));
    const [{ Condition, Principal }] = Properties.AssumeRolePolicyDocument.Statement;
    expect(Condition.ArnEquals['aws:PrincipalArn']).toEqual({ 'Fn::ImportValue': expect.stringContaining('Security:') });
    expect(Principal.AWS).toEqual({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::${CONNECTED_ACCOUNT}:root`]] });
  });

  test.each([PLACES[0], undefined])('from another account is its name in text, after the user\'s stack but with no reference to it', (place) => {
    const app = new App();
    const user = security(app, 'qualys', { account: BASE_ACCOUNT, region: 'us-east-1' });
    const stack = stackIn(place, 'Stack', app);
    expect(statementsOf(TrustPrincipal.ofUser(user), PLACES[0], stack))
      .toEqual([statement('BaseAccount', BASE_ACCOUNT, PLACES[0], {}, `arn:aws:iam::${BASE_ACCOUNT}:user/security/qualys`)]);
    expect(stack.dependencies.map((other) => other.node.id)).toEqual(['Security']);
    expect(Template.fromStack(Stack.of(user)).toJSON().Outputs).toBeUndefined();
  });

  test('from a stack that knows its account as little as the user\'s is the account of both', () => {
    const app = new App();
    const stack = stackIn(undefined, 'Stack', app);
    expect(statementsOf(TrustPrincipal.ofUser(security(app, 'qualys')), PLACES[0], stack))
      .toEqual([statement('BaseAccount', CONNECTED_ACCOUNT, PLACES[0], {}, `arn:aws:iam::${CONNECTED_ACCOUNT}:user/security/qualys`)]);
  });

  test('from another account needs a name', () => {
    const app = new App();
    const user = security(app, undefined, { account: BASE_ACCOUNT, region: 'us-east-1' });
    expect(() => roleIn(stackIn(PLACES[0], 'Stack', app), TrustPrincipal.ofUser(user)))
      .toThrow(`userName of the BaseAccountUser must be set, because Stack/Role trusts it from another account than ${BASE_ACCOUNT}`);
  });

  test('from what may be another account needs a name', () => {
    const app = new App();
    expect(() => roleIn(stackIn(undefined, 'Stack', app), TrustPrincipal.ofUser(security(app))))
      .toThrow('userName of the BaseAccountUser must be set, because Stack/Role trusts it from another stack whose account is not known');
  });

  test('from a known account needs to know the user\'s', () => {
    const app = new App();
    expect(() => roleIn(stackIn(PLACES[0], 'Stack', app), TrustPrincipal.ofUser(security(app, 'qualys'))))
      .toThrow(`the account of the BaseAccountUser must be known, because Stack/Role trusts it from account ${CONNECTED_ACCOUNT}: set env.account on the user's stack`);
  });

  test('that another app made is its name in text', () => {
    const stack = stackIn(PLACES[0]);
    const user = BaseAccountUser.fromBaseAccountUserAttributes(stack, 'User', {
      userName: 'qualys',
      userPath: '/security/',
      awsAccountId: BASE_ACCOUNT,
      accessKeySecret: Secret.fromSecretNameV2(stack, 'Secret', 'key'),
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    });
    expect(statementsOf(TrustPrincipal.ofUser(user), PLACES[0], stack))
      .toEqual([statement('BaseAccount', BASE_ACCOUNT, PLACES[0], {}, `arn:aws:iam::${BASE_ACCOUNT}:user/security/qualys`)]);
  });

  test('may be one of both', () => {
    const app = new App();
    const user = security(app, 'qualys', { account: BASE_ACCOUNT, region: 'us-east-1' });
    const trust = TrustPrincipal.both(TrustPrincipal.qualysAccount(), TrustPrincipal.ofUser(user));
    expect(statementsOf(trust, PLACES[0], stackIn(PLACES[0], 'Stack', app)).map(({ Sid }) => Sid)).toEqual(['QualysAccount', 'BaseAccount']);
  });
});
