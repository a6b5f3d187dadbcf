import { FIRST_TOKEN as TOKEN, SECOND_TOKEN as OTHER } from './tokens';
import { RotationStage } from './world';
import { WRITE_API_PRESET } from '../../../src/base-account/private/write-api-preset';
import { Calls, Fault } from '../../support/fake-aws/calls';


let stage: RotationStage;
beforeEach(async () => {
  stage = await RotationStage.start({ writeApi: true });
  await stage.register();
});
afterEach(() => stage.stop());

const currentId = () => stage.secret.json('AWSCURRENT')!.accessKeyId!;

test('a rotation: a new key, proven, pushed, promoted; the old one stays valid', async () => {
  const old = currentId();
  expect(await stage.rotate(TOKEN)).toBeUndefined();
  expect(currentId()).not.toBe(old);
  expect(stage.keyAtService).toBe(currentId());
  expect(stage.secret.json('AWSPREVIOUS')!.accessKeyId).toBe(old);
  expect(stage.account.keys.map(({ accessKeyId, status }) => [accessKeyId, status])).toEqual([[old, 'Active'], [currentId(), 'Active']]);
  expect(stage.service.baseAccounts()[0]!.title).toBe('Central Security');
  expect(stage.record()).toMatchObject({ status: 'REGISTERED', registeredAccessKeyId: currentId(), lastRotation: 'SUCCEEDED', promoted: { accessKeyId: currentId() } });
});

test('nothing secret leaves by any way, also when it fails', async () => {
  await stage.rotate(TOKEN);
  stage.service.faults.next({ times: 100 }, { kind: 'drop' });
  const error = await stage.rotate(OTHER);
  const surfaces = `${stage.surfaces} ${error!.message} ${error!.stack} ${JSON.stringify(stage.service.requests())}`;
  for (const { secretAccessKey } of [stage.secret.json('AWSCURRENT')!, stage.secret.json('AWSPREVIOUS')!]) {
    expect(secretAccessKey).toHaveLength(40);
    expect(surfaces).not.toContain(secretAccessKey);
    expect(surfaces).not.toContain(Buffer.from(secretAccessKey!).toString('base64'));
    expect(surfaces).not.toContain(encodeURIComponent(secretAccessKey!));
  }
});

test('every step again with the same token changes nothing (fault 37)', async () => {
  stage.secret.beginRotation(TOKEN);
  for (const step of ['createSecret', 'createSecret', 'setSecret', 'setSecret', 'testSecret', 'testSecret', 'finishSecret', 'finishSecret', 'createSecret']) expect(await stage.step(step, TOKEN)).toBeUndefined();

  expect(stage.keyIds).toHaveLength(2);
  expect(stage.keyAtService).toBe(currentId());
});

test('the new key is tried several times before the service hears of it', async () => {
  stage.account.keyDelay = 20_000;
  stage.service.clearRequests();
  stage.secret.beginRotation(TOKEN);
  await stage.step('createSecret', TOKEN);
  expect(stage.service.requests()).toEqual([]);
  stage.calls = new Calls();
  await stage.step('setSecret', TOKEN);
  const tries = stage.calls.steps.filter((step) => step === 'sts:GetCallerIdentity').length;
  expect(tries).toBeGreaterThan(3);
  expect(stage.calls.steps.indexOf('service:update base account')).toBeGreaterThan(stage.calls.steps.lastIndexOf('sts:GetCallerIdentity'));
});

test('the trial when the schedule is set passes, and asks neither the service nor IAM', async () => {
  stage.service.clearRequests();
  stage.calls = new Calls();
  expect(await stage.trial(TOKEN)).toBeUndefined();
  expect(stage.service.requests()).toEqual([]);
  expect(stage.calls.steps.filter((step) => !step.startsWith('secretsmanager:'))).toEqual([]);
});

describe('answered as the templates of Secrets Manager answer (fault 38)', () => {
  test.each([
    ['rotation that is switched off', () => { stage.secret.beginRotation(TOKEN); stage.secret.rotationEnabled = false; }, TOKEN, 'rotation is not enabled'],
    ['an unknown token', () => stage.secret.beginRotation(TOKEN), OTHER, 'has no stage for rotation'],
    ['a version that is not pending', () => {
      stage.secret.put(OTHER, stage.secret.staged('AWSCURRENT')!.value!, 'AWSPREVIOUS');
    }, OTHER, 'is not set as AWSPENDING'],
  ])('%s', async (_, prepare, token, message) => {
    const before = currentId();
    prepare();
    expect((await stage.step('createSecret', token))?.message).toContain(message);
    expect(currentId()).toBe(before);
    expect(stage.keyIds).toHaveLength(1);
  });

  test('a version that is current already: done', async () => {
    expect(await stage.step('createSecret', stage.secret.staged('AWSCURRENT')!.id)).toBeUndefined();
    expect(stage.keyIds).toHaveLength(1);
  });

  test('another secret, another step', async () => {
    stage.secret.beginRotation(TOKEN);
    expect((await stage.step('createSecret', TOKEN, 'arn:aws:secretsmanager:us-east-1:111111111111:secret:other'))?.message).toContain('rotates the secret');
    expect((await stage.step('stealSecret', TOKEN))?.message).toContain('the step must be one of');
  });
});

describe('what stops it leaves the current key in use', () => {
  const stopped = async (message: string, token = TOKEN) => {
    const before = currentId();
    expect((await stage.rotate(token))?.message).toContain(message);
    expect(currentId()).toBe(before);
    expect(stage.serviceCalls()).toBe(true);
    expect(stage.keyIds.length).toBeLessThanOrEqual(2);
  };

  test('two keys that nobody knows: their IDs are named, nothing is deleted (fault 31)', async () => {
    const foreign = stage.foreignKey();
    await stopped(`(${currentId()} and ${foreign})`);
    expect(stage.keyIds).toHaveLength(2);
  });

  test('the key of the last rotation that is still active', async () => {
    await stage.rotate(TOKEN);
    await stopped('is still active, and IAM allows two keys a user', OTHER);
  });

  test('a service that is down; the retry ends it (fault 39)', async () => {
    stage.service.faults.next({ times: 100 }, { kind: 'drop' });
    await stopped('no connection');
    expect(stage.record()!.lastRotation).toBe('FAILED');
    stage.service.faults.clear();
    expect(await stage.rotate(TOKEN)).toBeUndefined();
    expect(stage.keyAtService).toBe(currentId());
    expect(stage.record()!.lastRotation).toBe('SUCCEEDED');
  });

  test('a service that refuses the key', async () => {
    stage.service.faults.next({ match: { path: /update\/am/ }, times: 9 }, { kind: 'answer', status: 400, body: '{"ServiceResponse":{"responseCode":"INVALID_REQUEST"}}' });
    await stopped('INVALID_REQUEST');
    stage.service.faults.clear();
    expect(await stage.rotate(TOKEN)).toBeUndefined();
  });

  test('a new key that dies before the promotion: the service gets the current one back (fault 40)', async () => {
    const before = currentId();
    stage.secret.beginRotation(TOKEN);
    await stage.step('createSecret', TOKEN);
    await stage.step('setSecret', TOKEN);
    const made = stage.secret.json('AWSPENDING')!.accessKeyId;
    expect(stage.keyAtService).toBe(made);
    stage.account.keys.find((key) => key.accessKeyId === made)!.status = 'Inactive';
    expect((await stage.step('testSecret', TOKEN))?.message).toContain('is not accepted by AWS');
    expect(stage.keyAtService).toBe(before);
    expect(stage.keyIds).toEqual([before]);
    expect(stage.secret.staged('AWSPENDING')).toBeUndefined();
    expect(await stage.rotate(OTHER)).toBeUndefined();
    expect(stage.keyAtService).toBe(currentId());
  });

  test('a new key that is deleted before it was pushed: this rotation ends, the next one works', async () => {
    stage.secret.beginRotation(TOKEN);
    await stage.step('createSecret', TOKEN);
    stage.account.deleteKey('qualys-base-account', stage.secret.json('AWSPENDING')!.accessKeyId!);
    await stopped('was deleted or deactivated before it was in use');
    expect(await stage.rotate(OTHER)).toBeUndefined();
  });

  test('an entry that another stack has taken over', async () => {
    await stage.resource({ stackName: 'Second' }).create(stage.properties({ AdoptExisting: 'true', Title: 'Second' }));
    await stopped('is managed by another stack now, so its key is not rotated from here');
    expect(stage.service.baseAccounts()[0]!.title).toBe('Second');
  });
});

test('a deployment between push and promotion puts the current key back; the retry brings the new one again', async () => {
  stage.secret.beginRotation(TOKEN);
  await stage.step('createSecret', TOKEN);
  await stage.step('setSecret', TOKEN);
  const resource = stage.resource();
  await resource.send('Update', stage.properties({ Title: 'Meanwhile' }), { OldResourceProperties: stage.properties(), PhysicalResourceId: `qualys-base-account:${new URL(stage.service.apiServer).host}:GLOBAL` });
  expect(stage.keyAtService).toBe(currentId());
  expect(await stage.step('testSecret', TOKEN)).toBeUndefined();
  expect((await stage.step('finishSecret', TOKEN))?.message).toContain('the next attempt brings it again');
  expect(stage.serviceCalls()).toBe(true);
  expect(await stage.rotate(TOKEN)).toBeUndefined();
  expect(stage.keyAtService).toBe(currentId());
});

describe('a fault at any call, then the retries of Secrets Manager', () => {
  const kinds: Fault[] = ['refuse', 'lose-answer', 'kill'];

  test.each(kinds)('%s: the same end, two keys at most, and the key at the service always works', async (kind) => {
    stage.calls = new Calls();
    await stage.rotate(TOKEN);
    const count = stage.calls.steps.length;
    expect(count).toBeGreaterThan(30);
    await stage.stop();

    for (let at = 1; at <= count; at++) {
      stage = await RotationStage.start({ writeApi: true });
      await stage.register({ Delivery: { Mode: 'API', Api: WRITE_API_PRESET } });
      const old = currentId();
      stage.account.keyDelay = 9_000; // known to one endpoint after the other
      const violations: string[] = [];
      const watch = () => {
        if (stage.keyIds.length > 2) violations.push('three keys');
        if (!stage.serviceCalls()) violations.push('the key at the service does not work');
      };
      stage.calls = new Calls({ at, kind }, watch);
      await stage.rotate(TOKEN);
      stage.calls = new Calls(undefined, watch);
      // A version that cannot be finished any more is given up; then a new rotation begins.
      if (await stage.rotate(TOKEN)) expect(await stage.rotate(OTHER)).toBeUndefined();
      expect(violations).toEqual([]);
      expect(currentId()).not.toBe(old);
      expect(stage.keyAtService).toBe(currentId());
      expect(stage.workingKey).toBe(currentId());
      expect(new Set(stage.keyIds)).toEqual(new Set([old, currentId()]));
      await stage.stop();
    }
    stage = await RotationStage.start({ writeApi: true });
  }, 120_000);
});
