import { App, Aspects, CfnParameter, Stack, Stage } from 'aws-cdk-lib';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { AssumeRolePolicy } from '../../../src/base-account/assume-role-policy';
import { BaseAccountUser } from '../../../src/base-account/base-account-user';
import { ConnectorRoleProps } from '../../../src/role/connector-role-props';
import { ConnectorRoleTrust } from '../../../src/role/connector-role-trust';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { ExternalId } from '../../../src/service/external-id';
import { newRole } from '../../support/apps/connectors';
import { NamePrefix } from '../../support/apps/name-prefix';
import { CONNECTED_ACCOUNT } from '../../support/synth/policies';
import { PRODUCTION, SECURITY } from '../../support/synth/stack-order';
import { BASE_ACCOUNT } from '../../support/synth/synth';
import { Warning, warningsOf } from '../../support/synth/warnings';

/* A role that trusts a base account whose user may not assume it: the first run of its connector would fail, and nobody would look there. */
const { named, arns, any } = AssumableRoles;
const arn = (name: string, account = CONNECTED_ACCOUNT) => `arn:aws:iam::${account}:role/${name}`;

interface Options {
  readonly role?: Partial<ConnectorRoleProps>;
  readonly trust?: (user: BaseAccountUser) => TrustPrincipal;
  readonly userName?: string;
}

/** The warnings of a role in Production, beside a user in Security. */
function warnings(roles: AssumableRoles | ((security: Stack) => AssumableRoles), { role = {}, trust = TrustPrincipal.ofUser, userName = 'qualys' }: Options = {}, app = new App()): Warning[] {
  const [security, production] = [new Stack(app, 'Security', { env: SECURITY }), new Stack(app, 'Production', { env: PRODUCTION })];
  const user = new BaseAccountUser(security, 'User', { userName, roles: typeof roles === 'function' ? roles(security) : roles });
  newRole(production, { roleName: 'QualysConnector', ...role, trust: trust(user) });
  return warningsOf(production);
}

const notCovered = (words: string) => [{ construct: 'Production/Role/Resource', id: 'cdk-qualys-connectors:roleNotCovered', text: expect.stringContaining(words) }];

test.each<[string, AssumableRoles, Partial<ConnectorRoleProps>]>([
  ['any', any(), { path: '/security/' }],
  ['its name', named('QualysConnector'), {}],
  ['its name and path', named('QualysConnector', { path: '/security/' }), { path: '/security/' }],
  ['a pattern', named('Qualys*'), {}],
  ['a pattern of some letters', named('Q?????Connector'), {}],
  ['a pattern that goes over a path', named('*Connector'), { path: '/security/' }],
  ['a pattern with two stars', named('*lys*tor'), {}],
  ['a list', arns([arn('Other'), arn('security/QualysConnector')]), { path: '/security/' }],
  ['an organization, which is not known here', named('QualysConnector', { organizationId: 'o-a1b2c3d4e5' }), {}],
])('a role that is covered by %s draws no warning', (_, roles, role) => {
  expect(warnings(roles, { role })).toEqual([]);
});

test.each<[string, AssumableRoles, Partial<ConnectorRoleProps>, string]>([
  ['another name', named('QualysConnectors'), {}, 'the role /QualysConnector is not among the roles that Security/User may assume, which this role trusts: arn:aws:iam::*:role/QualysConnectors. '],
  ['another case', named('qualysconnector'), {}, 'the role /QualysConnector is not among'],
  ['no path', named('QualysConnector'), { path: '/security/' }, 'the role /security/QualysConnector is not among the roles that Security/User may assume, which this role trusts: arn:aws:iam::*:role/QualysConnector. '],
  ['a path that the role does not have', named('QualysConnector', { path: '/security/' }), {}, 'arn:aws:iam::*:role/security/QualysConnector'],
  ['another pattern', named('Connector*'), {}, 'arn:aws:iam::*:role/Connector*'],
  ['a pattern with something after it', named('Q*s'), {}, 'arn:aws:iam::*:role/Q*s'],
  ['a pattern of too few letters', named('Qualys?????'), {}, 'arn:aws:iam::*:role/Qualys?????'],
  ['a list without it', arns([arn('Other')]), {}, arn('Other')],
  ['a list with the role of another account', arns([arn('QualysConnector', '333344445555')]), {}, arn('QualysConnector', '333344445555')],
  ['a long list', arns(Array.from({ length: 5 }, (__, index) => arn(`Role${index}`))), {}, `${arn('Role0')}, ${arn('Role1')}, ${arn('Role2')}, 2 more. `],
  ['a name, while the role has none', named('QualysConnector'), { roleName: undefined }, 'the role has no roleName, and the name that CloudFormation makes is not among'],
])('a role that is not covered draws one: %s', (_, roles, role, words) => {
  expect(warnings(roles, { role })).toEqual(notCovered(words));
});

test.each<[string, AssumableRoles | ((security: Stack) => AssumableRoles), (production: Stack) => Partial<ConnectorRoleProps>]>([
  ['a name of the role', named('Other'), (stack) => ({ roleName: new CfnParameter(stack, 'Name').valueAsString })],
  ['a path of the role', named('QualysConnector'), (stack) => ({ path: new CfnParameter(stack, 'Path').valueAsString })],
  ['a pattern', (security) => named(new CfnParameter(security, 'Pattern').valueAsString), () => ({})],
  ['a list', (security) => arns([arn('Other'), new CfnParameter(security, 'Arn').valueAsString]), () => ({})],
  ['a pattern that the name of CloudFormation may match', named('Production-*'), () => ({ roleName: undefined })],
  ['a list in which the name of CloudFormation may stand', arns([arn('Production-Role1A2B3C')]), () => ({ roleName: undefined })],
  ['a policy of one\'s own', () => AssumableRoles.fromPolicy(ManagedPolicy.fromAwsManagedPolicyName('SecurityAudit')), () => ({})],
])('nothing is said of what only the deployment knows: %s', (_, roles, props) => {
  const app = new App();
  const [security, production] = [new Stack(app, 'Security', { env: SECURITY }), new Stack(app, 'Production', { env: PRODUCTION })];
  const user = new BaseAccountUser(security, 'User', { userName: 'qualys', roles: typeof roles === 'function' ? roles(security) : roles });
  newRole(production, { roleName: 'QualysConnector', ...props(production), trust: TrustPrincipal.ofUser(user) });
  expect(warningsOf(production)).toEqual([]);
});

test('an AssumeRolePolicy is looked into', () => {
  const policy = (roles: AssumableRoles) => (security: Stack) => AssumableRoles.fromPolicy(new AssumeRolePolicy(security, 'Policy', { roles }));
  expect(warnings(policy(named('QualysConnector')))).toEqual([]);
  expect(warnings(policy(named('Other')))).toEqual(notCovered('arn:aws:iam::*:role/Other'));
});

test('name and path are those that an aspect gave in the end', () => {
  const prefixed = (roles: AssumableRoles) => {
    const app = new App();
    Aspects.of(app).add(new NamePrefix('acme-'));
    return warnings(roles, { trust: () => TrustPrincipal.baseAccount(BASE_ACCOUNT, { userName: 'acme-qualys' }) }, app);
  };
  expect(prefixed(named('acme-QualysConnector'))).toEqual([]);
  expect(prefixed(named('QualysConnector'))).toEqual(notCovered('the role /acme-QualysConnector is not among'));
});

describe('whom the role trusts', () => {
  const other = named('Other');

  test.each<[string, NonNullable<Options['trust']>, boolean]>([
    ['the user', TrustPrincipal.ofUser, true],
    ['the user by its name', () => TrustPrincipal.baseAccount(BASE_ACCOUNT, { userName: 'qualys' }), true],
    ['the whole account', () => TrustPrincipal.baseAccount(BASE_ACCOUNT), true],
    ['the user beside the Qualys account', (user) => TrustPrincipal.anyOf(TrustPrincipal.qualysAccount(), TrustPrincipal.ofUser(user)), true],
    ['another user of the account', () => TrustPrincipal.baseAccount(BASE_ACCOUNT, { userName: 'other' }), false],
    ['the user of another path', () => TrustPrincipal.baseAccount(BASE_ACCOUNT, { userName: 'qualys', userPath: '/security/' }), false],
    ['another account', () => TrustPrincipal.baseAccount('333344445555', { userName: 'qualys' }), false],
    ['the Qualys account alone', () => TrustPrincipal.qualysAccount(), false],
  ])('%s', (_, trust, isWarned) => {
    expect(warnings(other, { trust, role: { externalId: ExternalId.of('40952281773650912864') } })).toEqual(isWarned ? notCovered('arn:aws:iam::*:role/Other') : []);
  });

  test('an account of two users, of which one may assume the role', () => {
    const app = new App();
    const security = new Stack(app, 'Security', { env: SECURITY });
    new BaseAccountUser(security, 'One', { roles: other });
    new BaseAccountUser(security, 'Two', { roles: named('QualysConnector') });
    const production = new Stack(app, 'Production', { env: PRODUCTION });
    newRole(production, { roleName: 'QualysConnector', trust: TrustPrincipal.baseAccount(BASE_ACCOUNT) });
    expect(warningsOf(production)).toEqual([]);
  });

  test('a user of another stage, or of another app', () => {
    const app = new App();
    const production = new Stack(app, 'Production', { env: PRODUCTION });
    const stack = new Stack(new Stage(app, 'Stage'), 'Security', { env: SECURITY });
    const imported = BaseAccountUser.fromBaseAccountUserAttributes(stack, 'Imported', {
      userName: 'imported', accountId: BASE_ACCOUNT, accessKeySecret: Secret.fromSecretNameV2(stack, 'Key', 'key'),
    });
    newRole(production, { roleName: 'One', trust: TrustPrincipal.ofUser(new BaseAccountUser(stack, 'User', { userName: 'qualys', roles: other })) }, 'One');
    newRole(production, { roleName: 'Two', trust: TrustPrincipal.ofUser(imported) }, 'Two');
    expect(warningsOf(production)).toEqual([]);
  });
});

test('the trust of a role that exists already is looked at in the same way', () => {
  const app = new App();
  const user = new BaseAccountUser(new Stack(app, 'Security', { env: SECURITY }), 'User', { userName: 'qualys', roles: named('QualysConnector') });
  const production = new Stack(app, 'Production', { env: PRODUCTION });
  for (const [id, path] of [['Right', '/'], ['Wrong', '/audit/']]) {
    new ConnectorRoleTrust(new Stack(app, `${id}Stack`, { env: { ...PRODUCTION, account: id === 'Right' ? CONNECTED_ACCOUNT : '333344445555' } }), id!, {
      roleName: 'QualysConnector', path, trust: TrustPrincipal.ofUser(user), externalId: ExternalId.of('40952281773650912864'),
    });
  }
  expect(warningsOf(production)).toEqual([]);
  expect(warningsOf(app.node.findChild('RightStack') as Stack)).toEqual([]);
  expect(warningsOf(app.node.findChild('WrongStack') as Stack)).toEqual([expect.objectContaining({ construct: 'WrongStack/Wrong/Resource', id: 'cdk-qualys-connectors:roleNotCovered' })]);
});
