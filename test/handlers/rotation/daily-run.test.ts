import type { BaseAccountApp } from '../../support/stage/apps/base-account';
import { BaseAccountStage, DAY } from '../../support/stage/base-account-stage';

const CONSOLE: BaseAccountApp = { delivery: 'console', notify: true };
const [TOKEN, OTHER] = ['11111111-2222-4333-8444-555555555555', '99999999-2222-4333-8444-555555555555'];
const DONE = { outcome: 'returned' };

let stage: BaseAccountStage;
let old: string;

const statusOf = (id: string) => stage.world.aws.account.keys.find((key) => key.accessKeyId === id)?.status ?? 'gone';
const days = (count: number) => stage.world.time.advance(count * DAY);
const writeRecord = (changes: object) => stage.world.aws.parameters.set(stage.recordName, JSON.stringify({ ...stage.record, ...changes }));

/** The metrics of the last daily run. */
function metrics(): Record<string, number> {
  const { _aws, Platform, AccountType, ...values } = JSON.parse(stage.world.log.filter((line) => line.includes('"_aws"')).at(-1)!);
  return values;
}

describe('with the API', () => {
  beforeEach(async () => {
    stage = new BaseAccountStage({ writeApi: true });
    await stage.deploy();
    old = stage.currentKey!;
    days(90);
  });

  test('on an ordinary day it changes nothing, asks the service nothing, and writes its metrics', async () => {
    stage.world.service.clearRequests();
    expect(await stage.dailyRun()).toEqual(DONE);
    expect(stage.world.service.requests()).toEqual([]);
    expect(metrics()).toEqual({ KeyAge: expect.closeTo(90), OldKeyInUse: 0, AwaitingConsole: 0, RotationFailed: 0, ForeignKeys: 0, Heartbeat: 1 });
    expect(Object.keys(metrics()).at(-1)).toBe('Heartbeat');
    expect(statusOf(old)).toBe('Active');
  });

  test('the metrics name platform and account type, in the embedded format', async () => {
    await stage.dailyRun();
    const line = JSON.parse(stage.world.log.find((one) => one.includes('_aws'))!);
    expect(line).toMatchObject({
      Platform: 'qualysapi.connectors.example',
      AccountType: 'GLOBAL',
      _aws: { CloudWatchMetrics: [{ Namespace: 'CdkQualysConnectors', Dimensions: [['Platform', 'AccountType']] }] },
    });
  });

  test('the old key: left for its time, then deactivated, then deleted (fault 42)', async () => {
    await stage.rotate(TOKEN);
    days(1 / 2);
    await stage.dailyRun();
    expect(statusOf(old)).toBe('Active');
    days(1 / 2);
    await stage.dailyRun();
    expect(statusOf(old)).toBe('Inactive');
    days(1);
    await stage.dailyRun();
    expect(stage.keyIds).toEqual([stage.currentKey]);
    expect(stage.world.serviceCalls()).toBe(true);
  });

  test('an old key that is still used stays, and the metric says since when (fault 42)', async () => {
    await stage.rotate(TOKEN);
    days(3);
    stage.world.aws.account.keys.find((key) => key.accessKeyId === old)!.lastUsed = new Date(stage.world.time.now() - DAY);
    await stage.dailyRun();
    days(1);
    await stage.dailyRun();
    expect(statusOf(old)).toBe('Active');
    expect(metrics().OldKeyInUse).toBeCloseTo(2);
  });

  test('uses before the promotion do not count', async () => {
    stage.world.serviceCalls();
    stage.world.time.advance(1_000);
    await stage.rotate(TOKEN);
    days(2);
    await stage.dailyRun();
    expect(statusOf(old)).toBe('Inactive');
  });

  test('a promotion that a crash kept from being written down: the time of the old key begins anew', async () => {
    await stage.rotate(TOKEN);
    writeRecord({ promoted: undefined });
    days(30);
    await stage.dailyRun();
    expect(statusOf(old)).toBe('Active');
    days(2);
    await stage.dailyRun();
    expect(statusOf(old)).toBe('Inactive');
  });

  test('a key that the service still has is not retired, used or not; it gets the current one first (fault 42)', async () => {
    await stage.rotate(TOKEN);
    const secret = stage.world.aws.account.keys.find((key) => key.accessKeyId === old)!.secretAccessKey;
    stage.world.service.console.editBaseAccount('Global', { accessKeyId: old, secretAccessKey: secret });
    writeRecord({ registeredAccessKeyId: old });
    stage.world.service.faults.next({ times: 100 }, { kind: 'drop' });
    days(5);
    expect((await stage.dailyRun()).error?.message).toContain('no connection');
    expect(statusOf(old)).toBe('Active');
    expect(metrics()).toMatchObject({ OldKeyInUse: expect.closeTo(5) });
    expect(metrics()).not.toHaveProperty('Heartbeat');
    stage.world.service.faults.clear();
    expect(await stage.dailyRun()).toEqual(DONE);
    expect(stage.world.keyAtService).toBe(stage.currentKey);
    expect(statusOf(old)).toBe('Inactive');
  });

  test('a failed rotation shows in the metrics until one succeeds', async () => {
    stage.world.service.faults.next({ times: 100 }, { kind: 'drop' });
    await stage.rotate(TOKEN);
    stage.world.service.faults.clear();
    await stage.dailyRun();
    expect(metrics()).toMatchObject({ RotationFailed: 1, Heartbeat: 1 });
    await stage.rotate(TOKEN);
    await stage.dailyRun();
    expect(metrics().RotationFailed).toBe(0);
  });

  test('a key that the library has not made is counted, named in the log, and left alone (fault 140)', async () => {
    const { accessKeyId } = stage.world.aws.account.createKey('qualys-base-account');
    expect(await stage.dailyRun()).toEqual(DONE);
    expect(metrics()).toMatchObject({ ForeignKeys: 1, Heartbeat: 1 });
    expect(stage.world.log.join('\n')).toContain(`the user qualys-base-account has access keys that this library has not made: ${accessKeyId}`);
    expect(statusOf(accessKeyId)).toBe('Active');
  });

  test('the old and the new key of a rotation are both the library\'s own', async () => {
    stage.secret.beginRotation(TOKEN);
    await stage.step('createSecret', TOKEN);
    await stage.dailyRun();
    expect([stage.keyIds.length, metrics().ForeignKeys]).toEqual([2, 0]);
    for (const step of ['setSecret', 'testSecret', 'finishSecret']) await stage.step(step, TOKEN);
    await stage.dailyRun();
    expect([stage.keyIds.length, metrics().ForeignKeys]).toEqual([2, 0]);
  });

  test.each([['nobody has used', 0], ['somebody uses', 1]])('a key of an attempt that is under way, which %s, counts %d', async (used, count) => {
    const note = stage.secret.tags.get('cdk-qualys-connectors:minting');
    const key = stage.world.aws.account.createKey('qualys-base-account');
    if (used === 'somebody uses') key.lastUsed = new Date(stage.world.time.now());
    // The rotation begins while the daily run is at work.
    stage.world.traffic.watch = ({ step }) => {
      if (step !== 'iam:GetAccessKeyLastUsed') stage.secret.tags.set('cdk-qualys-connectors:minting', `since ${new Date(stage.world.time.now()).toISOString()} ${TOKEN} ${old} user:qualys-base-account`);
    };
    await stage.function.invoke({ Task: 'DAILY_RUN' });
    stage.world.traffic.watch = undefined;
    if (note !== undefined) stage.secret.tags.set('cdk-qualys-connectors:minting', note);
    expect(metrics().ForeignKeys ?? 'no value').toBe(count);
  });

  test('where the keys cannot be listed nothing is said of them', async () => {
    let lists = 0;
    stage.world.traffic.fault = ({ step }) => (step === 'iam:ListAccessKeys' && ++lists > 2 ? 'throttle' : undefined);
    expect(await stage.function.invoke({ Task: 'DAILY_RUN' })).toMatchObject({ outcome: 'threw' });
    expect(metrics()).not.toHaveProperty('ForeignKeys');
    expect(metrics()).not.toHaveProperty('Heartbeat');
  });

  test('while a rotation is under way it does not push the current key over the new one', async () => {
    stage.secret.beginRotation(TOKEN);
    await stage.step('createSecret', TOKEN);
    await stage.step('setSecret', TOKEN);
    await stage.dailyRun();
    expect(stage.world.keyAtService).toBe(stage.secret.json('AWSPENDING')!.accessKeyId);
  });

  test('an entry that is another stack\'s by now: nothing is touched, and the heartbeat is missing', async () => {
    await stage.rotate(TOKEN);
    await new BaseAccountStage({ beside: stage, stackName: 'Second', userOf: stage }).deploy({ adoptExisting: true });
    days(5);
    expect((await stage.dailyRun()).error?.message).toContain('managed by another stack now');
    expect(statusOf(old)).toBe('Active');
    const [line] = stage.world.log.filter((one) => one.includes('_aws'));
    expect(JSON.parse(line!)).not.toHaveProperty('Heartbeat');
  });
});

describe('in console mode', () => {
  beforeEach(async () => {
    stage = new BaseAccountStage();
    await stage.deploy(CONSOLE);
    stage.enterKey();
    expect(await stage.dailyRun()).toEqual(DONE);
    old = stage.currentKey!;
    stage.world.aws.published.length = 0;
    days(90);
  });

  test('the new key waits, people are told once, and nothing is promoted before it is used', async () => {
    for (let attempt = 0; attempt < 2; attempt++) expect(await stage.rotate(TOKEN)).toEqual(DONE);
    days(20);
    await stage.dailyRun();
    expect(stage.currentKey).toBe(old);
    expect(stage.world.serviceCalls()).toBe(true);
    expect(metrics().AwaitingConsole).toBeCloseTo(20);
    expect(stage.world.aws.published).toHaveLength(1);
    const [note] = stage.world.aws.published;
    expect(note!.message).toContain('version stage AWSPENDING');
    expect(note!.message).toContain(stage.secretArn);
    const { answers, log } = stage.world;
    expect([answers.text(), ...log, JSON.stringify(note), JSON.stringify(stage.record)].join()).not.toContain(stage.secret.json('AWSPENDING')!.secretAccessKey);
  });

  test('a second rotation while one waits is refused by Secrets Manager, and makes no third key', async () => {
    await stage.rotate(TOKEN);
    expect(() => stage.secret.beginRotation(OTHER)).toThrow('A previous rotation isn\'t complete');
    expect(stage.keyIds).toHaveLength(2);
  });

  test('pasted late: promoted as soon as it is seen in use, and only then the old one retires', async () => {
    await stage.rotate(TOKEN);
    days(30);
    stage.enterKey();
    await stage.dailyRun();
    expect(stage.currentKey).toBe(old); // entered, but not used yet: no read shows which key the service has
    expect(stage.world.serviceCalls()).toBe(true);
    await stage.dailyRun();
    expect(stage.currentKey).toBe(stage.world.keyAtService);
    expect(stage.record).toMatchObject({ status: 'REGISTERED', registeredAccessKeyId: stage.currentKey });
    expect(metrics().AwaitingConsole).toBe(0);
    expect(statusOf(old)).toBe('Active');
    days(1);
    await stage.dailyRun();
    days(1);
    await stage.dailyRun();
    expect(statusOf(old)).toBe('gone');
    expect(stage.world.serviceCalls()).toBe(true);
  });

  test('a deployment while it waits leaves both keys as they are', async () => {
    await stage.rotate(TOKEN);
    const untouched = stage.record!;
    expect(await stage.deploy({ ...CONSOLE, title: 'Meanwhile' })).toBe('UPDATE_COMPLETE');
    expect(stage.stack.resources.get('Registration')!.attributes).toMatchObject({ Status: 'REGISTERED', RegisteredAccessKeyId: old });
    expect(stage.record).toEqual({ ...untouched, generation: untouched.generation + 1, mark: expect.any(String) });
    expect(stage.world.aws.published).toHaveLength(1); // nobody is asked to enter the key that the service has
    stage.enterKey();
    expect(stage.world.serviceCalls()).toBe(true);
    await stage.dailyRun();
    expect(stage.currentKey).toBe(stage.world.keyAtService);
  });

  test('a first key that has not been entered yet: registered once the entry is seen', async () => {
    stage = new BaseAccountStage();
    await stage.deploy(CONSOLE);
    await stage.dailyRun();
    expect(stage.record!.status).toBe('AWAITING_CONSOLE');
    stage.enterKey();
    await stage.dailyRun();
    expect(stage.record).toMatchObject({ status: 'REGISTERED', registeredAccessKeyId: stage.currentKey });
  });
});
