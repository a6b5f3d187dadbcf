import { App, CfnParameter } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as fc from 'fast-check';
import { TrustPrincipal } from '../../src/role/trust-principal';
import { PLACES, stackIn, trustPolicy } from '../support/policies';
import { BASE_ACCOUNT, EXTERNAL_ID, roleIn, statement, statementsOf } from '../support/trust-statements';

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

describe('both', () => {
  const qualys = TrustPrincipal.qualysAccount();
  const base = TrustPrincipal.baseAccount(BASE_ACCOUNT, { userName: 'qualys' });

  test('are the statements of the two, one after the other', () => {
    expect(statementsOf(TrustPrincipal.anyOf(qualys, base))).toEqual([...statementsOf(qualys), ...statementsOf(base)]);
  });

  test('stay two statements where CDK joins what it can', () => {
    const app = new App({ context: { '@aws-cdk/aws-iam:minimizePolicies': true } });
    expect(statementsOf(TrustPrincipal.anyOf(qualys, TrustPrincipal.baseAccount(BASE_ACCOUNT)), PLACES[0], stackIn(PLACES[0], 'Stack', app)).map(({ Sid }) => Sid))
      .toEqual(['QualysAccount', 'BaseAccount']);
  });

  test.each([
    [qualys, qualys, 'QualysAccount, QualysAccount'],
    [base, base, 'BaseAccount, BaseAccount'],
    [base, qualys, 'BaseAccount, QualysAccount'],
    [TrustPrincipal.anyOf(qualys, base), base, 'QualysAccount, BaseAccount, BaseAccount'],
  ])('refuses what is not one of each', (first, second, kinds) => {
    expect(() => TrustPrincipal.anyOf(first, second)).toThrow(`both() takes TrustPrincipal.qualysAccount() and then TrustPrincipal.baseAccount() or ofUser(), got ${kinds}`);
  });

  test('refuses one account for the two (fault 55)', () => {
    const same = TrustPrincipal.anyOf(TrustPrincipal.qualysAccount({ accountId: BASE_ACCOUNT }), base);
    expect(() => statementsOf(same)).toThrow(`both() takes two different accounts, got ${BASE_ACCOUNT} for the Qualys account and for the base account`);
  });
});
