import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Tally } from '../support/connector-service';
import { SECURITY } from './stage/accounts';
import { PATIENCE, Stage } from './stage/stage';
import { waitUntil } from '../support/emulator/processes/wait-until';
import { REPOSITORY } from '../support/emulator/repository';

/** A key that is rotated while the service goes on assuming the roles with whatever key it has, without a pause. */
jest.setTimeout(PATIENCE);
const folder = join(REPOSITORY, '.emulator', 'rotation-test');
let stage: Stage;
let connectors: number[];

beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  stage = await Stage.start({ folder, writeApi: true });
  await stage.prepare();
  await stage.deploy(['--all']);
  connectors = [stage.connector('Production'), stage.connector('Development')];
});

afterAll(async () => {
  await stage.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Has the service call all the while, and goes on for some calls afterwards. Nothing may fail. */
const meanwhile = async (work: () => Promise<void>): Promise<Tally> => {
  const caller = stage.service.steadyCaller(connectors);
  try {
    await work();
    const enough = caller.tally().calls + 50;
    expect(await waitUntil(() => caller.tally().calls >= enough, 60_000)).toBe(true);
  } finally {
    await caller.stop();
  }
  expect(caller.tally()).toMatchObject({ failures: 0, reasons: [] });
  return caller.tally();
};

const currentId = async () => (await stage.currentKey())!.accessKeyId;
const keyAtService = () => stage.service.baseAccounts()[0]?.accessKeyId;
const keys = () => stage.rotation.userKeys();

describe('through the API', () => {
  test('setting the schedule tries the function, which calls the service for nothing', async () => {
    expect((await stage.rotation.news()).map(({ event }) => event)).toEqual(['TestRotationStarted', 'TestRotationSucceeded']);
    const key = await currentId();
    stage.service.clearRequests();
    expect(await stage.rotation.trial()).toMatchObject({ event: 'TestRotationSucceeded' });
    expect(stage.service.requests()).toEqual([]);
    expect(await currentId()).toBe(key);
    expect(await keys()).toEqual({ [key]: 'Active' });
  });

  test('a new key takes over, and the old one is retired in time, without one call that fails', async () => {
    const old = await currentId();
    let fresh = '';
    const { keyIds } = await meanwhile(async () => {
      expect(await stage.rotation.rotate()).toMatchObject({ event: 'RotationSucceeded' });
      fresh = await currentId();
      expect(fresh).not.toBe(old);
      expect(keyAtService()).toBe(fresh);
      expect(await keys()).toEqual({ [old]: 'Active', [fresh]: 'Active' });

      expect(await stage.rotation.daily.call()).toMatchObject({ Heartbeat: 1, OldKeyInUse: 0, AwaitingConsole: 0, RotationFailed: 0, AccountType: 'GLOBAL' });
      expect(await keys()).toEqual({ [old]: 'Active', [fresh]: 'Active' });
      await stage.rotation.letPass(2);
      await stage.rotation.daily.call();
      expect(await keys()).toEqual({ [old]: 'Inactive', [fresh]: 'Active' });
      await stage.rotation.daily.call();
      expect(await keys()).toEqual({ [old]: 'Inactive', [fresh]: 'Active' }); // not deleted within the day
      await stage.rotation.letPass(1);
      await stage.rotation.daily.call();
      expect(await keys()).toEqual({ [fresh]: 'Active' });
    });
    expect(keyIds).toEqual([old, fresh]);
  });

  test('an old key that somebody still uses is not taken away, and a metric tells', async () => {
    const old = (await stage.currentKey())!;
    await meanwhile(async () => {
      await stage.rotation.rotate();
      await stage.rotation.letPass(2);
      await stage.use(old);
      expect(await stage.rotation.daily.call()).toMatchObject({ Heartbeat: 1, OldKeyInUse: expect.closeTo(2, 1) });
      expect(await keys()).toEqual({ [old.accessKeyId]: 'Active', [await currentId()]: 'Active' });
    });
    // Until a person ends it, there is no room for a third key.
    const refused = await stage.rotation.rotate();
    expect(refused).toMatchObject({ event: 'RotationFailed', step: 'createSecret', error: expect.stringContaining(old.accessKeyId) });
    await stage.rotation.deleteKey(old.accessKeyId);
    expect(await stage.rotation.rotate(refused.version)).toMatchObject({ event: 'RotationSucceeded' });
    expect(keyAtService()).toBe(await currentId());
  });

  test('while the service is down a rotation fails and changes nothing; the next attempt ends it (fault 39)', async () => {
    await stage.rotation.letPass(2);
    await stage.rotation.daily.call();
    await stage.rotation.letPass(1);
    await stage.rotation.daily.call();
    const old = await currentId();
    expect(await keys()).toEqual({ [old]: 'Active' });
    const { keyIds } = await meanwhile(async () => {
      stage.service.faults.next({ times: 1000 }, { kind: 'drop' });
      const failed = await stage.rotation.rotate();
      stage.service.faults.clear();
      expect(failed).toMatchObject({ event: 'RotationFailed', step: 'setSecret', error: expect.stringContaining('no connection') });
      expect([await currentId(), keyAtService()]).toEqual([old, old]);
      const made = (await stage.pendingKey())!.accessKeyId;
      expect(await keys()).toEqual({ [old]: 'Active', [made]: 'Active' });
      expect(await stage.rotation.daily.call()).toMatchObject({ RotationFailed: 1, Heartbeat: 1 });
      expect([await currentId(), keyAtService()]).toEqual([old, old]);

      expect(await stage.rotation.rotate(failed.version)).toMatchObject({ event: 'RotationSucceeded' });
      expect([await currentId(), keyAtService()]).toEqual([made, made]);
      expect(await stage.rotation.daily.call()).toMatchObject({ RotationFailed: 0 });
    });
    expect(keyIds).toEqual([old, keyAtService()]);
  });
});

describe('at the console', () => {
  const context = { delivery: 'console' };
  const paste = async () => {
    const { accessKeyId, secretAccessKey } = (await stage.pendingKey())!;
    stage.service.console.editBaseAccount('Global', { accessKeyId, secretAccessKey });
  };

  beforeAll(async () => {
    await stage.deploy(['CentralSecurity'], { deletionProtection: 'false' });
    expect((await stage.destroy(['CentralSecurity'])).exitCode).toBe(0);
    stage.service.writeApi = false;
    await stage.deploy(['CentralSecurity'], context);
    const { accessKeyId, secretAccessKey } = (await stage.currentKey())!;
    stage.service.console.createBaseAccount({ title: 'Central Security', awsAccountId: SECURITY, accountType: 'Global', accessKeyId, secretAccessKey });
    await stage.rotation.daily.call();
  });

  test('a new key waits for a person, takes over once it is used, and the old one is retired, without one call that fails', async () => {
    const old = await currentId();
    let fresh = '';
    const { keyIds } = await meanwhile(async () => {
      const { version } = await stage.rotation.rotate();
      fresh = (await stage.pendingKey())!.accessKeyId;
      expect(fresh).not.toBe(old);
      await stage.rotation.rotate(version); // as Secrets Manager repeats a rotation that has promoted nothing
      expect((await stage.pendingKey())!.accessKeyId).toBe(fresh);
      expect([await currentId(), keyAtService()]).toEqual([old, old]);
      expect(await stage.rotation.daily.call()).toMatchObject({ Heartbeat: 1, RotationFailed: 0, AwaitingConsole: expect.closeTo(0, 1) });
      expect([await currentId(), keyAtService()]).toEqual([old, old]);
      expect(await keys()).toEqual({ [old]: 'Active', [fresh]: 'Active' });

      await paste();
      expect(await waitUntil(() => stage.rotation.isUsed(fresh), 60_000)).toBe(true);
      expect(await stage.rotation.daily.call()).toMatchObject({ Heartbeat: 1, AwaitingConsole: 0 });
      expect(await currentId()).toBe(fresh);
      expect(await keys()).toEqual({ [old]: 'Active', [fresh]: 'Active' });
      await stage.rotation.letPass(2);
      await stage.rotation.daily.call();
      expect(await keys()).toEqual({ [old]: 'Inactive', [fresh]: 'Active' });
      await stage.rotation.daily.call();
      expect(await keys()).toEqual({ [old]: 'Inactive', [fresh]: 'Active' }); // not deleted within the day
      await stage.rotation.letPass(1);
      await stage.rotation.daily.call();
      expect(await keys()).toEqual({ [fresh]: 'Active' });
    });
    expect(keyIds).toEqual([old, fresh]);
  });
});

test('no secret is left in any file: templates, logs of functions, of the CLI and of the emulator', () => {
  expect(stage.leaks()).toEqual([]);
});
