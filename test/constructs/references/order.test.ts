import { App, Stack } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { BaseAccountRegistration } from '../../../src/base-account/base-account-registration';
import { BaseAccountUser } from '../../../src/base-account/base-account-user';
import { KeyRotation } from '../../../src/base-account/key-rotation';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { connect, newRole } from '../../support/apps/connectors';
import { order, SECURITY } from '../../support/synth/stack-order';
import { newService } from '../../support/synth/synth';
import { appWithoutFlags, WEAK } from '../../support/synth/world';

/*
 * The order of stacks is that of what needs what, whatever kind the references between them are. That the user comes before the roles which trust it
 * is a wish: a reference the other way wins. CloudFormation deletes stacks in the reverse order.
 */
const MODES: ReadonlyArray<[string, () => App]> = [['weak', () => new App({ context: WEAK })], ['strong', () => appWithoutFlags()]];

const stacksIn = (app: App) => (id: string) => new Stack(app, id, { env: SECURITY });

function userIn(stack: Stack, isNamed: boolean): BaseAccountUser {
  return new BaseAccountUser(stack, 'User', { roles: AssumableRoles.named('QualysConnector'), ...isNamed && { userName: 'qualys' } });
}

describe.each(MODES)('with %s references', (_, app) => {
  test.each([true, false])('user, entry, role and connector come one after the other (named in code: %s)', (isNamed) => {
    const root = app();
    const stack = stacksIn(root);
    const [connectors, roles, entries, users] = ['Connectors', 'Roles', 'Entries', 'Users'].map(stack) as [Stack, Stack, Stack, Stack];
    const user = userIn(users, isNamed);
    new BaseAccountRegistration(entries, 'Entry', { service: newService(entries), title: 'Central Security', user, rotation: KeyRotation.disabled() });
    const role = newRole(roles, { trust: TrustPrincipal.ofUser(user), ...isNamed && { roleName: 'QualysConnector' } });
    connect(connectors, { role });
    expect(order(root)).toEqual({ Users: [], Entries: ['Users'], Roles: ['Users'], Connectors: ['Entries', 'Roles'] });
  });

  test('the user\'s stack that reads the role\'s ARN comes after it, where the user has a name', () => {
    const root = app();
    const stack = stacksIn(root);
    const [users, roles] = [stack('Users'), stack('Roles')];
    const user = userIn(users, true);
    const role = newRole(roles, { trust: TrustPrincipal.ofUser(user) });
    new StringParameter(users, 'RoleArn', { stringValue: role.roleArn });
    expect(order(root)).toEqual({ Roles: [], Users: ['Roles'] });
  });

  test('and where it has none, the error says what to name', () => {
    const root = app();
    const stack = stacksIn(root);
    const [users, roles] = [stack('Users'), stack('Roles')];
    const role = newRole(roles, { trust: TrustPrincipal.ofUser(userIn(users, false)) });
    new StringParameter(users, 'RoleArn', { stringValue: role.roleArn });
    expect(() => root.synth()).toThrow(/^Roles\/Role trusts the user Users\/User, whose name only CloudFormation knows, .*Set userName \(and path\) of the BaseAccountUser as text$/);
  });

  test('a role without a name is waited for by its connector alone', () => {
    const root = app();
    const stack = stacksIn(root);
    const [connectors, roles, others] = [stack('Connectors'), stack('Roles'), stack('Others')];
    connect(connectors, { role: newRole(roles) });
    newRole(others);
    expect(order(root)).toEqual({ Roles: [], Others: [], Connectors: ['Roles'] });
  });
});

test('of two kinds in one app: a user whose stack was made without the flag of its reader', () => {
  const app = new App();
  const [users, entries, roles] = ['Users', 'Entries', 'Roles'].map((id) => {
    const stack = new Stack(app, id, { env: SECURITY });
    stack.node.setContext('@aws-cdk/core:defaultCrossStackReferences', id === 'Roles' ? 'weak' : 'strong');
    return stack;
  }) as [Stack, Stack, Stack];
  const user = userIn(users, false);
  new BaseAccountRegistration(entries, 'Entry', { service: newService(entries), title: 'Central Security', user, rotation: KeyRotation.disabled() });
  newRole(roles, { trust: TrustPrincipal.ofUser(user) });
  expect(order(app)).toEqual({ Users: [], Entries: ['Users'], Roles: ['Users'] });
});
