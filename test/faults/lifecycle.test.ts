import { Invariants } from './invariants';
import { failsAfter } from '../support/cloudformation/template';
import { BaseAccountStage, DAY } from '../support/stage/base-account-stage';

let stage: BaseAccountStage;
let invariants: Invariants;

async function deployed(options: ConstructorParameters<typeof BaseAccountStage>[0] = {}): Promise<void> {
  stage = new BaseAccountStage({ writeApi: true, ...options });
  await stage.deploy();
  invariants = new Invariants(stage);
  stage.world.traffic.watch = invariants.instant;
}

const fails = () => ({ Fails: failsAfter(stage.world.time, 60_000) });
const entry = () => stage.world.service.baseAccounts();

beforeEach(() => deployed());
afterEach(() => expect(invariants.violations).toEqual([]));

test('a change of title or key is an edit in place: no Delete follows (fault 1)', async () => {
  const before = stage.stack.resources.get('Registration')!.physicalId;
  expect(await stage.deploy({ title: 'Other' })).toBe('UPDATE_COMPLETE');
  expect(stage.stack.resources.get('Registration')!.physicalId).toBe(before);
  expect(stage.sent).toEqual(['Create UserKey', 'Create Registration', 'Update Registration']);
  expect(entry()).toMatchObject([{ title: 'Other' }]);
});

test('an update that fails elsewhere is rolled back: title and key as before, the same ID (fault 13, fault 15)', async () => {
  const before = stage.stack.resources.get('Registration')!.physicalId;
  expect(await stage.deploy({ title: 'Other' }, { more: fails() })).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(entry()).toMatchObject([{ title: 'Central Security', accessKeyId: stage.currentKey }]);
  expect(stage.stack.resources.get('Registration')!.physicalId).toBe(before);
  expect(stage.sent.filter((one) => one.startsWith('Delete'))).toEqual([]);
});

test('a rollback after a rotation keeps the new key at the service, and the old one is still valid (fault 14)', async () => {
  const old = stage.currentKey!;
  stage.world.time.advance(90 * DAY);
  const update = stage.deploy({ title: 'Other' }, { more: fails() });
  // Where the deployment comes between, Secrets Manager tries the whole rotation once more.
  const token = '33333333-2222-4333-8444-555555555555';
  await stage.rotate(token);
  expect((await stage.rotate(token)).outcome).toBe('returned');
  expect(await update).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(stage.world.keyAtService).toBe(stage.currentKey);
  expect(stage.keyIds).toContain(old);
  for (let day = 0; day < 3; day++) {
    stage.world.time.advance(DAY);
    expect((await stage.dailyRun()).outcome).toBe('returned');
  }
  expect(stage.keyIds).toEqual([stage.currentKey]);
});

test('a change of the user that is rolled back ends with the key that the service holds all the time (fault 13)', async () => {
  const key = stage.currentKey;
  expect(await stage.deploy({ userName: 'renamed' }, { more: fails() })).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(stage.world.keyAtService).toBe(key);
  expect(stage.currentKey).toBe(key);
  expect(stage.keyIds).toEqual([key]);
});

test('every request twice, one after the other and at the same time: one key, one entry (fault 8, fault 9)', async () => {
  for (const pause of [0, 50, 450, 60_000]) {
    stage = new BaseAccountStage({ writeApi: true, seed: pause });
    stage.world.traffic.latency = () => 100;
    stage.requests.duplicate = () => pause;
    const status = await stage.deploy();
    expect([pause, status, stage.failures]).toEqual([pause, 'CREATE_COMPLETE', []]);
    await stage.requests.settled();
    expect(stage.keyIds).toEqual([stage.currentKey]);
    expect(entry()).toMatchObject([{ accessKeyId: stage.currentKey }]);
    for (const { requestId } of stage.requests.sent) {
      const [first, ...others] = stage.world.answers.all(requestId);
      others.forEach((other) => expect(other).toEqual(first));
    }
  }
});

test('the function is killed and Lambda repeats the event with the same request ID: it goes on where it was (fault 5, fault 10)', async () => {
  for (let at = 1; at <= 20; at++) {
    stage = new BaseAccountStage({ writeApi: true, seed: at });
    stage.world.traffic.fault = ({ number }) => number === at ? 'kill' : undefined;
    expect(await stage.deploy()).toBe('CREATE_COMPLETE');
    expect(stage.keyIds).toEqual([stage.currentKey]);
  }
});

test('a renamed construct takes the entry over, and the late Delete of the old one changes nothing (fault 17)', async () => {
  expect(await stage.deploy({ registrationId: 'Renamed', adoptExisting: true })).toBe('UPDATE_COMPLETE');
  expect(stage.sent.slice(2)).toEqual(['Create Renamed', 'Delete Registration']);
  expect(entry()).toMatchObject([{ accessKeyId: stage.currentKey }]);
  expect(stage.record?.owner.logicalId).toBe('Renamed');
});

test('a second stack for the same account type fails and changes nothing (fault 67)', async () => {
  const other = new BaseAccountStage({ beside: stage, stackName: 'Other' });
  expect(await other.deploy({ userName: 'other' })).toBe('ROLLBACK_COMPLETE');
  expect(other.failure).toMatch(/^Registration CREATE_FAILED: .*is managed by the resource Registration/);
  expect(entry()).toMatchObject([{ accessKeyId: stage.currentKey }]);
  expect(stage.record?.owner.stackId).toBe(stage.stack.stackId);
  expect(stage.world.aws.account.users).toEqual(new Set(['qualys-base-account']));
});

test('a deleted stack leaves nothing, the entry goes first (fault 19)', async () => {
  stage.world.traffic.watch = undefined;
  expect(await stage.stack.delete()).toBe('DELETE_COMPLETE');
  expect(stage.sent.slice(2)).toEqual(['Delete Registration', 'Delete UserKey']);
  expect([entry(), stage.keyIds, [...stage.world.aws.account.users], [...stage.world.aws.parameters]]).toEqual([[], [], [], []]);
});

test('what is gone already is deleted with success (fault 16)', async () => {
  stage.world.traffic.watch = undefined;
  stage.world.service.console.deleteBaseAccount('Global');
  stage.world.aws.account.keys.length = 0;
  stage.world.aws.account.users.clear();
  expect(await stage.stack.delete()).toBe('DELETE_COMPLETE');
});

test('a rollback that skipped the registration: the next update starts from what is true (fault 80)', async () => {
  stage.world.service.licensed = false;
  expect(await stage.deploy({ title: 'Other' }, { more: fails() })).toBe('UPDATE_ROLLBACK_FAILED');
  expect(await stage.stack.continueUpdateRollback({ skip: ['Registration'] })).toBe('UPDATE_ROLLBACK_COMPLETE');
  stage.world.service.licensed = true;
  stage.world.service.console.editBaseAccount('Global', { title: 'Typed' });
  expect(await stage.deploy({ title: 'Third' })).toBe('UPDATE_COMPLETE');
  expect(entry()).toMatchObject([{ title: 'Third', accessKeyId: stage.currentKey }]);
});

test('the clock jumps once, at any call of a rotation, forwards or back (fault 79)', async () => {
  for (const jump of [-3_600_000, 200_000]) {
    for (let at = 1; at <= 40; at += 3) {
      stage = new BaseAccountStage({ writeApi: true });
      await stage.deploy();
      stage.world.time.advance(90 * DAY);
      stage.world.traffic.restart();
      stage.world.traffic.watch = ({ number }) => { if (number === at) stage.world.time.advance(jump); };
      // The same rotation once more; where its new key has been removed as unproven, the next one.
      const [token, next] = ['33333333-2222-4333-8444-555555555555', '44444444-2222-4333-8444-555555555555'];
      const succeeded = async (one: string) => (await stage.rotate(one)).outcome === 'returned';
      expect(await succeeded(token) || await succeeded(token) || await succeeded(next)).toBe(true);
      expect(stage.world.keyAtService).toBe(stage.currentKey);
      expect(stage.keyIds).toHaveLength(2);
    }
  }
});
