import { settledNote } from '../../../lambda/keys/minting/minting-note';
import type { Answer } from '../../support/cloudformation/answers';
import { USER } from '../../support/stage/apps/base-account';
import { BaseAccountStage } from '../../support/stage/base-account-stage';

const REQUEST = '7c8a4f9e-0f7e-4a55-8f57-3f2c7c1d9a01';
const LATER = '0b1de7a2-4f61-4f0c-9d0e-6f1f0d3b2c02';

let stage: BaseAccountStage;
beforeEach(async () => {
  stage = new BaseAccountStage();
  await stage.deploy({}, { without: ['UserKey', 'Registration'] });
});

/** One request for the key; fails the test unless it succeeds. */
async function ensure(requestId = REQUEST): Promise<string> {
  const { Status, Reason, Data } = (await stage.ask('Create', 'UserKey', { requestId }))!;
  expect([Status, Reason]).toEqual(['SUCCESS', '']);
  return Data!.AccessKeyId!;
}
const refused = async () => (await stage.ask('Create', 'UserKey') as Answer).Reason;
const foreignKey = () => stage.world.aws.account.createKey(USER).accessKeyId;

/** The key that the secret holds as the current one, if AWS lets it in. */
function workingKey(): string | undefined {
  const { accessKeyId, secretAccessKey } = stage.secret.json('AWSCURRENT')!;
  return stage.world.aws.account.caller({ accessKeyId: accessKeyId!, secretAccessKey: secretAccessKey! })?.accessKeyId;
}

describe('the first key', () => {
  test('is made, stored as the current version with user and account, and answered', async () => {
    const accessKeyId = await ensure();
    expect(stage.keyIds).toEqual([accessKeyId]);
    const { secretAccessKey } = stage.world.aws.account.keys[0]!;
    expect(stage.secret.json('AWSCURRENT')).toEqual({ accessKeyId, secretAccessKey, userName: USER, accountId: '111111111111' });
    expect(stage.secret.versions).toHaveLength(1);
    expect(stage.secret.tag).toBe(settledNote(REQUEST, stage.stack.stackId.split('/').at(-1)));
  });

  test('survives a replay of the same request and a later request, which only read', async () => {
    const first = await ensure();
    stage.world.traffic.calls = [];
    expect([await ensure(), await ensure(LATER)]).toEqual([first, first]);
    expect(stage.keyIds).toEqual([first]);
    expect(new Set(stage.world.traffic.calls.map(({ step }) => step)))
      .toEqual(new Set(['secretsmanager:DescribeSecret', 'iam:ListAccessKeys', 'secretsmanager:GetSecretValue', 'answer']));
  });

  test('is one key when the same request runs twice at the same time', async () => {
    stage.world.traffic.latency = () => 100;
    await Promise.all([1, 2].map(() => stage.ask('Create', 'UserKey', { requestId: REQUEST })));
    const answers = stage.world.answers.all(REQUEST).map(({ Status, Data }) => [Status, Data?.AccessKeyId]);
    expect(answers).toEqual(Array(2).fill(['SUCCESS', stage.currentKey]));
    expect(stage.keyIds).toEqual([stage.currentKey]);
    expect(workingKey()).toBe(stage.currentKey);
  });
});

describe('a key that was there already', () => {
  test('of a person stays, and a second one is made beside it', async () => {
    const foreign = foreignKey();
    expect(stage.keyIds).toEqual([foreign]);
    expect([foreign, await ensure()]).toEqual(stage.keyIds);
  });

  test('since long after a crash is not taken for an orphan, where a person made it', async () => {
    stage.world.traffic.fault = ({ step }) => (step === 'iam:CreateAccessKey' ? 'kill' : undefined);
    expect(await stage.ask('Create', 'UserKey')).toBeUndefined();
    stage.world.traffic.fault = undefined;
    stage.world.time.advance(60 * 60_000);
    const foreign = foreignKey();
    expect([foreign, await ensure(LATER)]).toEqual(stage.keyIds);
  });
});

describe('behind our back (faults 34, 44 and 65)', () => {
  test.each([
    ['deleted', () => { stage.world.aws.account.keys.length = 0; }],
    ['deactivated', () => { stage.world.aws.account.keys[0]!.status = 'Inactive'; }],
    ['expired', () => { stage.world.aws.account.keys[0]!.status = 'Expired'; }],
  ])('a key that was %s is followed by a fresh one', async (_, happen) => {
    const first = await ensure();
    happen();
    const second = await ensure(LATER);
    expect(second).not.toBe(first);
    expect(workingKey()).toBe(second);
  });

  test('a secret that waits for its deletion is an error that says how to restore it', async () => {
    stage.secret.deleted = true;
    expect(await refused()).toContain('is scheduled for deletion. Restore it (aws secretsmanager restore-secret)');
    expect(stage.keyIds).toEqual([]);
  });

  test.each([
    ['no JSON', 'hunter2hunter2', 'does not hold JSON'],
    ['a missing field', '{"accessKeyId":"AKIA1","userName":"u","accountId":"1"}', "lacks a usable field 'secretAccessKey'"],
    ['another type', '[1]', 'lacks a usable field'],
  ])('a secret with %s is an error that does not repeat it (fault 66)', async (_, value, message) => {
    stage.secret.put('v1', value, 'AWSCURRENT');
    const reason = await refused();
    expect(reason).toContain(message);
    expect(reason).not.toContain('hunter2');
    expect(stage.keyIds).toEqual([]);
  });
});

describe('another user', () => {
  test('gets a key of its own, and the rollback finds the first one again', async () => {
    const stand = { without: ['Registration'] };
    expect(await stage.deploy({}, stand)).toBe('UPDATE_COMPLETE');
    const first = stage.currentKey;
    const second = await stage.ask('Update', 'UserKey', { ...stand, app: { userName: 'renamed' } });
    expect(stage.secret.json('AWSCURRENT')).toMatchObject({ userName: 'renamed', accessKeyId: second!.Data!.AccessKeyId });
    const back = await stage.ask('Update', 'UserKey', { ...stand, app: {}, from: { userName: 'renamed' }, physicalId: second!.PhysicalResourceId });
    expect([back!.Data!.AccessKeyId, workingKey(), stage.keyIds.length]).toEqual([first, first, 2]);
  });

  test('that does not exist is named', async () => {
    stage.world.aws.account.users.clear();
    expect(await refused()).toContain(`the IAM user ${USER} does not exist in account 111111111111`);
  });
});
