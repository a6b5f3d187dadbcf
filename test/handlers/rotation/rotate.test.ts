import { BaseAccountStage, DAY } from '../../support/stage/base-account-stage';

/** Secrets Manager names the version of a rotation by its token, 32 to 64 characters. */
const [TOKEN, OTHER] = ['11111111-2222-4333-8444-555555555555', '99999999-2222-4333-8444-555555555555'];
const DONE = { outcome: 'returned' };

let stage: BaseAccountStage;
beforeEach(async () => {
  stage = new BaseAccountStage({ writeApi: true });
  await stage.deploy();
  stage.world.time.advance(90 * DAY);
  stage.world.service.clearRequests();
});

const account = () => stage.world.aws.account;
/** The calls since the last look, but for those that only Secrets Manager takes. */
function steps(): string[] {
  const { traffic } = stage.world;
  return traffic.calls.splice(0).map(({ step }) => step).filter((step) => !step.startsWith('secretsmanager:'));
}

/** Runs these steps, from the first on. */
async function begin(...names: string[]): Promise<void> {
  stage.secret.beginRotation(TOKEN);
  for (const name of names) expect(await stage.step(name, TOKEN)).toEqual(DONE);
}

test('a rotation: a new key, proven, pushed, promoted; the old one stays valid', async () => {
  const old = stage.currentKey;
  expect(await stage.rotate(TOKEN)).toEqual(DONE);
  expect(stage.currentKey).not.toBe(old);
  expect(stage.world.keyAtService).toBe(stage.currentKey);
  expect(stage.secret.json('AWSPREVIOUS')!.accessKeyId).toBe(old);
  expect(account().keys.map(({ accessKeyId, status }) => [accessKeyId, status])).toEqual([[old, 'Active'], [stage.currentKey, 'Active']]);
  expect(stage.world.service.baseAccounts()[0]!.title).toBe('Central Security');
  expect(stage.record).toMatchObject({ status: 'REGISTERED', registeredAccessKeyId: stage.currentKey, lastRotation: 'SUCCEEDED', promoted: { accessKeyId: stage.currentKey } });
});

test('nothing secret leaves by any way, also when it fails', async () => {
  await stage.rotate(TOKEN);
  stage.world.service.faults.next({ times: 100 }, { kind: 'drop' });
  const { error } = await stage.rotate(OTHER);
  const { answers, log, aws, service } = stage.world;
  const surfaces = [answers.text(), ...log, error!.message, error!.stack, JSON.stringify(service.requests()), ...aws.parameters.values()].join();
  for (const { secretAccessKey } of [stage.secret.json('AWSCURRENT')!, stage.secret.json('AWSPREVIOUS')!]) {
    expect(secretAccessKey).toHaveLength(40);
    expect(surfaces).not.toContain(secretAccessKey);
    expect(surfaces).not.toContain(Buffer.from(secretAccessKey!).toString('base64'));
    expect(surfaces).not.toContain(encodeURIComponent(secretAccessKey!));
  }
});

test('every step again with the same token changes nothing (fault 37)', async () => {
  await begin('createSecret', 'createSecret', 'setSecret', 'setSecret', 'testSecret', 'testSecret', 'finishSecret', 'finishSecret', 'createSecret');
  expect(stage.keyIds).toHaveLength(2);
  expect(stage.world.keyAtService).toBe(stage.currentKey);
});

test('the new key is tried several times before the service hears of it', async () => {
  account().keyDelay = 20_000;
  await begin('createSecret');
  expect(stage.world.service.requests()).toEqual([]);
  steps();
  await stage.step('setSecret', TOKEN);
  const made = steps();
  expect(made.filter((step) => step === 'sts:GetCallerIdentity').length).toBeGreaterThan(3);
  expect(made.findIndex((step) => step.includes('/update/am/'))).toBeGreaterThan(made.lastIndexOf('sts:GetCallerIdentity'));
});

test('the trial when the schedule is set passes, and asks neither the service nor IAM', async () => {
  steps();
  expect(await stage.trial(TOKEN)).toEqual(DONE);
  expect(steps()).toEqual([]);
});

describe('answered as the templates of Secrets Manager answer (fault 38)', () => {
  test.each([
    ['rotation that is switched off', () => { stage.secret.beginRotation(TOKEN); stage.secret.rotationEnabled = false; }, TOKEN, 'rotation is not enabled'],
    ['an unknown token', () => stage.secret.beginRotation(TOKEN), OTHER, 'has no stage for rotation'],
    ['a version that is not pending', () => {
      stage.secret.put(OTHER, stage.secret.staged('AWSCURRENT')!.value!, 'AWSPREVIOUS');
    }, OTHER, 'is not set as AWSPENDING'],
  ])('%s', async (_, prepare, token, message) => {
    const before = stage.currentKey;
    prepare();
    expect((await stage.step('createSecret', token)).error?.message).toContain(message);
    expect(stage.currentKey).toBe(before);
    expect(stage.keyIds).toHaveLength(1);
  });

  test('a version that is current already: done', async () => {
    expect(await stage.step('createSecret', stage.secret.staged('AWSCURRENT')!.id)).toEqual(DONE);
    expect(stage.keyIds).toHaveLength(1);
  });

  test('another secret, another step', async () => {
    stage.secret.beginRotation(TOKEN);
    expect((await stage.step('createSecret', TOKEN, 'arn:aws:secretsmanager:us-east-1:111111111111:secret:other')).error?.message).toContain('rotates the secret');
    expect((await stage.step('stealSecret', TOKEN)).error?.message).toContain('the step must be one of');
  });
});

describe('what stops it leaves the current key in use', () => {
  const stopped = async (message: string, token = TOKEN) => {
    const before = stage.currentKey;
    expect((await stage.rotate(token)).error?.message).toContain(message);
    expect(stage.currentKey).toBe(before);
    expect(stage.world.serviceCalls()).toBe(true);
    expect(stage.keyIds.length).toBeLessThanOrEqual(2);
  };

  test('the key of the last rotation that is still active', async () => {
    await stage.rotate(TOKEN);
    await stopped('is still active, and IAM allows two keys a user', OTHER);
  });

  test('a service that is down; the retry ends it (fault 39)', async () => {
    stage.world.service.faults.next({ times: 100 }, { kind: 'drop' });
    await stopped('no connection');
    expect(stage.record!.lastRotation).toBe('FAILED');
    stage.world.service.faults.clear();
    expect(await stage.rotate(TOKEN)).toEqual(DONE);
    expect(stage.world.keyAtService).toBe(stage.currentKey);
    expect(stage.record!.lastRotation).toBe('SUCCEEDED');
  });

  test('a service that refuses the key', async () => {
    stage.world.service.faults.next({ match: { path: /update\/am/ }, times: 9 }, { kind: 'answer', status: 400, body: '{"ServiceResponse":{"responseCode":"INVALID_REQUEST"}}' });
    await stopped('INVALID_REQUEST');
    stage.world.service.faults.clear();
    expect(await stage.rotate(TOKEN)).toEqual(DONE);
  });

  test('a new key that dies before the promotion: the service gets the current one back (fault 40)', async () => {
    const before = stage.currentKey;
    await begin('createSecret', 'setSecret');
    const made = stage.secret.json('AWSPENDING')!.accessKeyId;
    expect(stage.world.keyAtService).toBe(made);
    account().keys.find((key) => key.accessKeyId === made)!.status = 'Inactive';
    expect((await stage.step('testSecret', TOKEN)).error?.message).toContain('is not accepted by AWS');
    expect(stage.world.keyAtService).toBe(before);
    expect(stage.keyIds).toEqual([before]);
    expect(stage.secret.staged('AWSPENDING')).toBeUndefined();
    expect(await stage.rotate(OTHER)).toEqual(DONE);
    expect(stage.world.keyAtService).toBe(stage.currentKey);
  });

  test('a new key that is deleted before it was pushed: this rotation ends, the next one works', async () => {
    await begin('createSecret');
    account().deleteKey('qualys-base-account', stage.secret.json('AWSPENDING')!.accessKeyId!);
    await stopped('was deleted or deactivated before it was in use');
    expect(await stage.rotate(OTHER)).toEqual(DONE);
  });

  test('an entry that another stack has taken over', async () => {
    await new BaseAccountStage({ beside: stage, stackName: 'Second', userOf: stage }).deploy({ adoptExisting: true, title: 'Second' });
    await stopped('is managed by another stack now, so its key is not rotated from here');
    expect(stage.world.service.baseAccounts()[0]!.title).toBe('Second');
  });
});

test('a deployment between push and promotion puts the current key back; the retry brings the new one again', async () => {
  await begin('createSecret', 'setSecret');
  expect(await stage.deploy({ title: 'Meanwhile' })).toBe('UPDATE_COMPLETE');
  expect(stage.world.keyAtService).toBe(stage.currentKey);
  expect(await stage.step('testSecret', TOKEN)).toEqual(DONE);
  expect((await stage.step('finishSecret', TOKEN)).error?.message).toContain('the next attempt brings it again');
  expect(stage.world.serviceCalls()).toBe(true);
  expect(await stage.rotate(TOKEN)).toEqual(DONE);
  expect(stage.world.keyAtService).toBe(stage.currentKey);
});
