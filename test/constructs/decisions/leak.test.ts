import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { AssumeRolePolicy } from '../../../src/base-account/assume-role-policy';
import { ConnectorPermissions } from '../../../src/role/connector-permissions';
import { ConnectorRole } from '../../../src/role/connector-role';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { ExternalId } from '../../../src/service/external-id';
import { AssumeRoleCall, mayAssume } from '../../support/assume-role';
import { managedPolicy, PLACES, Policy, stackIn, trustPolicy } from '../../support/synth/policies';

const BASE_ACCOUNT = '111122223333';
const EXTERNAL_ID = '83172650944188230571';

/** The policies of the steps, as README has them. */
const readme = readFileSync(join(__dirname, '..', '..', '..', 'README.md'), 'utf8');
const steps = readme.slice(readme.indexOf('### After a leak'), readme.indexOf('### A stack that was deleted'));
const texts = [...steps.matchAll(/```json\n([^`]*)```/g)].map(([, text]) => text!);
const [DENY_ALL, DENY_FORMER_SESSIONS] = texts.map((text) => JSON.parse(text)) as [Policy, Policy];

const and = (...policies: readonly Policy[]): Policy => ({ Version: '2012-10-17', Statement: policies.flatMap(({ Statement }) => Statement) });

describe.each(PLACES)('after a leak, in partition $partition', (place) => {
  const stack = stackIn();
  new AssumeRolePolicy(stack, 'Policy', { roles: AssumableRoles.named('QualysConnector') });
  const policy = managedPolicy(stack, place);
  const roles = stackIn();
  new ConnectorRole(roles, 'Role', {
    trust: TrustPrincipal.baseAccount(BASE_ACCOUNT, { userName: 'qualys' }), externalId: ExternalId.of(EXTERNAL_ID), permissions: ConnectorPermissions.assetInventory(),
  });
  const trust = trustPolicy(roles, place);

  const key: AssumeRoleCall = { place, callerAccount: BASE_ACCOUNT, callerUser: 'qualys', externalId: EXTERNAL_ID };
  /** Of `GetSessionToken`, a second before the time in the policy. */
  const session: AssumeRoleCall = { ...key, issuedAt: '2026-01-31T11:59:59Z' };
  const decisions = async (attached: readonly Policy[]) => (
    Promise.all([key, session].map((call) => mayAssume(call, and(policy, ...attached), trust))));

  test('the key, and a session that it has given, let in before anything is done', async () => expect(await decisions([])).toEqual([true, true]));
  test('step 1: neither lets in', async () => expect(await decisions([DENY_ALL])).toEqual([false, false]));
  test('step 3: a new key lets in, a session of before does not', async () => expect(await decisions([DENY_FORMER_SESSIONS])).toEqual([true, false]));

  test('longTermCredentialsOnly: no session lets in at any time', async () => {
    const own = stackIn();
    new AssumeRolePolicy(own, 'Policy', { roles: AssumableRoles.named('QualysConnector'), longTermCredentialsOnly: true });
    const restricted = managedPolicy(own, place);
    expect([await mayAssume(key, restricted, trust), await mayAssume(session, restricted, trust)]).toEqual([true, false]);
  });
});
