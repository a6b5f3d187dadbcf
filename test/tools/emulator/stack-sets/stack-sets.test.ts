import { DescribeStackSetCommand } from '@aws-sdk/client-cloudformation';
import { CreateRoleCommand, DeleteAccessKeyCommand, DeleteRoleCommand, GetRoleCommand } from '@aws-sdk/client-iam';
import { Clients } from '../../../support/emulator/clients';
import { RoleSet, roleSet } from '../../../support/emulator/organization/role-set';
import { TwoUnits, twoUnits } from '../../../support/emulator/organization/two-units';
import { outputOf } from '../../../support/emulator/outputs';
import { statements } from '../../../support/emulator/resources/inline-function';
import { keyOf } from '../../../support/emulator/resources/users';
import { emulatorOfFile } from '../../../support/emulator/temporary-emulator';

const [MANAGEMENT, ADMIN, A, B, C] = ['999999999999', '111111111111', '222222222222', '333333333333', '444444444444'];

const aws = emulatorOfFile();
let organization: TwoUnits['organization'];
let admin: TwoUnits['admin'];
let sets: TwoUnits['sets'];
let units: TwoUnits['units'];
beforeEach(async () => {
  const places = ({ one, nested, two }: TwoUnits['units']) => [[A, one], [B, nested], [C, two]] as const;
  ({ organization, units, admin, sets } = await twoUnits(aws.emulator, [MANAGEMENT, ADMIN], places));
});

const clients = (account: string) => new Clients(aws.emulator, account);
const deploy = (set: RoleSet) => admin.stacks.create('admin', roleSet(set));
const redeploy = (set: RoleSet) => admin.stacks.update('admin', roleSet(set));
const roleOf = async (account: string, RoleName = 'connector') =>
  (await clients(account).iam.send(new GetRoleCommand({ RoleName })).catch(() => undefined))?.Role;
const roles = async (...accounts: string[]) => Promise.all(accounts.map(async (account) => await roleOf(account) !== undefined));
const take = (account: string) => clients(account).iam.send(new CreateRoleCommand({
  RoleName: 'connector', AssumeRolePolicyDocument: JSON.stringify(statements([{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: account } }])),
}));
const GOOD = 'CURRENT SUCCEEDED';
const actions = async () => (await sets.operations('roles')).map(({ Action, Status }) => `${Action} ${Status}`);

test('each account below the units gets the stack, and the instance of the unit that was named', async () => {
  const stack = await deploy({ units: [units.one] });
  expect(stack.StackStatus).toBe('CREATE_COMPLETE');
  expect(outputOf(stack, 'Id')).toMatch(/^roles:[0-9a-f-]{36}$/);
  expect(await roles(A, B, C, ADMIN, MANAGEMENT)).toEqual([true, true, false, false, false]);
  expect(await sets.instances('roles')).toEqual([A, B].map((Account) => expect.objectContaining({
    Account,
    Region: 'us-east-1',
    OrganizationalUnitId: units.one,
    Status: 'CURRENT',
    StackInstanceStatus: { DetailedStatus: 'SUCCEEDED' },
    StackId: expect.stringMatching(`^arn:aws:cloudformation:us-east-1:${Account}:stack/StackSet-roles-[0-9a-f-]{36}/`),
  })));
  const { StackSet } = await admin.cloudFormation.send(new DescribeStackSetCommand({ StackSetName: 'roles', CallAs: 'DELEGATED_ADMIN' }));
  expect(StackSet).toMatchObject({
    Status: 'ACTIVE', StackSetARN: `arn:aws:cloudformation:us-east-1:${MANAGEMENT}:stackset/${outputOf(stack, 'Id')}`, OrganizationalUnitIds: [units.one],
  });
});

test('the root has all accounts below it, and never the management account', async () => {
  await deploy({ units: [organization.rootId] });
  expect(await sets.statuses('roles')).toEqual({ [ADMIN]: GOOD, [A]: GOOD, [B]: GOOD, [C]: GOOD });
});

test('accounts are left out, or picked', async () => {
  await deploy({ units: [units.one, units.two], filter: 'DIFFERENCE', accounts: [A] });
  expect(await sets.statuses('roles')).toEqual({ [B]: GOOD, [C]: GOOD });
  await redeploy({ units: [units.one, units.two], filter: 'INTERSECTION', accounts: [A, C] });
  expect(await sets.statuses('roles')).toEqual({ [A]: GOOD, [C]: GOOD });
  expect(await roles(A, B, C)).toEqual([true, false, true]);
});

test.each([
  ['UNION', [A], 'UNION is not a valid AccountFilterType'], [undefined, [A], 'AccountFilterType should be specified'], ['DIFFERENCE', undefined, 'Accounts should be specified'],
])('the filter %s with accounts %s is refused', async (filter, accounts, words) => {
  const { StackStatus, StackId } = await deploy({ units: [units.one], filter, accounts });
  expect(StackStatus).toBe('ROLLBACK_COMPLETE');
  expect(await admin.stacks.reasonOf(StackId!)).toContain(words);
});

test('a change of the template or description is one operation on every instance, in place', async () => {
  await deploy({ units: [units.one] });
  const before = await roleOf(A);
  const [create] = await sets.operations('roles');
  expect((await redeploy({ units: [units.one], trusted: MANAGEMENT, properties: { Description: 'trusts another one' } })).StackStatus).toBe('UPDATE_COMPLETE');
  const after = await roleOf(A);
  expect(after!.RoleId).toBe(before!.RoleId);
  expect(decodeURIComponent(after!.AssumeRolePolicyDocument!)).toContain(MANAGEMENT);
  const [update, first] = await sets.operations('roles');
  expect(update).toMatchObject({ Action: 'UPDATE', Status: 'SUCCEEDED' });
  expect(first).toEqual(create);
  expect((await sets.instances('roles')).map(({ LastOperationId }) => LastOperationId)).toEqual([update!.OperationId, update!.OperationId]);
});

test('a change of the preferences alone is no operation', async () => {
  await deploy({ units: [units.one] });
  await redeploy({ units: [units.one], properties: { OperationPreferences: { MaxConcurrentCount: 1 } } });
  expect(await actions()).toEqual(['CREATE SUCCEEDED']);
});

test('units are compared by ID: those that their parent takes in lose their stacks first', async () => {
  await deploy({ units: [units.one, units.two] });
  const before = await roleOf(A);
  await redeploy({ units: [organization.rootId] });
  expect(await actions()).toEqual(['CREATE SUCCEEDED', 'DELETE SUCCEEDED', 'CREATE SUCCEEDED']);
  expect((await roleOf(A))!.RoleId).not.toBe(before!.RoleId);
  expect((await sets.instances('roles')).map(({ OrganizationalUnitId }) => OrganizationalUnitId)).toEqual(Array(4).fill(organization.rootId));
});

test('another name makes another set, which meets the roles of the first', async () => {
  await deploy({ units: [units.one] });
  expect((await redeploy({ units: [units.one], properties: { StackSetName: 'others' } })).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await roles(A, B)).toEqual([true, true]);
  await expect(sets.instances('others')).rejects.toMatchObject({ name: 'StackSetNotFoundException' });
  expect((await redeploy({ units: [units.one], roleName: 'other', properties: { StackSetName: 'others' } })).StackStatus).toBe('UPDATE_COMPLETE');
  expect([await roleOf(A), await roleOf(A, 'other')]).toEqual([undefined, expect.anything()]);
  await expect(sets.instances('roles')).rejects.toMatchObject({ name: 'StackSetNotFoundException' });
});

test('the set goes with its stacks; what has no instance any more can be deleted too', async () => {
  await deploy({ units: [units.one] });
  await organization.remove(A);
  expect((await admin.stacks.delete('admin')).StackStatus).toBe('DELETE_COMPLETE');
  expect(await roles(A, B)).toEqual([false, false]);
});

describe('failures', () => {
  test('a failed instance says why, fails the deployment, and goes with it', async () => {
    await take(A);
    const { StackStatus, StackId } = await deploy({ units: [units.one] });
    expect(StackStatus).toBe('ROLLBACK_COMPLETE');
    expect(await admin.stacks.reasonOf(StackId!)).toMatch(/Stack set operation \[[0-9a-f-]{36}\] was unexpectedly stopped or failed/);
    expect(await roles(A, B)).toEqual([true, false]);
    await expect(sets.instances('roles')).rejects.toMatchObject({ name: 'StackSetNotFoundException' });
  });

  test('as many as are tolerated fail no operation; a percentage is rounded down', async () => {
    await take(A);
    const tolerant = (percentage: number) => ({ OperationPreferences: { MaxConcurrentPercentage: 100, FailureTolerancePercentage: percentage } });
    expect((await deploy({ units: [units.one], properties: tolerant(49) })).StackStatus).toBe('ROLLBACK_COMPLETE');
    expect((await deploy({ units: [units.one], properties: tolerant(50) })).StackStatus).toBe('CREATE_COMPLETE');
    expect(await sets.statuses('roles')).toEqual({ [A]: 'OUTDATED FAILED', [B]: GOOD });
    const [instance] = await sets.instances('roles', { StackInstanceAccount: A });
    expect(instance!.StatusReason).toMatch(/^ResourceLogicalId:Role, ResourceType:AWS::IAM::Role, ResourceStatusReason:.*Role with name connector already exists\./);
  });

  test('with account filters each unit is an operation, so the same percentage tolerates less', async () => {
    await take(A);
    const OperationPreferences = { MaxConcurrentPercentage: 100, FailureTolerancePercentage: 34 };
    const wide = { units: [units.one, units.two], properties: { OperationPreferences } };
    expect((await deploy(wide)).StackStatus).toBe('CREATE_COMPLETE');
    await admin.stacks.delete('admin');
    expect((await deploy({ ...wide, filter: 'DIFFERENCE', accounts: ['555555555555'] })).StackStatus).toBe('ROLLBACK_COMPLETE');
  });

  test('once too many have failed, what has not begun is cancelled; failures that are not tolerated come one at a time', async () => {
    await take(A);
    await take(B);
    await deploy({ units: [units.one], properties: { OperationPreferences: { FailureTolerancePercentage: 100 } } });
    expect(await sets.statuses('roles')).toEqual({ [A]: 'OUTDATED FAILED', [B]: 'OUTDATED FAILED' });
    await sets.retry('roles', [units.one], [A, B]);
    await sets.settled('roles');
    expect(await sets.statuses('roles')).toEqual({ [A]: 'OUTDATED FAILED', [B]: 'OUTDATED CANCELLED' });
    await sets.hold(A);
    await sets.retry('roles', [units.one], [A, B], { MaxConcurrentPercentage: 100 });
    await sets.until('roles', B, 'OUTDATED PENDING');
    await sets.release(A);
    await sets.settled('roles');
    expect(await sets.statuses('roles')).toEqual({ [A]: 'OUTDATED FAILED', [B]: 'OUTDATED CANCELLED' });
    await sets.hold(A);
    await sets.retry('roles', [units.one], [A, B], { MaxConcurrentPercentage: 100, ConcurrencyMode: 'SOFT_FAILURE_TOLERANCE' });
    await sets.settled('roles');
    expect(await sets.statuses('roles')).toEqual({ [A]: 'OUTDATED CANCELLED', [B]: 'OUTDATED FAILED' });
    expect((await sets.operations('roles'))[0]).toMatchObject({ Action: 'UPDATE', Status: 'FAILED', StatusDetails: { FailedStackInstancesCount: 1 } });
  });

  test('an instance whose stack cannot be deleted is inoperable, and keeps the set', async () => {
    const User = { Type: 'AWS::IAM::User', Properties: { UserName: 'member' } };
    const TemplateBody = (Path: string) => JSON.stringify({ Resources: { User: { ...User, Properties: { ...User.Properties, Path } } } });
    await deploy({ units: [units.one], properties: { TemplateBody: TemplateBody('/one/') } });
    const key = await keyOf(clients(A), 'member');
    expect((await admin.stacks.delete('admin')).StackStatus).toBe('DELETE_FAILED');
    expect(await sets.statuses('roles')).toEqual({ [A]: 'INOPERABLE INOPERABLE' });
    await expect(sets.retry('roles', [units.one], [A])).rejects.toMatchObject({ name: 'StackInstanceNotFoundException' });
    await clients(A).iam.send(new DeleteAccessKeyCommand({ UserName: 'member', AccessKeyId: key.accessKeyId }));
    expect((await admin.stacks.delete('admin')).StackStatus).toBe('DELETE_COMPLETE');
  });

  test('a failed instance is tried again by UpdateStackInstances, and by nothing else', async () => {
    await take(A);
    const set = { units: [units.one], properties: { OperationPreferences: { MaxConcurrentPercentage: 100, FailureTolerancePercentage: 50 } } };
    await deploy(set);
    await clients(A).iam.send(new DeleteRoleCommand({ RoleName: 'connector' }));
    await expect(redeploy(set)).rejects.toThrow('No updates are to be performed');
    const operation = await sets.retry('roles', [units.one], [A]);
    await sets.settled('roles');
    expect((await sets.operations('roles'))[0]).toMatchObject({ OperationId: operation, Action: 'UPDATE', Status: 'SUCCEEDED' });
    expect(await sets.statuses('roles')).toEqual({ [A]: GOOD, [B]: GOOD });
    await expect(sets.retry('roles', [units.one], [C])).rejects.toMatchObject({ name: 'StackInstanceNotFoundException' });
  });
});
