import { FIRST_TOKEN, SECOND_TOKEN } from './tokens';
import { RotationStage } from './world';

const DAY = 86_400_000;
const CONSOLE = { Delivery: { Mode: 'CONSOLE', NotifyTopicArn: 'arn:aws:sns:us-east-1:111111111111:people' } } as const;

let stage: RotationStage;
afterEach(() => stage.stop());

const currentId = () => stage.secret.json('AWSCURRENT')!.accessKeyId!;
const statusOf = (id: string) => stage.account.keys.find((key) => key.accessKeyId === id)?.status ?? 'gone';

describe('with the API', () => {
  let old: string;
  beforeEach(async () => {
    stage = await RotationStage.start({ writeApi: true });
    await stage.register();
    old = currentId();
  });

  test('on an ordinary day it changes nothing, asks the service nothing, and writes its metrics', async () => {
    stage.service.clearRequests();
    expect(await stage.dailyRun()).toBeUndefined();
    expect(stage.service.requests()).toEqual([]);
    expect(stage.metrics).toEqual({ KeyAge: 90, OldKeyInUse: 0, AwaitingConsole: 0, RotationFailed: 0, Heartbeat: 1 });
    expect(Object.keys(stage.metrics).at(-1)).toBe('Heartbeat');
    expect(statusOf(old)).toBe('Active');
  });

  test('the metrics name platform and account type, in the embedded format', async () => {
    await stage.dailyRun();
    const line = JSON.parse(stage.log.find((one) => one.includes('_aws'))!);
    expect(line).toMatchObject({
      Platform: new URL(stage.service.apiServer).host,
      AccountType: 'GLOBAL',
      _aws: { CloudWatchMetrics: [{ Namespace: 'CdkQualysConnectors', Dimensions: [['Platform', 'AccountType']] }] },
    });
  });

  test('the old key: left for its time, then deactivated, then deleted (fault 42)', async () => {
    await stage.rotate(FIRST_TOKEN);
    stage.clock.advance(DAY / 2);
    await stage.dailyRun();
    expect(statusOf(old)).toBe('Active');
    stage.clock.advance(DAY / 2);
    await stage.dailyRun();
    expect(statusOf(old)).toBe('Inactive');
    stage.clock.advance(DAY);
    await stage.dailyRun();
    expect(stage.keyIds).toEqual([currentId()]);
    expect(stage.serviceCalls()).toBe(true);
  });

  test('an old key that is still used stays, and the metric says since when (fault 42)', async () => {
    await stage.rotate(FIRST_TOKEN);
    stage.clock.advance(3 * DAY);
    stage.account.keys.find((key) => key.accessKeyId === old)!.lastUsed = new Date(stage.clock.now() - DAY);
    await stage.dailyRun();
    stage.clock.advance(DAY);
    await stage.dailyRun();
    expect(statusOf(old)).toBe('Active');
    expect(stage.metrics.OldKeyInUse).toBeCloseTo(2);
  });

  test('uses before the promotion do not count', async () => {
    stage.serviceCalls();
    stage.clock.advance(1_000);
    await stage.rotate(FIRST_TOKEN);
    stage.clock.advance(2 * DAY);
    await stage.dailyRun();
    expect(statusOf(old)).toBe('Inactive');
  });

  test('a promotion that a crash kept from being written down: the time of the old key begins anew', async () => {
    await stage.rotate(FIRST_TOKEN);
    const name = [...stage.parameters.keys()][0]!;
    stage.parameters.set(name, JSON.stringify({ ...stage.record(), promoted: undefined }));
    stage.clock.advance(30 * DAY);
    await stage.dailyRun();
    expect(statusOf(old)).toBe('Active');
    stage.clock.advance(2 * DAY);
    await stage.dailyRun();
    expect(statusOf(old)).toBe('Inactive');
  });

  test('a key that the service still has is not retired, used or not; it gets the current one first (fault 42)', async () => {
    await stage.rotate(FIRST_TOKEN);
    const secret = stage.account.keys.find((key) => key.accessKeyId === old)!.secretAccessKey;
    stage.service.console.editBaseAccount('Global', { accessKeyId: old, secretAccessKey: secret });
    stage.parameters.set([...stage.parameters.keys()][0]!, JSON.stringify({ ...stage.record(), registeredAccessKeyId: old }));
    stage.service.faults.next({ times: 100 }, { kind: 'drop' });
    stage.clock.advance(5 * DAY);
    expect((await stage.dailyRun())?.message).toContain('no connection');
    expect(statusOf(old)).toBe('Active');
    expect(stage.metrics).toMatchObject({ OldKeyInUse: 5 });
    expect(stage.metrics).not.toHaveProperty('Heartbeat');
    stage.service.faults.clear();
    expect(await stage.dailyRun()).toBeUndefined();
    expect(stage.keyAtService).toBe(currentId());
    expect(statusOf(old)).toBe('Inactive');
  });

  test.each([
    ['deleted', () => stage.account.deleteKey('qualys-base-account', currentId())],
    ['deactivated', () => { stage.account.keys[0]!.status = 'Inactive'; }],
  ])('a key that was %s behind our back: a fresh one is made and pushed (fault 44)', async (_, happen) => {
    happen();
    expect(stage.serviceCalls()).toBe(false);
    expect(await stage.dailyRun()).toBeUndefined();
    expect(currentId()).not.toBe(old);
    expect(stage.keyAtService).toBe(currentId());
    expect(stage.serviceCalls()).toBe(true);
  });

  test('a failed rotation shows in the metrics until one succeeds', async () => {
    stage.service.faults.next({ times: 100 }, { kind: 'drop' });
    await stage.rotate(FIRST_TOKEN);
    stage.service.faults.clear();
    await stage.dailyRun();
    expect(stage.metrics).toMatchObject({ RotationFailed: 1, Heartbeat: 1 });
    await stage.rotate(FIRST_TOKEN);
    await stage.dailyRun();
    expect(stage.metrics.RotationFailed).toBe(0);
  });

  test('while a rotation is under way it does not push the current key over the new one', async () => {
    stage.secret.beginRotation(FIRST_TOKEN);
    await stage.step('createSecret', FIRST_TOKEN);
    await stage.step('setSecret', FIRST_TOKEN);
    await stage.dailyRun();
    expect(stage.keyAtService).toBe(stage.secret.json('AWSPENDING')!.accessKeyId);
  });

  test('an entry that is another stack\'s by now: nothing is touched, and the heartbeat is missing', async () => {
    await stage.rotate(FIRST_TOKEN);
    await stage.resource({ stackName: 'Second' }).create(stage.properties({ AdoptExisting: 'true' }));
    stage.clock.advance(5 * DAY);
    expect((await stage.dailyRun())?.message).toContain('managed by another stack now');
    expect(statusOf(old)).toBe('Active');
    expect(stage.log.some((line) => line.includes('_aws'))).toBe(false);
  });
});

describe('in console mode', () => {
  let old: string;
  beforeEach(async () => {
    stage = await RotationStage.start({ writeApi: false });
    await stage.register(CONSOLE);
    old = currentId();
    stage.notes.length = 0;
  });

  test('the new key waits, people are told once, and nothing is promoted before it is used', async () => {
    expect(await stage.rotate(FIRST_TOKEN)).toBeUndefined();
    expect(await stage.rotate(FIRST_TOKEN)).toBeUndefined();
    stage.clock.advance(20 * DAY);
    await stage.dailyRun();
    expect(currentId()).toBe(old);
    expect(stage.serviceCalls()).toBe(true);
    expect(stage.metrics.AwaitingConsole).toBeCloseTo(20);
    expect(stage.notes).toHaveLength(1);
    const [note] = stage.notes;
    expect(note!.message).toContain('version stage AWSPENDING');
    expect(note!.message).toContain(stage.secret.arn);
    expect(stage.surfaces).not.toContain(stage.secret.json('AWSPENDING')!.secretAccessKey);
  });

  test('a second rotation while one waits is refused by Secrets Manager, and makes no third key', async () => {
    await stage.rotate(FIRST_TOKEN);
    expect(() => stage.secret.beginRotation(SECOND_TOKEN)).toThrow('A previous rotation isn\'t complete');
    expect(stage.keyIds).toHaveLength(2);
  });

  test('pasted late: promoted as soon as it is seen in use, and only then the old one retires', async () => {
    await stage.rotate(FIRST_TOKEN);
    stage.clock.advance(30 * DAY);
    stage.enter(stage.secret.json('AWSPENDING')!);
    await stage.dailyRun();
    expect(currentId()).toBe(old); // entered, but not used yet: no read shows which key the service has
    expect(stage.serviceCalls()).toBe(true);
    await stage.dailyRun();
    expect(currentId()).toBe(stage.keyAtService);
    expect(stage.record()).toMatchObject({ status: 'REGISTERED', registeredAccessKeyId: currentId() });
    expect(stage.metrics.AwaitingConsole).toBe(0);
    expect(statusOf(old)).toBe('Active');
    stage.clock.advance(DAY);
    await stage.dailyRun();
    stage.clock.advance(DAY);
    await stage.dailyRun();
    expect(statusOf(old)).toBe('gone');
    expect(stage.serviceCalls()).toBe(true);
  });

  test('a deployment while it waits leaves both keys as they are', async () => {
    await stage.rotate(FIRST_TOKEN);
    const untouched = stage.record()!;
    const answer = await stage.resource().send('Update', stage.properties({ ...CONSOLE, Title: 'Meanwhile' }), {
      OldResourceProperties: stage.properties(CONSOLE), PhysicalResourceId: `qualys-base-account:${new URL(stage.service.apiServer).host}:GLOBAL`,
    });
    expect(answer.Data).toMatchObject({ Status: 'REGISTERED', RegisteredAccessKeyId: old });
    expect(stage.record()).toEqual({ ...untouched, generation: untouched.generation + 1, mark: expect.any(String) });
    expect(stage.notes).toHaveLength(1); // nobody is asked to enter the key that the service has
    stage.enter(stage.secret.json('AWSPENDING')!);
    expect(stage.serviceCalls()).toBe(true);
    await stage.dailyRun();
    expect(currentId()).toBe(stage.keyAtService);
  });

  test('a first key that has not been entered yet: registered once the entry is seen', async () => {
    await stage.stop();
    stage = await RotationStage.start({ writeApi: false });
    const resource = stage.resource();
    await resource.create(stage.properties(CONSOLE));
    stage.adopt(CONSOLE);
    await stage.dailyRun();
    expect(stage.record()!.status).toBe('AWAITING_CONSOLE');
    stage.enter(stage.secret.json('AWSCURRENT')!);
    await stage.dailyRun();
    expect(stage.record()).toMatchObject({ status: 'REGISTERED', registeredAccessKeyId: currentId() });
  });
});
