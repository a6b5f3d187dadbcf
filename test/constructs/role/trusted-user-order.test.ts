import { App, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { BaseAccount } from '../../../src/base-account/base-account';
import { BaseAccountUser } from '../../../src/base-account/base-account-user';
import { letWait } from '../../../src/private/stack-order';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { connect, newRole } from '../../support/apps/connectors';
import { PRODUCTION, SECURITY, baseAccount, order } from '../../support/synth/stack-order';
import { Synth } from '../../support/synth/synth';

describe('the user before a role that trusts it', () => {
  const trusting = (stack: Stack, user: BaseAccount['user'], roleName?: string) => newRole(stack, { roleName, trust: TrustPrincipal.ofUser(user) });

  test('across accounts: base account, roles, connectors', () => {
    const app = new App();
    const connectors = new Stack(app, 'Connectors', { env: SECURITY });
    const production = new Stack(app, 'Production', { env: PRODUCTION });
    const security = new Stack(app, 'Security', { env: SECURITY });
    connect(connectors, { role: trusting(production, baseAccount(security).user, 'QualysConnector') });
    expect(order(app)).toEqual({ Security: [], Production: ['Security'], Connectors: ['Production', 'Security'] });
  });

  test('also by both() and from a nested stack', () => {
    const app = new App();
    const security = new Stack(app, 'Security', { env: SECURITY });
    const production = new Stack(app, 'Production', { env: PRODUCTION });
    newRole(new NestedStack(production, 'Nested'), { trust: TrustPrincipal.anyOf(TrustPrincipal.qualysAccount(), TrustPrincipal.ofUser(baseAccount(security).user)) });
    expect(order(app)).toEqual({ Security: [], Production: ['Security'] });
  });

  test('in one stack and across stages there is none', () => {
    const app = new App();
    const security = new Stack(app, 'Security', { env: SECURITY });
    const { user } = baseAccount(security);
    trusting(security, user);
    trusting(new Stack(new Stage(app, 'Stage'), 'Production', { env: PRODUCTION }), user);
    expect(order(app)).toEqual({ Security: [] });
  });

  test('an imported user is waited for by nobody', () => {
    const app = new App();
    const security = new Stack(app, 'Security', { env: SECURITY });
    const user = BaseAccountUser.fromBaseAccountUserAttributes(security, 'User', {
      userName: 'base', accessKeySecret: Secret.fromSecretNameV2(security, 'KeySecret', 'base-key'),
    });
    newRole(new Stack(app, 'Production', { env: PRODUCTION }), { trust: TrustPrincipal.ofUser(user) });
    expect(order(app)).toMatchObject({ Production: [] });
  });

  test('a connector in the base account\'s own stack: the role of the other account comes before both', () => {
    const app = new App();
    const security = new Stack(app, 'Security', { env: SECURITY });
    const production = new Stack(app, 'Production', { env: PRODUCTION });
    connect(security, { role: trusting(production, baseAccount(security).user, 'QualysConnector') });
    expect(order(app)).toEqual({ Production: [], Security: ['Production'] });
    expect(new Synth(security).needs('Connector')).toContain('BaseAccountRegistration');
  });

  test('also where the user\'s stack waits for the connector\'s stack', () => {
    const app = new App();
    const security = new Stack(app, 'Security', { env: SECURITY });
    const production = new Stack(app, 'Production', { env: PRODUCTION });
    const connectors = new Stack(app, 'Connectors', { env: SECURITY });
    const user = new BaseAccountUser(security, 'User', { userName: 'base', roles: AssumableRoles.named('QualysConnector') });
    connect(connectors, { role: trusting(production, user, 'QualysConnector') });
    letWait(security, connectors);
    expect(order(app)).toEqual({ Production: [], Connectors: ['Production'], Security: ['Connectors'] });
  });

  test('also where no account is known', () => {
    const app = new App();
    const [security, roles] = [new Stack(app, 'Security'), new Stack(app, 'Roles')];
    connect(security, { role: trusting(roles, baseAccount(security).user) });
    expect(order(app)).toEqual({ Roles: [], Security: ['Roles'] });
  });

  test('within an account, where the user\'s name is known as text', () => {
    const app = new App();
    const security = new Stack(app, 'Security', { env: SECURITY });
    const roles = new Stack(app, 'Roles', { env: SECURITY });
    connect(security, { role: trusting(roles, baseAccount(security).user) });
    expect(order(app)).toEqual({ Roles: [], Security: ['Roles'] });
  });

  test.each([undefined, 'QualysConnector'])('within an account that cannot be where only CloudFormation knows the name, and the error says what to do (role %s)', (roleName) => {
    const app = new App();
    const security = new Stack(app, 'Security', { env: SECURITY });
    const roles = new Stack(app, 'Roles', { env: SECURITY });
    const user = new BaseAccountUser(security, 'User', { roles: AssumableRoles.named('QualysConnector') });
    connect(security, { role: trusting(roles, user, roleName) });
    expect(() => app.synth()).toThrow('Roles/Role trusts the user Security/User, whose name only CloudFormation knows, while the user\'s stack Security reads from Roles or connects a role of it: '
      + 'each of the two stacks would have to be deployed before the other. Set userName (and path) of the BaseAccountUser as text');
  });
});
