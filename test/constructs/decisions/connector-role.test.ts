import { App, Stack } from 'aws-cdk-lib';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { BaseAccountUser } from '../../../src/base-account/base-account-user';
import { ConnectorPermissions } from '../../../src/role/connector-permissions';
import { ConnectorRole } from '../../../src/role/connector-role';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { ExternalId } from '../../../src/service/external-id';
import { ANY_ROLE, AssumeRoleCall, mayAssume } from '../../support/assume-role';
import { CONNECTED_ACCOUNT, Place, PLACES, Policy, stackIn, trustPolicy } from '../../support/synth/policies';

const BASE_ACCOUNT = '111122223333';
const QUALYS_ACCOUNT = '805950163170';
const OTHER_ACCOUNT = '999988887777';
const ORGANIZATION = 'o-a1b2c3d4e5';
const EXTERNAL_ID = 'Ext:8317265094418823';

function trustOf(trust: TrustPrincipal, place: Place, externalId = ExternalId.of(EXTERNAL_ID), stack = stackIn()): Policy {
  new ConnectorRole(stack, 'Role', { trust, externalId, permissions: ConnectorPermissions.assetInventory() });
  return trustPolicy(stack, place);
}

describe.each(PLACES)('in partition $partition', (place) => {
  // What the Qualys account is there is not public: any stands for it.
  const qualys = TrustPrincipal.qualysAccount({ accountId: QUALYS_ACCOUNT });
  const base = TrustPrincipal.baseAccount(BASE_ACCOUNT, { userName: 'qualys', organizationId: ORGANIZATION });

  const fromQualys: AssumeRoleCall = { place, callerAccount: QUALYS_ACCOUNT, callerUser: 'connector', externalId: EXTERNAL_ID };
  const fromBase: AssumeRoleCall = { place, callerAccount: BASE_ACCOUNT, callerUser: 'qualys', callerOrganization: ORGANIZATION, externalId: EXTERNAL_ID };

  const attempts: [string, AssumeRoleCall][] = [
    ['the Qualys account', fromQualys],
    ['the Qualys account with a wrong external ID', { ...fromQualys, externalId: 'Ext:8317265094418824' }],
    ['the Qualys account with the external ID in another case', { ...fromQualys, externalId: EXTERNAL_ID.toLowerCase() }],
    ['the Qualys account without external ID', { ...fromQualys, externalId: undefined }],
    ['the base account\'s user', fromBase],
    ['the base account\'s user with a wrong external ID', { ...fromBase, externalId: 'Ext:8317265094418824' }],
    ['the base account\'s user without external ID', { ...fromBase, externalId: undefined }],
    ['another user of the base account', { ...fromBase, callerUser: 'qualys2' }],
    ['a user of the name in another path of the base account', { ...fromBase, callerUser: 'elsewhere/qualys' }],
    ['the base account\'s user out of another organization', { ...fromBase, callerOrganization: 'o-zzzzzzzzzz' }],
    ['the base account\'s user out of no organization', { ...fromBase, callerOrganization: undefined }],
    ['a user of the name in another account', { ...fromBase, callerAccount: OTHER_ACCOUNT }],
    ['another account', { ...fromQualys, callerAccount: OTHER_ACCOUNT }],
  ];

  test.each([
    ['the Qualys account', qualys, ['the Qualys account']],
    ['the base account', base, ['the base account\'s user']],
    ['both', TrustPrincipal.anyOf(qualys, base), ['the Qualys account', 'the base account\'s user']],
  ])('a role that trusts %s lets in no one else (fault 57)', async (_name, trust, allowed) => {
    const policy = trustOf(trust, place);
    const decisions = await Promise.all(attempts.map(async ([who, call]) => [who, await mayAssume(call, ANY_ROLE, policy)] as const));
    expect(decisions.filter(([, may]) => may).map(([who]) => who)).toEqual(allowed);
  });

  test('a base account without user lets in those of the account whom its IAM allows', async () => {
    const policy = trustOf(TrustPrincipal.baseAccount(BASE_ACCOUNT), place);
    expect(await mayAssume({ ...fromBase, callerUser: 'anyone' }, ANY_ROLE, policy)).toBe(true);
    expect(await mayAssume({ ...fromBase, callerUser: 'anyone' }, { Version: '2012-10-17', Statement: [] }, policy)).toBe(false);
    expect(await mayAssume({ ...fromBase, externalId: undefined }, ANY_ROLE, policy)).toBe(false);
    expect(await mayAssume({ ...fromBase, callerAccount: OTHER_ACCOUNT }, ANY_ROLE, policy)).toBe(false);
  });

  test('a user that is deleted and made again is let in: a trust that named it itself would hold its old ID (fault 56)', async () => {
    const policy = trustOf(base, place);
    const [{ Principal, Condition }] = policy.Statement as [Policy['Statement'][number]];
    expect(Principal).toEqual({ AWS: `arn:${place.partition}:iam::${BASE_ACCOUNT}:root` });
    expect(Condition?.ArnEquals).toEqual({ 'aws:PrincipalArn': `arn:${place.partition}:iam::${BASE_ACCOUNT}:user/qualys` });
    expect(await mayAssume(fromBase, ANY_ROLE, policy)).toBe(true);
  });

  test('an external ID for each account is that of the role\'s account', async () => {
    const policy = trustOf(base, place, ExternalId.perAccount(EXTERNAL_ID));
    expect(await mayAssume({ ...fromBase, externalId: `${EXTERNAL_ID}${CONNECTED_ACCOUNT}` }, ANY_ROLE, policy)).toBe(true);
    for (const externalId of [EXTERNAL_ID, `${EXTERNAL_ID}${OTHER_ACCOUNT}`, `${EXTERNAL_ID}????????????`, undefined]) expect(await mayAssume({ ...fromBase, externalId }, ANY_ROLE, policy)).toBe(false);

  });

  test('a user by reference is let in from its own account and from another, and no one else is', async () => {
    for (const account of [BASE_ACCOUNT, CONNECTED_ACCOUNT]) {
      const app = new App();
      const security = new Stack(app, 'Security', { env: { account, region: place.region } });
      const user = new BaseAccountUser(security, 'User', { roles: AssumableRoles.named('Qualys*'), userName: 'qualys', path: '/security/' });
      const policy = trustOf(TrustPrincipal.ofUser(user), place, ExternalId.of(EXTERNAL_ID), account === CONNECTED_ACCOUNT ? security : stackIn(place, 'Stack', app));
      const call = { ...fromBase, callerAccount: account, callerUser: 'security/qualys' };
      expect(await mayAssume(call, ANY_ROLE, policy)).toBe(true);
      expect(await mayAssume({ ...call, callerUser: 'qualys' }, ANY_ROLE, policy)).toBe(false);
      expect(await mayAssume({ ...call, callerAccount: OTHER_ACCOUNT }, ANY_ROLE, policy)).toBe(false);
    }
  });
});

test('the Qualys account that the deployment looks up is let in', async () => {
  const call = { place: PLACES[0], callerAccount: QUALYS_ACCOUNT, callerUser: 'connector', externalId: EXTERNAL_ID };
  const policy = trustOf(TrustPrincipal.qualysAccount(), PLACES[0]);
  expect(await mayAssume(call, ANY_ROLE, policy)).toBe(true);
  expect(await mayAssume({ ...call, callerAccount: OTHER_ACCOUNT }, ANY_ROLE, policy)).toBe(false);
});

test('a principal of another partition is text that the decision does not see, so it is compared (faults 55 and 60)', () => {
  for (const place of PLACES) for (const { Principal } of trustOf(TrustPrincipal.baseAccount(BASE_ACCOUNT), place).Statement) expect(Principal?.AWS.split(':')[1]).toBe(place.partition);


});
