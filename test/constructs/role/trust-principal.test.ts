import { App, CfnParameter } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as fc from 'fast-check';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { PLACES, PLACES_OF_QUALYS, stackIn, trustPolicy } from '../../support/synth/policies';
import { BASE_ACCOUNT, EXTERNAL_ID, roleIn, statement, statementsOf } from '../../support/synth/trust-statements';
import { warningIds } from '../../support/synth/warnings';

describe('qualysAccount', () => {
  test('is 805950163170 in partition aws', () => {
    expect(statementsOf(TrustPrincipal.qualysAccount())).toEqual([statement('QualysAccount', '805950163170')]);
  });

  test.each(PLACES_OF_QUALYS)('is the given account in partition $partition', (place) => {
    expect(statementsOf(TrustPrincipal.qualysAccount({ accountId: '012345678901' }), place)).toEqual([statement('QualysAccount', '012345678901', place)]);
  });

  test('is none in China, given or not, alone or beside a base account', () => {
    const china = PLACES[2];
    const message = 'Stack/Role is in region cn-north-1, and Qualys has no AWS account in China to trust: register a base account there first, and use TrustPrincipal.baseAccount() or ofUser()';
    const given = [TrustPrincipal.qualysAccount(), TrustPrincipal.qualysAccount({ accountId: '012345678901' })];
    const all = [...given, ...given.map((qualys) => TrustPrincipal.anyOf(TrustPrincipal.baseAccount(BASE_ACCOUNT), qualys))];
    for (const trust of all) expect(() => statementsOf(trust, china)).toThrow(message);
  });

  test.each(PLACES_OF_QUALYS.slice(1))('must be given in partition $partition', (place) => {
    expect(() => statementsOf(TrustPrincipal.qualysAccount(), place))
      .toThrow(`accountId of TrustPrincipal.qualysAccount() is required in partition ${place.partition} (Stack/Role is in region ${place.region})`);
  });

  test('is looked up by the deployment when only it knows the partition', () => {
    const stack = stackIn();
    expect(statementsOf(TrustPrincipal.qualysAccount(), PLACES[0], stack)).toEqual([statement('QualysAccount', '805950163170')]);
    for (const place of PLACES.slice(1)) expect(() => trustPolicy(stack, place)).toThrow(`mapping QualysAccounts has no ${place.partition}.AccountId: the deployment fails`);

  });

  test('has one table for all roles of a stack', () => {
    const stack = stackIn();
    for (const id of ['A', 'B']) roleIn(stack, TrustPrincipal.qualysAccount(), id);
    expect(Template.fromStack(stack).toJSON().Mappings).toEqual({ QualysAccounts: { aws: { AccountId: '805950163170' } } });
  });

  test('needs no table when the region or the account is known', () => {
    const given = stackIn();
    roleIn(given, TrustPrincipal.qualysAccount({ accountId: '012345678901' }));
    const known = stackIn(PLACES[0]);
    roleIn(known, TrustPrincipal.qualysAccount());
    for (const stack of [given, known]) expect(Template.fromStack(stack).toJSON().Mappings).toBeUndefined();
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
    for (const take of takers) expect(() => take(accountId)).toThrow(/^accountId must be an AWS account ID, a string of 12 digits with its leading zeros, got /);
  });

  test('are 12 digits and nothing else', () => {
    fc.assert(fc.property(fc.string({ maxLength: 16 }), (text) => {
      fc.pre(!/^\d{12}$/.test(text));
      for (const take of takers) expect(() => take(text)).toThrow(/^accountId must be/);
    }));
  });

  test('keep their leading zeros', () => {
    expect(statementsOf(TrustPrincipal.baseAccount('000000000012'))[0].Principal?.AWS).toBe('arn:aws:iam::000000000012:root');
  });
});

describe('anyOf', () => {
  const qualys = TrustPrincipal.qualysAccount();
  const base = TrustPrincipal.baseAccount(BASE_ACCOUNT, { userName: 'qualys' });
  const other = TrustPrincipal.baseAccount('444455556666', { userName: 'qualys' });
  const sids = (trust: TrustPrincipal) => statementsOf(trust).map(({ Sid, Principal }) => [Sid, Principal?.AWS.split(':')[4]]);

  test('are the statements of the two, whatever their order', () => {
    const both = [...statementsOf(qualys), ...statementsOf(base)];
    expect([statementsOf(TrustPrincipal.anyOf(qualys, base)), statementsOf(TrustPrincipal.anyOf(base, qualys))]).toEqual([both, both]);
  });

  test('further base accounts get numbered statements, in an order of their own', () => {
    const expected = [['QualysAccount', '805950163170'], ['BaseAccount', BASE_ACCOUNT], ['BaseAccount2', '444455556666']];
    expect(sids(TrustPrincipal.anyOf(other, base, qualys))).toEqual(expected);
    expect(sids(TrustPrincipal.anyOf(TrustPrincipal.anyOf(qualys, base), other))).toEqual(expected);
  });

  test('two users of one account are two statements, as two platforms need two users', () => {
    const second = TrustPrincipal.baseAccount(BASE_ACCOUNT, { userName: 'qualys-eu' });
    expect(statementsOf(TrustPrincipal.anyOf(second, base)).map(({ Sid, Condition }) => [Sid, Condition?.ArnEquals['aws:PrincipalArn']])).toEqual([
      ['BaseAccount', `arn:aws:iam::${BASE_ACCOUNT}:user/qualys`], ['BaseAccount2', `arn:aws:iam::${BASE_ACCOUNT}:user/qualys-eu`],
    ]);
  });

  test('of one is that one', () => {
    expect(statementsOf(TrustPrincipal.anyOf(base))).toEqual(statementsOf(base));
  });

  test('stay as many statements where CDK joins what it can', () => {
    const app = new App({ context: { '@aws-cdk/aws-iam:minimizePolicies': true } });
    const trust = TrustPrincipal.anyOf(qualys, TrustPrincipal.baseAccount(BASE_ACCOUNT), TrustPrincipal.baseAccount('444455556666'));
    expect(statementsOf(trust, PLACES[0], stackIn(PLACES[0], 'Stack', app)).map(({ Sid }) => Sid)).toEqual(['QualysAccount', 'BaseAccount', 'BaseAccount2']);
  });

  const twice = (first: string, second: string) => `anyOf() takes each account and user once, got ${first} and ${second}: leave one of them out`;
  const user = (name: string) => `the base account ${BASE_ACCOUNT} (user ${name})`;

  test.each<[string, TrustPrincipal[], string]>([
    ['nothing', [], 'anyOf() takes at least one TrustPrincipal, got none'],
    ['two Qualys accounts', [qualys, TrustPrincipal.qualysAccount({ accountId: '012345678901' })], 'anyOf() takes one Qualys account at most, got 2: a platform calls from one'],
    ['the same user twice', [base, base], twice(user('qualys'), user('qualys'))],
    ['one within another', [TrustPrincipal.anyOf(qualys, base), base], twice(user('qualys'), user('qualys'))],
    ['an account and its user', [base, TrustPrincipal.baseAccount(BASE_ACCOUNT)], twice(user('qualys'), `the base account ${BASE_ACCOUNT}`)],
    ['one account for the two (fault 55)', [TrustPrincipal.qualysAccount({ accountId: BASE_ACCOUNT }), base], twice(`the Qualys account ${BASE_ACCOUNT}`, user('qualys'))],
  ])('refuses %s', (_, principals, message) => {
    expect(() => statementsOf(TrustPrincipal.anyOf(...principals))).toThrow(message);
  });

  test('is limited in size over all', () => {
    const stack = stackIn(PLACES[0]);
    roleIn(stack, TrustPrincipal.anyOf(...Array.from({ length: 8 }, (_, index) => TrustPrincipal.baseAccount(BASE_ACCOUNT, { userName: `qualys-${index}` }))));
    expect(warningIds(stack)).toEqual(['trustPolicySize']);
    const fewer = stackIn(PLACES[0]);
    roleIn(fewer, TrustPrincipal.anyOf(...Array.from({ length: 5 }, (_, index) => TrustPrincipal.baseAccount(BASE_ACCOUNT, { userName: `qualys-${index}` }))));
    expect(warningIds(fewer)).toEqual([]);
  });
});
