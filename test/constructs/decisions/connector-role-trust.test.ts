import type { TrustStatement } from '../../../src/wire/role-trust';
import { BASE, documentOf, EXTERNAL_ID, QUALYS, RoleTrustWorld, TRUSTS, VENDOR } from '../../handlers/role-trust/world';
import { ANY_ROLE, AssumeRoleCall, mayAssume } from '../../support/assume-role';
import { PLACES } from '../../support/policies';

const AUDITOR = '999988887777';
/** Somebody whose trust has nothing to do with the service. */
const AUDIT = `{"Sid":"Audit","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::${AUDITOR}:user/auditor"},"Action":"sts:AssumeRole"}`;

const fromQualys: AssumeRoleCall = { place: PLACES[0]!, callerAccount: QUALYS, callerUser: 'connector', externalId: EXTERNAL_ID };
const fromBase: AssumeRoleCall = { ...fromQualys, callerAccount: BASE, callerUser: 'qualys' };
const auditor: AssumeRoleCall = { place: PLACES[0]!, callerAccount: AUDITOR, callerUser: 'auditor' };

const attempts: [string, AssumeRoleCall][] = [
  ['qualys', fromQualys],
  ['qualys, wrong external ID', { ...fromQualys, externalId: 'another' }],
  ['qualys, no external ID', { ...fromQualys, externalId: undefined }],
  ['base', fromBase],
  ['base, another user', { ...fromBase, callerUser: 'qualys2' }],
  ['base, wrong external ID', { ...fromBase, externalId: 'another' }],
  ['base, no external ID', { ...fromBase, externalId: undefined }],
  ['auditor', auditor],
  ['another user of the auditor\'s account', { ...auditor, callerUser: 'x', externalId: EXTERNAL_ID }],
  ['another account', { ...fromQualys, callerAccount: '123456789012' }],
];

async function letIn(world: RoleTrustWorld): Promise<string[]> {
  const policy = JSON.parse(world.role.document!);
  const decisions = await Promise.all(attempts.map(async ([who, call]) => [who, await mayAssume(call, ANY_ROLE, policy)] as const));
  return decisions.filter(([, may]) => may).map(([who]) => who);
}

/** The present statement of the service, in the forms that people and templates give it. */
const FORMS = [VENDOR, VENDOR.replace(`arn:aws:iam::${QUALYS}:root`, QUALYS), VENDOR.replace(/"(sts:AssumeRole)"/, '["$1","sts:TagSession"]')];

test.each(FORMS)('the edited documents let in whom they should and nobody else: %s', async (statement) => {
  const world = new RoleTrustWorld(documentOf(AUDIT, statement));
  const resource = world.resource();
  expect(await letIn(world)).toEqual(['qualys', 'auditor']);
  await resource.create(world.properties('qualys'));
  expect(await letIn(world)).toEqual(['qualys', 'auditor']);
  await resource.update(world.properties('both'));
  expect(await letIn(world)).toEqual(['qualys', 'base', 'auditor']);
  await resource.update(world.properties('base'));
  expect(await letIn(world)).toEqual(['base', 'auditor']);
  await resource.delete();
  expect(await letIn(world)).toEqual(['qualys', 'auditor']);
});

test('an organization that is asked for is asked for', async () => {
  const world = new RoleTrustWorld(documentOf(VENDOR));
  const [statement] = TRUSTS.base as [TrustStatement];
  const organized: TrustStatement = {
    ...statement, Condition: { ...statement.Condition, StringEquals: { ...statement.Condition.StringEquals, 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
  };
  await world.resource().create(world.properties([organized]));
  const policy = JSON.parse(world.role.document!);
  expect(await mayAssume({ ...fromBase, callerOrganization: 'o-a1b2c3d4e5' }, ANY_ROLE, policy)).toBe(true);
  expect(await mayAssume(fromBase, ANY_ROLE, policy)).toBe(false);
});
