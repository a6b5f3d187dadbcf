import { Template } from 'aws-cdk-lib/assertions';
import { ConnectorRoleTrust } from '../../../src/role/connector-role-trust';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { ExternalId } from '../../../src/service/external-id';
import { ANY_ROLE, AssumeRoleCall, mayAssume } from '../../support/assume-role';
import { BASE, EXTERNAL_ID, QUALYS } from '../../support/stage/apps/role-trust';
import { documentOf, RoleTrustStage, VENDOR } from '../../support/stage/role-trust-stage';
import { may } from '../../support/synth/may';
import { deployed, PLACES, Policy, stackIn } from '../../support/synth/policies';

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

async function letIn(stage: RoleTrustStage): Promise<string[]> {
  const policy = JSON.parse(stage.document);
  const decisions = await Promise.all(attempts.map(async ([who, call]) => [who, await mayAssume(call, ANY_ROLE, policy)] as const));
  return decisions.filter(([, isAllowed]) => isAllowed).map(([who]) => who);
}

/** The present statement of the service, in the forms that people and templates give it. */
const FORMS = [VENDOR, VENDOR.replace(`arn:aws:iam::${QUALYS}:root`, QUALYS), VENDOR.replace(/"(sts:AssumeRole)"/, '["$1","sts:TagSession"]')];

test.each(FORMS)('the edited documents let in whom they should and nobody else: %s', async (statement) => {
  const stage = new RoleTrustStage({ document: documentOf(AUDIT, statement) });
  expect(await letIn(stage)).toEqual(['qualys', 'auditor']);
  await stage.deploy({ trust: 'qualys' });
  expect(await letIn(stage)).toEqual(['qualys', 'auditor']);
  await stage.deploy({ trust: 'both' });
  expect(await letIn(stage)).toEqual(['qualys', 'base', 'auditor']);
  await stage.deploy({ trust: 'base' });
  expect(await letIn(stage)).toEqual(['base', 'auditor']);
  await stage.delete();
  expect(await letIn(stage)).toEqual(['qualys', 'auditor']);
});

test('an organization that is asked for is asked for', async () => {
  const stage = new RoleTrustStage({ document: documentOf(VENDOR) });
  await stage.deploy({ trust: 'base', organizationId: 'o-a1b2c3d4e5' });
  const policy = JSON.parse(stage.document);
  expect(await mayAssume({ ...fromBase, callerOrganization: 'o-a1b2c3d4e5' }, ANY_ROLE, policy)).toBe(true);
  expect(await mayAssume(fromBase, ANY_ROLE, policy)).toBe(false);
});

describe.each(PLACES)('with a tag that the role must have, in partition $partition (fault 75)', (place) => {
  const stack = stackIn(place);
  new ConnectorRoleTrust(stack, 'Trust', {
    roleName: 'Vendors', trust: TrustPrincipal.baseAccount(BASE), externalId: ExternalId.of('83172650944188230571'), requiredTag: { key: 'qualys-trust', value: 'managed' },
  });
  const template = Template.fromStack(stack);
  const [access] = Object.entries(template.findResources('AWS::IAM::ManagedPolicy')).filter(([id]) => id.startsWith('TrustAccess')).map(([, { Properties }]) => Properties.PolicyDocument);
  const policies = [deployed({ ...access, Statement: access.Statement.filter(({ Action }: any) => [Action].flat().some((action: string) => action.startsWith('iam:'))) }, template.toJSON(), place) as Policy];
  const role = `arn:${place.partition}:iam::${place.accountId}:role/Vendors`;
  const edit = async (context: Readonly<Record<string, string>>) => may(place, policies, 'iam:UpdateAssumeRolePolicy', role, undefined, context);

  test('a role with it may be edited, and one without or with another value may not', async () => {
    expect(await edit({ 'iam:ResourceTag/qualys-trust': 'managed' })).toBe(true);
    expect(await edit({ 'iam:ResourceTag/qualys-trust': 'other' })).toBe(false);
    expect(await edit({ 'iam:ResourceTag/another': 'managed' })).toBe(false);
    expect(await edit({})).toBe(false);
  });

  test('every role may be read, so that the deployment can say what is wrong', async () => {
    expect(await may(place, policies, 'iam:GetRole', role)).toBe(true);
  });
});
