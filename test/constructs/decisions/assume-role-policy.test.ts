import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { AssumeRolePolicy } from '../../../src/base-account/assume-role-policy';
import { ConnectorPermissions } from '../../../src/role/connector-permissions';
import { ConnectorRole } from '../../../src/role/connector-role';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { ExternalId } from '../../../src/service/external-id';
import { AssumeRoleCall, mayAssume } from '../../support/assume-role';
import { CONNECTED_ACCOUNT, managedPolicy, PLACES, Policy, stackIn, trustPolicy } from '../../support/synth/policies';

const BASE_ACCOUNT = '111122223333';
const OTHER_ACCOUNT = '999988887777';
const ORGANIZATION = 'o-a1b2c3d4e5';
const EXTERNAL_ID = '83172650944188230571';

describe.each(PLACES)('in partition $partition', (place) => {
  const { partition } = place;
  const call: AssumeRoleCall = { place, callerAccount: BASE_ACCOUNT, callerUser: 'qualys', roleOrganization: ORGANIZATION, externalId: EXTERNAL_ID };

  /** Trusts the whole base account whatever it presents, so that the caller's policy alone decides. */
  const openTrust: Policy = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:${partition}:iam::${BASE_ACCOUNT}:root` }, Action: 'sts:AssumeRole' }],
  };

  function policyOf(roles: AssumableRoles, externalId?: ExternalId): Policy {
    const stack = stackIn();
    new AssumeRolePolicy(stack, 'Policy', { roles, externalId });
    return managedPolicy(stack, place);
  }

  const attempts: [string, AssumeRoleCall][] = [
    ['the role', call],
    ['a role whose name goes on', { ...call, role: 'QualysConnectorAdmin' }],
    ['a role whose name begins otherwise', { ...call, role: 'MyQualysConnector' }],
    ['the role in the path', { ...call, role: 'security/QualysConnector' }],
    ['the role in another path', { ...call, role: 'elsewhere/QualysConnector' }],
    ['the role of another account', { ...call, roleAccount: OTHER_ACCOUNT }],
    ['the role of another organization', { ...call, roleOrganization: 'o-zzzzzzzzzz' }],
    ['the role of no organization', { ...call, roleOrganization: undefined }],
    ['some administrator', { ...call, role: 'Administrator' }],
  ];

  test.each<[string, AssumableRoles, string[]]>([
    ['any()', AssumableRoles.any(), attempts.map(([what]) => what)],
    ['named(name)', AssumableRoles.named('QualysConnector'),
      ['the role', 'the role of another account', 'the role of another organization', 'the role of no organization']],
    ['named(pattern)', AssumableRoles.named('Qualys*'),
      ['the role', 'a role whose name goes on', 'the role of another account', 'the role of another organization', 'the role of no organization']],
    ['named(name, path)', AssumableRoles.named('QualysConnector', { path: '/security/' }), ['the role in the path']],
    ['named(star, path)', AssumableRoles.named('*', { path: '/security/' }), ['the role in the path']],
    ['named(name, organization)', AssumableRoles.named('QualysConnector', { organizationId: ORGANIZATION }), ['the role', 'the role of another account']],
    ['arns()', AssumableRoles.arns([`arn:${partition}:iam::${CONNECTED_ACCOUNT}:role/QualysConnector`]),
      ['the role', 'the role of another organization', 'the role of no organization']],
  ])('%s opens these and no others (fault 58)', async (_name, roles, allowed) => {
    const policy = policyOf(roles);
    const decisions = await Promise.all(attempts.map(async ([what, attempt]) => [what, await mayAssume(attempt, policy, openTrust)] as const));
    expect(decisions.filter(([, may]) => may).map(([what]) => what)).toEqual(allowed);
  });

  test('an external ID has to be presented', async () => {
    const policy = policyOf(AssumableRoles.any(), ExternalId.of(EXTERNAL_ID));
    expect(await mayAssume(call, policy, openTrust)).toBe(true);
    for (const externalId of [`${EXTERNAL_ID}1`, EXTERNAL_ID.slice(1), undefined]) expect(await mayAssume({ ...call, externalId }, policy, openTrust)).toBe(false);

  });

  test('an external ID for each account leaves its twelve digits open, and no more', async () => {
    const policy = policyOf(AssumableRoles.any(), ExternalId.perAccount(EXTERNAL_ID));
    for (const account of [CONNECTED_ACCOUNT, OTHER_ACCOUNT]) expect(await mayAssume({ ...call, externalId: `${EXTERNAL_ID}${account}` }, policy, openTrust)).toBe(true);

    for (const externalId of [EXTERNAL_ID, `${EXTERNAL_ID}1`, `${EXTERNAL_ID}${OTHER_ACCOUNT}1`, `1${EXTERNAL_ID}${OTHER_ACCOUNT}`, undefined]) expect(await mayAssume({ ...call, externalId }, policy, openTrust)).toBe(false);

  });

  test('a user of the base account gets through policy and trust together', async () => {
    const externalId = ExternalId.perAccount(EXTERNAL_ID);
    const stack = stackIn();
    new ConnectorRole(stack, 'Role', {
      trust: TrustPrincipal.baseAccount(BASE_ACCOUNT, { userName: 'qualys' }),
      externalId,
      permissions: ConnectorPermissions.assetInventory(),
    });
    const [policy, trust] = [policyOf(AssumableRoles.named('Qualys*'), externalId), trustPolicy(stack, place)];
    const own = { ...call, externalId: `${EXTERNAL_ID}${CONNECTED_ACCOUNT}` };
    expect(await mayAssume(own, policy, trust)).toBe(true);
    // Allowed by the caller's policy, refused by the role.
    expect(await mayAssume({ ...own, externalId: `${EXTERNAL_ID}${OTHER_ACCOUNT}` }, policy, trust)).toBe(false);
    // Allowed by the role, refused by the caller's policy.
    expect(await mayAssume({ ...own, role: 'Connector' }, policy, trust)).toBe(false);
  });
});
