import type { BaseAccountApp } from '../../support/stage/apps/base-account';
import { BaseAccountStage } from '../../support/stage/base-account-stage';

/* A second stack has taken the entry over. The code of the first one may still say that it adopts. */

let first: BaseAccountStage;
let second: BaseAccountStage;
beforeEach(() => {
  first = new BaseAccountStage({ writeApi: true, stackName: 'First' });
  second = new BaseAccountStage({ beside: first, stackName: 'Second', userOf: first });
});

const adopting = (title: string): BaseAccountApp => ({ adoptExisting: true, title });
const owner = () => first.record?.owner.stackId.split('/')[1];
const attributes = () => first.stack.resources.get('Registration')!.attributes;
const standing = () => JSON.stringify([first.world.service.baseAccounts(), [...first.world.aws.parameters]]);

async function lose(app: BaseAccountApp): Promise<string> {
  await first.deploy(app);
  expect(await second.deploy(adopting('Of the second'))).toBe('CREATE_COMPLETE');
  expect(owner()).toBe('Second');
  return standing();
}

test.each([true, false])('adoptExisting %s: an update of the first fails, its rollback succeeds, and both leave the entry alone (fault 67)', async (adoptExisting) => {
  const before = await lose({ adoptExisting });
  expect(await first.deploy({ adoptExisting, title: 'Of the first' })).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(first.failure).toContain('is managed by the resource Registration of the stack Second (');
  expect(attributes()).toEqual({ Status: 'REGISTERED', RegisteredAccessKeyId: 'NONE', NextStep: expect.stringContaining('is managed by') });
  expect(standing()).toBe(before);
});

test('a rollback that turns adoptExisting on again takes nothing back', async () => {
  const before = await lose(adopting('Of the first'));
  expect(await first.deploy({ title: 'Of the first' })).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(standing()).toBe(before);
});

test('one that goes on from what the stack never was is no way back either', async () => {
  const before = await lose(adopting('Of the first'));
  const answer = await first.ask('Update', 'Registration', { app: adopting('Later'), from: { title: 'Failed' } });
  expect(answer!.Reason).toContain('An update does not take it over, since it may be a rollback; if that resource is gone for good, '
    + `delete the parameter ${first.recordName} in Parameter Store and deploy again`);
  expect(standing()).toBe(before);
  first.world.aws.parameters.clear();
  expect(await first.deploy(adopting('Later'))).toBe('UPDATE_COMPLETE');
  expect(owner()).toBe('First');
});

test('a deployment that turns adoptExisting on takes it back, and then the second one is the one that has lost it', async () => {
  await lose({});
  expect(await first.deploy({ title: 'Of the first' })).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(first.failure).toContain('or set adoptExisting to take it over');
  expect(await first.deploy(adopting('Of the first'))).toBe('UPDATE_COMPLETE');
  expect(attributes().Status).toBe('REGISTERED');
  expect([owner(), first.world.service.baseAccounts()[0]!.title]).toEqual(['First', 'Of the first']);
  const before = standing();
  expect(await second.deploy(adopting('Again'))).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(standing()).toBe(before);
});

test('a rollback to the platform that was lost meanwhile leaves it to whoever has it', async () => {
  await lose(adopting('Of the first'));
  const { physicalId } = first.stack.resources.get('Registration')!;
  const before = standing();
  const moved: BaseAccountApp = { ...adopting('Of the first'), platform: 'other' };
  expect(await first.ask('Update', 'Registration', { app: moved })).toMatchObject({ Status: 'FAILED' }); // nobody is there; nothing was begun
  expect(standing()).toBe(before);
  const gone = await first.ask('Update', 'Registration', { app: adopting('Of the first'), from: moved, physicalId: physicalId.replace('connectors', 'other') });
  expect(gone).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: physicalId });
  expect(standing()).toBe(before);
});

test('a record of an older release, which does not say what was deployed, is left with its owner', async () => {
  await first.deploy(adopting('Of the first'));
  const { mark, ...old } = first.record!;
  expect(mark).toMatch(/^[0-9a-f]{16}$/);
  first.world.aws.parameters.set(first.recordName, JSON.stringify(old));
  await second.deploy(adopting('Of the second'));
  const before = standing();
  expect(await first.deploy(adopting('Later'))).toBe('UPDATE_ROLLBACK_FAILED');
  expect(standing()).toBe(before);
});
