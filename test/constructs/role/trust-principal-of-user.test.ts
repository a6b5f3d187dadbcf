import { App, Aws, NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { BaseAccountUser } from '../../../src/base-account/base-account-user';
import { IBaseAccountUser } from '../../../src/base-account/base-account-user-attributes';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { CONNECTED_ACCOUNT, PLACES, stackIn } from '../../support/synth/policies';
import { plain } from '../../support/synth/synth';
import { BASE_ACCOUNT, roleIn, statement, statementsOf } from '../../support/synth/trust-statements';

describe('ofUser', () => {
  const security = (app: App, userName?: string, env?: { account: string; region: string }, path = '/security/'): IBaseAccountUser =>
    new BaseAccountUser(new Stack(app, 'Security', { env }), 'User', { roles: AssumableRoles.named('Qualys*'), userName, path });

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
    expect(plain(Condition.ArnEquals['aws:PrincipalArn'])).toBe('${from Security: FnGetAttUserArn}');
    expect(Principal.AWS).toEqual({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::${CONNECTED_ACCOUNT}:root`]] });
  });

  test.each([PLACES[0], undefined])('from another account is its name in text, after the user\'s stack but with no reference to it', (place) => {
    const app = new App();
    const user = security(app, 'qualys', { account: BASE_ACCOUNT, region: 'us-east-1' });
    const stack = stackIn(place, 'Stack', app);
    expect(statementsOf(TrustPrincipal.ofUser(user), PLACES[0], stack))
      .toEqual([statement('BaseAccount', BASE_ACCOUNT, PLACES[0], {}, `arn:aws:iam::${BASE_ACCOUNT}:user/security/qualys`)]);
    expect(stack.dependencies.map((other) => other.node.id)).toEqual(['Security']);
    expect(Object.keys(Template.fromStack(Stack.of(user)).toJSON().Outputs)).toEqual(['ConfirmCommand']);
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
      .toThrow(`userName and path of the BaseAccountUser must be set as text, because Stack/Role trusts it from another account than ${BASE_ACCOUNT}: `
        + 'a name that only CloudFormation knows, as one with pseudo parameters in it, cannot be read across accounts');
  });

  test.each<[string, string | undefined, string | undefined]>([
    ['the account in the name', `qualys-${Aws.ACCOUNT_ID}`, undefined], ['the region in it', `qualys-${Aws.REGION}`, undefined], ['the name of the stack', Aws.STACK_NAME, undefined],
    ['the name of the stack in the path', 'qualys', `/${Aws.STACK_NAME}/`], ['the region in the path', 'qualys', `/${Aws.REGION}/`],
  ])('from another account a name with pseudo parameters is none, as those of the role\'s stack would stand there: %s', (_, userName, path) => {
    const app = new App();
    const user = security(app, userName, { account: BASE_ACCOUNT, region: 'us-east-1' }, path);
    expect(() => roleIn(stackIn(PLACES[0], 'Stack', app), TrustPrincipal.ofUser(user))).toThrow('userName and path of the BaseAccountUser must be set as text');
  });

  test('from what may be another account needs a name', () => {
    const app = new App();
    expect(() => roleIn(stackIn(undefined, 'Stack', app), TrustPrincipal.ofUser(security(app))))
      .toThrow('userName and path of the BaseAccountUser must be set as text, because Stack/Role trusts it from another stack whose account is not known');
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
      accountId: BASE_ACCOUNT,
      accessKeySecret: Secret.fromSecretNameV2(stack, 'Secret', 'key'),
    });
    expect(statementsOf(TrustPrincipal.ofUser(user), PLACES[0], stack))
      .toEqual([statement('BaseAccount', BASE_ACCOUNT, PLACES[0], {}, `arn:aws:iam::${BASE_ACCOUNT}:user/security/qualys`)]);
  });

  test.each<[string, string | undefined]>([['named', 'qualys'], ['not named', undefined]])('of several, %s or not by the code, have one order, whatever order they are given in', (_, prefix) => {
    const trusts = (reversed: boolean) => {
      const app = new App();
      const stack = new Stack(app, 'Security', { env: { account: CONNECTED_ACCOUNT, region: 'us-east-1' } });
      const users = ['a', 'b', 'c'].map((id) => new BaseAccountUser(stack, id, { roles: AssumableRoles.named('*role'), userName: prefix && `${prefix}-${id}` }));
      const other = stackIn(PLACES[0], 'Stack', app);
      roleIn(other, TrustPrincipal.anyOf(...(reversed ? users.reverse() : users).map(TrustPrincipal.ofUser)));
      const [{ Properties }] = Object.values(Template.fromStack(other).findResources('AWS::IAM::Role'));
      return Properties.AssumeRolePolicyDocument.Statement;
    };
    expect(trusts(true)).toEqual(trusts(false));
    expect(trusts(true)).toHaveLength(3);
  });

  test('given twice is told, however it is given', () => {
    const app = new App();
    const user = security(app, 'qualys', { account: BASE_ACCOUNT, region: 'us-east-1' });
    const byName = TrustPrincipal.baseAccount(BASE_ACCOUNT, { userName: 'qualys', userPath: '/security/' });
    for (const [index, second] of [TrustPrincipal.ofUser(user), byName, TrustPrincipal.baseAccount(BASE_ACCOUNT)].entries()) {
      expect(() => roleIn(stackIn(PLACES[0], `Stack${index}`, app), TrustPrincipal.anyOf(TrustPrincipal.ofUser(user), second)))
        .toThrow(`anyOf() takes each account and user once, got the base account ${BASE_ACCOUNT} (user security/qualys) and the base account ${BASE_ACCOUNT}`);
    }
  });

  test('may be one of both', () => {
    const app = new App();
    const user = security(app, 'qualys', { account: BASE_ACCOUNT, region: 'us-east-1' });
    const trust = TrustPrincipal.anyOf(TrustPrincipal.qualysAccount(), TrustPrincipal.ofUser(user));
    expect(statementsOf(trust, PLACES[0], stackIn(PLACES[0], 'Stack', app)).map(({ Sid }) => Sid)).toEqual(['QualysAccount', 'BaseAccount']);
  });
});
