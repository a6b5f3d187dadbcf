import { BaseAccountStage, DAY } from '../../support/stage/base-account-stage';
import { Invariants } from '../invariants';

const [TOKEN, NEXT] = ['33333333-2222-4333-8444-555555555555', '44444444-2222-4333-8444-555555555555'];
const USER = 'qualys-base-account';

let stage: BaseAccountStage;
let old: string;
const statusOf = (id: string) => stage.world.aws.account.keys.find(({ accessKeyId }) => accessKeyId === id)?.status ?? 'gone';

beforeEach(async () => {
  stage = new BaseAccountStage({ writeApi: true });
  await stage.deploy();
  old = stage.currentKey!;
  stage.world.time.advance(90 * DAY);
});

/** No rotation, no daily run and no deployment takes a key of a person away. */
test('beside the current key one that a person made: a rotation names both and deletes none (fault 31)', async () => {
  const { accessKeyId: foreign } = stage.world.aws.account.createKey(USER);
  const invariants = new Invariants(stage, { foreign: [foreign] });
  stage.world.traffic.watch = invariants.instant;
  expect((await stage.rotate(TOKEN)).error?.message).toContain(`has two access keys already (${old} and ${foreign})`);
  expect((await stage.dailyRun()).outcome).toBe('returned');
  expect(await stage.deploy({ title: 'Other' })).toBe('UPDATE_COMPLETE');
  expect([stage.keyIds, stage.currentKey, stage.world.keyAtService]).toEqual([[old, foreign], old, old]);
  expect(invariants.violations).toEqual([]);
});

test('two keys that persons made: a Create names them and deletes none, nor does its Delete (fault 31)', async () => {
  const fresh = new BaseAccountStage({ writeApi: true });
  const ids = [1, 2].map(() => {
    fresh.world.aws.account.users.add(USER);
    return fresh.world.aws.account.createKey(USER).accessKeyId;
  });
  await fresh.deploy();
  expect(fresh.failure).toMatch(new RegExp(`^UserKey CREATE_FAILED: .*${ids.join(' and ')}`));
  expect(fresh.keyIds).toEqual(ids);
});

test('beside the current key one that a crash left: the next attempt removes it and rotates (fault 32)', async () => {
  const { traffic } = stage.world;
  traffic.fault = ({ step }) => step === 'iam:CreateAccessKey' ? 'kill' : undefined;
  expect((await stage.rotate(TOKEN)).outcome).toBe('killed');
  const [orphan] = stage.keyIds.filter((id) => id !== old);
  expect(stage.keyIds).toEqual([old, orphan]);
  traffic.fault = undefined;
  expect((await stage.rotate(TOKEN)).outcome).toBe('returned');
  expect(statusOf(orphan!)).toBe('gone');
  expect(stage.keyIds).toEqual([old, stage.currentKey]);
  expect(stage.world.keyAtService).toBe(stage.currentKey);
});

describe.each(['Expired', 'Inactive', 'Suspended'])('a key that IAM calls %s (fault 34)', (status) => {
  const become = (id: string) => stage.world.aws.account.setStatus(USER, id, status);

  test('is no current key: the daily run makes and brings another one', async () => {
    become(old);
    expect((await stage.dailyRun()).outcome).toBe('returned');
    expect(stage.currentKey).not.toBe(old);
    expect(stage.world.keyAtService).toBe(stage.currentKey);
    expect(stage.world.serviceCalls()).toBe(true);
  });

  test('is none to promote: that rotation ends, the next one brings another', async () => {
    stage.secret.beginRotation(TOKEN);
    await stage.step('createSecret', TOKEN);
    const made = stage.secret.json('AWSPENDING')!.accessKeyId!;
    become(made);
    expect((await stage.step('createSecret', TOKEN)).error?.message).toContain('was deleted or deactivated before it was in use');
    expect([stage.keyIds, stage.currentKey, stage.world.keyAtService]).toEqual([[old], old, old]);
    expect((await stage.rotate(NEXT)).outcome).toBe('returned');
    expect(stage.world.keyAtService).toBe(stage.currentKey);
  });

  test('is none to promote, though it was brought already: the service gets the current one back', async () => {
    stage.secret.beginRotation(TOKEN);
    await stage.step('createSecret', TOKEN);
    await stage.step('setSecret', TOKEN);
    become(stage.world.keyAtService!);
    expect((await stage.rotate(TOKEN)).error?.message).toContain('was deleted or deactivated before it was in use');
    expect([stage.keyIds, stage.currentKey, stage.world.keyAtService, stage.secret.staged('AWSPENDING')]).toEqual([[old], old, old, undefined]);
    expect((await stage.rotate(NEXT)).outcome).toBe('returned');
  });

  test('is deleted 20 hours after it was seen, to make room, when it was replaced', async () => {
    await stage.rotate(TOKEN);
    become(old);
    expect((await stage.rotate(NEXT)).error?.message).toContain('was deactivated less than a day ago');
    expect(statusOf(old)).toBe(status);
    stage.world.time.advance(20 * 3_600_000);
    expect((await stage.rotate(NEXT)).outcome).toBe('returned');
    expect(statusOf(old)).toBe('gone');
  });
});
