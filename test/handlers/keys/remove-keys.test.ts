import { MINTING_TAG } from '../../../src/wire/access-key';
import { USER } from '../../support/stage/apps/base-account';
import { BaseAccountStage } from '../../support/stage/base-account-stage';

const ALONE = { without: ['Registration'] };

let stage: BaseAccountStage;
beforeEach(async () => {
  stage = new BaseAccountStage({ writeApi: true });
  await stage.deploy({}, ALONE);
});

const account = () => stage.world.aws.account;
const foreignKey = () => account().createKey(USER).accessKeyId;
/** CloudFormation's Delete, of this stack or of one that was deployed again. */
const remove = (stackId?: string) => stage.ask('Delete', 'UserKey', { stackId });
const again = () => `${stage.stack.stackId}7`;
const SUCCESS = { Status: 'SUCCESS' };

test('removes the key that the secret names', async () => {
  expect(await remove()).toMatchObject(SUCCESS);
  expect(stage.keyIds).toEqual([]);
});

test('removes a key that an interrupted attempt left', async () => {
  stage = new BaseAccountStage();
  await stage.deploy({}, { without: ['UserKey', 'Registration'] });
  stage.world.traffic.fault = ({ step }) => (step === 'iam:CreateAccessKey' ? 'kill' : undefined);
  await stage.ask('Create', 'UserKey');
  stage.world.traffic.fault = undefined;
  expect(stage.keyIds).toHaveLength(1);
  expect(await remove()).toMatchObject(SUCCESS);
  expect(stage.keyIds).toEqual([]);
});

test('a key that it did not make fails it with the ID, and keeps every key', async () => {
  const own = stage.currentKey;
  stage.world.time.advance(60 * 60_000);
  const foreign = foreignKey();
  expect(await remove()).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining(`did not make: ${foreign}. Nothing was deleted`) });
  expect(stage.keyIds).toEqual([own, foreign]);
});

test('without the secret no key is known to be its own', async () => {
  const own = stage.currentKey;
  stage.secret.deleted = true;
  expect(await remove()).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining(own!) });
});

test.each([
  ['of a user that is gone', () => account().users.clear()],
  ['of a user without keys', () => { account().keys.length = 0; }],
])('%s: nothing to do', async (_, happen) => {
  happen();
  expect(await remove()).toMatchObject(SUCCESS);
});

test('of the user before a change of its name: the new user keeps its key', async () => {
  expect(await stage.deploy({ userName: 'renamed' }, ALONE)).toBe('UPDATE_COMPLETE');
  expect(stage.sent).toEqual(['Create UserKey', 'Update UserKey', 'Delete UserKey']);
  expect(account().keys.map(({ userName, accessKeyId }) => [userName, accessKeyId])).toEqual([['renamed', stage.currentKey]]);
});

describe('a key that another stack made', () => {
  test.each(['has found it', 'failed before it looked'])('stays, and works, when a deployment that %s is taken back', async (how) => {
    const kept = stage.currentKey;
    if (how === 'failed before it looked') stage.world.traffic.fault = () => 'kill';
    const found = await stage.ask('Create', 'UserKey', { stackId: again() });
    expect(found?.Data?.AccessKeyId).toBe(how === 'has found it' ? kept : undefined);
    stage.world.traffic.fault = undefined;
    expect(await remove(again())).toMatchObject(SUCCESS);
    expect([stage.keyIds, stage.currentKey, account().keys[0]!.status]).toEqual([[kept], kept, 'Active']);
  });

  test('stays after a rotation, which does not change whose it is', async () => {
    await stage.deploy();
    stage.world.time.advance(90 * 86_400_000);
    expect((await stage.rotate()).outcome).toBe('returned');
    const { keyIds } = stage;
    expect(keyIds).toHaveLength(2);
    expect(await remove(again())).toMatchObject(SUCCESS);
    expect([stage.keyIds, stage.world.serviceCalls()]).toEqual([keyIds, true]);
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
    expect(stage.keyIds).toEqual([]);
  });

  test('and that is gone: the one made for it goes with the stack that made it', async () => {
    account().keys.length = 0;
    expect(await stage.ask('Create', 'UserKey', { stackId: again() })).toMatchObject(SUCCESS);
    expect(stage.keyIds).toHaveLength(1);
    expect(await remove(again())).toMatchObject(SUCCESS);
    expect(stage.keyIds).toEqual([]);
  });
});

test('where an earlier version of the library made the key, which did not say in which stack, it goes', async () => {
  stage.secret.tags.set(MINTING_TAG, 'none');
  expect(await remove(again())).toMatchObject(SUCCESS);
  expect(stage.keyIds).toEqual([]);
});
