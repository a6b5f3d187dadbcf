import { CreateRoleCommand, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { Clients } from '../../../support/emulator/clients';
import { Organization } from '../../../support/emulator/organization/organization';
import { statements } from '../../../support/emulator/resources/inline-function';
import { userWithKey } from '../../../support/emulator/resources/users';
import { FIRST_START, startTemporaryEmulator, TemporaryEmulator } from '../../../support/emulator/temporary-emulator';

const [MANAGEMENT, BASE, MEMBER, OUTSIDER] = ['999999999999', '111111111111', '222222222222', '333333333333'];

let temporary: TemporaryEmulator;
let organization: Organization;
let unit: string;
beforeAll(async () => {
  temporary = await startTemporaryEmulator();
  organization = await Organization.create(temporary.emulator, MANAGEMENT);
  unit = await organization.addUnit('Workloads');
  await organization.addAccount(BASE, unit);
  await organization.addAccount(MEMBER);
  for (const account of [MEMBER, OUTSIDER]) await new Clients(temporary.emulator, account).iam.send(new CreateRoleCommand({ RoleName: 'connector', AssumeRolePolicyDocument: trust() }));

}, FIRST_START);
afterAll(() => temporary.remove());

const trust = (Condition?: object) =>
  JSON.stringify(statements([{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: [BASE, OUTSIDER] }, Condition }]));
let users = 0;
const userOf = async (account: string, Condition?: object) => new Clients(temporary.emulator, await userWithKey(
  new Clients(temporary.emulator, account), `user-${++users}`, [{ Action: 'sts:AssumeRole', Resource: '*', Condition }]));
const assumes = (caller: Clients, account: string) =>
  caller.sts.send(new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account}:role/connector`, RoleSessionName: 'test' })).then(() => true, (error: Error) => {
    expect(error.name).toBe('AccessDenied');
    return false;
  });

test('a user is kept to roles of its organization', async () => {
  for (const [Condition, expected] of [
    [{ StringEquals: { 'aws:ResourceOrgID': organization.id } }, [true, false]],
    [{ StringEquals: { 'aws:ResourceOrgID': 'o-another0000' } }, [false, false]],
    [{ StringNotEqualsIfExists: { 'aws:ResourceOrgID': organization.id } }, [false, true]],
    [{ 'ForAnyValue:StringLike': { 'aws:ResourceOrgPaths': `${organization.id}/${organization.rootId}/` } }, [true, false]],
    [{ 'ForAnyValue:StringLike': { 'aws:ResourceOrgPaths': `${organization.id}/${organization.rootId}/${unit}/*` } }, [false, false]],
  ] as const) {
    const caller = await userOf(BASE, Condition);
    expect([Condition, await assumes(caller, MEMBER), await assumes(caller, OUTSIDER)]).toEqual([Condition, ...expected]);
  }
});

test('a role is kept to callers of its organization', async () => {
  const [inside, outside] = [await userOf(BASE), await userOf(OUTSIDER)];
  for (const [Condition, expected] of [
    [{ StringEquals: { 'aws:PrincipalOrgID': organization.id } }, [true, false]],
    [{ StringEquals: { 'aws:PrincipalOrgID': 'o-another0000' } }, [false, false]],
    [{ StringNotEquals: { 'aws:PrincipalOrgID': organization.id } }, [false, true]],
    [{ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': `${organization.id}/${organization.rootId}/${unit}/*` } }, [true, false]],
    [{ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': `${organization.id}/${organization.rootId}/ou-*/ou-*` } }, [false, false]],
  ] as const) {
    await new Clients(temporary.emulator, MEMBER).iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'connector', PolicyDocument: trust(Condition) }));
    expect([Condition, await assumes(inside, MEMBER), await assumes(outside, MEMBER)]).toEqual([Condition, ...expected]);
  }
});

test('an organization is known by the ID that it is told to have', async () => {
  await temporary.emulator.tell('organization-id', { management: MANAGEMENT, id: 'o-a1b2c3d4e5' });
  const caller = await userOf(BASE, { StringEquals: { 'aws:ResourceOrgID': 'o-a1b2c3d4e5' } });
  await new Clients(temporary.emulator, MEMBER).iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'connector', PolicyDocument: trust() }));
  expect([await assumes(caller, MEMBER), await assumes(caller, OUTSIDER)]).toEqual([true, false]);
});
