import { GetRoleCommand } from '@aws-sdk/client-iam';
import { Clients } from '../../../support/emulator/clients';
import { RoleSet, roleSet } from '../../../support/emulator/organization/role-set';
import { TwoUnits, twoUnits } from '../../../support/emulator/organization/two-units';
import { emulatorOfFile } from '../../../support/emulator/temporary-emulator';

const [MANAGEMENT, ADMIN, A, B, C] = ['999999999999', '111111111111', '222222222222', '333333333333', '444444444444'];

const aws = emulatorOfFile();
let organization: TwoUnits['organization'];
let admin: TwoUnits['admin'];
let sets: TwoUnits['sets'];
let units: TwoUnits['units'];
beforeEach(async () => {
  ({ organization, units, admin, sets } = await twoUnits(aws.emulator, [MANAGEMENT, ADMIN], ({ one }) => [[A, one], [B]]));
});

const GOOD = 'CURRENT SUCCEEDED';
const deploy = async (set: RoleSet) => expect((await admin.stacks.create('admin', roleSet(set))).StackStatus).toBe('CREATE_COMPLETE');
const hasRole = async (account: string) => new Clients(aws.emulator, account).iam.send(new GetRoleCommand({ RoleName: 'connector' })).then(() => true, () => false);
const settled = async () => {
  await sets.settled('roles');
  return sets.statuses('roles');
};

test.each([['comes to the unit', () => units.one], ['comes to a unit below it', () => units.nested]])('an account that %s gets the stack by itself', async (_, unit) => {
  await deploy({ units: [units.one] });
  await organization.move(B, unit());
  expect(await settled()).toEqual({ [A]: GOOD, [B]: GOOD });
  expect(await hasRole(B)).toBe(true);
  expect((await sets.instances('roles', { StackInstanceAccount: B }))[0]).toMatchObject({ OrganizationalUnitId: units.one });
  await organization.addAccount(C, units.one);
  expect(await settled()).toEqual({ [A]: GOOD, [B]: GOOD, [C]: GOOD });
  expect((await sets.operations('roles')).map(({ Action }) => Action)).toEqual(['CREATE', 'CREATE', 'CREATE']);
});

test('a move within the unit changes nothing', async () => {
  await deploy({ units: [units.one] });
  await organization.move(A, units.nested);
  expect(await settled()).toEqual({ [A]: GOOD });
  expect(await sets.operations('roles')).toHaveLength(1);
});

test.each([['the unit', () => organization.move(A, units.two)], ['the organization', () => organization.remove(A)]])('an account that leaves %s loses the stack', async (_, leave) => {
  await deploy({ units: [units.one] });
  await leave();
  expect(await settled()).toEqual({});
  expect(await hasRole(A)).toBe(false);
});

test('what is to be retained stays, and is the set\'s no more', async () => {
  await deploy({ units: [units.one], properties: { AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: true } } });
  await organization.move(A, units.two);
  expect(await settled()).toEqual({});
  expect(await hasRole(A)).toBe(true);
});

test('a move between two units of the set takes the stack away and makes it again', async () => {
  await deploy({ units: [units.one, units.two] });
  await organization.move(A, units.two);
  expect(await settled()).toEqual({ [A]: GOOD });
  expect((await sets.operations('roles')).map(({ Action }) => Action)).toEqual(['CREATE', 'DELETE', 'CREATE']);
});

test('without automatic deployment nobody gets or loses anything by itself', async () => {
  await deploy({ units: [units.one], properties: { AutoDeployment: { Enabled: false } } });
  await organization.move(B, units.one);
  await organization.move(A, units.two);
  expect(await settled()).toEqual({ [A]: GOOD });
});

test('automatic deployment does not look at account filters; what it made for an excluded account keeps the set from being deleted', async () => {
  await deploy({ units: [units.one], filter: 'DIFFERENCE', accounts: [B] });
  await organization.move(B, units.one);
  expect(await settled()).toEqual({ [A]: GOOD, [B]: GOOD });
  expect((await admin.stacks.delete('admin')).StackStatus).toBe('DELETE_FAILED');
  expect(await settled()).toEqual({ [B]: GOOD });
  await organization.move(B, units.two);
  expect(await settled()).toEqual({});
  expect((await admin.stacks.delete('admin')).StackStatus).toBe('DELETE_COMPLETE');
});

test('a closed account keeps its instance, current; from the next operation on it is skipped', async () => {
  await deploy({ units: [units.one] });
  await organization.move(B, units.one);
  await sets.settled('roles');
  await organization.close(A);
  expect(await settled()).toEqual({ [A]: GOOD, [B]: GOOD });
  expect((await admin.stacks.update('admin', roleSet({ units: [units.one], trusted: MANAGEMENT }))).StackStatus).toBe('UPDATE_COMPLETE');
  expect(await settled()).toEqual({ [A]: 'OUTDATED SKIPPED_SUSPENDED_ACCOUNT', [B]: GOOD });
  expect((await admin.stacks.delete('admin')).StackStatus).toBe('DELETE_COMPLETE');
});

test('a suspended account gets nothing', async () => {
  await organization.close(B);
  await deploy({ units: [organization.rootId] });
  expect(Object.keys(await settled())).toEqual([ADMIN, A]);
});

describe('an account that is held', () => {
  test('waits, PENDING, while others go on, and its operation keeps its ID', async () => {
    await deploy({ units: [units.one] });
    await sets.hold(B);
    await organization.move(B, units.one);
    await sets.until('roles', B, 'OUTDATED PENDING');
    expect(await hasRole(B)).toBe(false);
    const [running] = await sets.operations('roles');
    expect(running).toMatchObject({ Action: 'CREATE', Status: 'RUNNING' });
    expect(await sets.instances('roles', { Filters: [{ Name: 'DETAILED_STATUS', Values: 'PENDING' }] })).toMatchObject([{ Account: B }]);
    expect(await sets.instances('roles', { Filters: [{ Name: 'LAST_OPERATION_ID', Values: running!.OperationId }] })).toMatchObject([{ Account: B }]);
    await sets.release(B);
    expect(await settled()).toEqual({ [A]: GOOD, [B]: GOOD });
    expect((await sets.operations('roles'))[0]).toMatchObject({ OperationId: running!.OperationId, Status: 'SUCCEEDED', EndTimestamp: expect.any(Date) });
  });

  test('lets a deployment wait, and the next operation in the queue', async () => {
    await deploy({ units: [units.one] });
    await sets.hold(A);
    const updated = admin.stacks.update('admin', roleSet({ units: [units.one], trusted: MANAGEMENT }));
    await sets.until('roles', A, 'OUTDATED PENDING');
    await sets.retry('roles', [units.one], [A]);
    expect((await sets.operations('roles')).map(({ Action, Status }) => `${Action} ${Status}`)).toEqual(['UPDATE QUEUED', 'UPDATE RUNNING', 'CREATE SUCCEEDED']);
    await sets.release(A);
    expect((await updated).StackStatus).toBe('UPDATE_COMPLETE');
    expect(await settled()).toEqual({ [A]: GOOD });
  });

  test('lets a second operation be refused where execution is not managed', async () => {
    const set = { units: [units.one], properties: { ManagedExecution: { Active: false } } };
    await deploy(set);
    await sets.hold(A);
    await sets.retry('roles', [units.one], [A]);
    await expect(sets.retry('roles', [units.one], [A])).rejects.toMatchObject({ name: 'OperationInProgressException' });
    await sets.release(A);
    await sets.settled('roles');
  });
});
