import { Invariants } from './invariants';
import { possible } from './matrix/matrix';
import { failsAfter } from '../support/cloudformation/template';
import type { Fault } from '../support/lambda/faults';
import type { OutboundCall } from '../support/lambda/traffic';
import type { BaseAccountApp } from '../support/stage/apps/base-account';
import { BaseAccountStage, DAY } from '../support/stage/base-account-stage';

/* Another user, another name of the registration, or both, with anything going wrong on the way: the service always has a key. */

const BEFORE: BaseAccountApp = { userName: 'user-1' };
const RENAMED: BaseAccountApp = { registrationId: 'Renamed', adoptExisting: true };
const CHANGES: ReadonlyArray<readonly [string, BaseAccountApp]> = [
  ['another user', { userName: 'user-2' }],
  ['another user and a renamed registration', { userName: 'user-2', ...RENAMED }],
  ['a renamed registration', { ...BEFORE, ...RENAMED }],
];

/** One of each kind: it has not happened, or it has, with an answer that says so, none in time, or none at all. */
const FAULTS: readonly Fault[] = ['refuse', 'lose-answer', 'hang', 'hang-after', 'kill'];

/** A user with two keys: the last rotation was a moment ago. */
async function withTwoKeys(seed = 1): Promise<{ stage: BaseAccountStage; invariants: Invariants }> {
  const stage = new BaseAccountStage({ seed, writeApi: true });
  expect(await stage.deploy(BEFORE)).toBe('CREATE_COMPLETE');
  stage.world.time.advance(90 * DAY);
  expect((await stage.rotate()).outcome).toBe('returned');
  const invariants = new Invariants(stage);
  stage.world.traffic.restart();
  stage.world.traffic.watch = invariants.keys;
  return { stage, invariants };
}

/** What is wrong when nothing runs any more. Keys may be left only where CloudFormation says so. */
async function wrongAfter(stage: BaseAccountStage, { violations }: Invariants): Promise<string[]> {
  const { world, stack, secret } = stage;
  const wrong = [...violations];
  const user = stack.resources.get('User')!.physicalId;
  const registration = [...stack.resources].find(([, { template }]) => template.type === 'Custom::QualysBaseAccount')![0];
  const named = new Set(secret.versions.filter(({ value, stages }) => value && stages.size > 0).map(({ value }) => JSON.parse(value!).accessKeyId));
  for (const { accessKeyId, userName } of world.aws.account.keys) {
    if (userName === user && !named.has(accessKeyId)) wrong.push(`a key of ${userName} has no name`);
    if (userName !== user && !stack.events.some((event) => event.startsWith('UserKey DELETE_FAILED'))) wrong.push(`a key of ${userName} is left, and nobody says so`);
  }
  if (!world.serviceCalls()) wrong.push('the service cannot sign');
  if (world.keyAtService !== stage.currentKey) wrong.push('the service has another key than the current one');
  if (secret.json('AWSCURRENT')!.userName !== user) wrong.push('the current key is that of another user');
  if (stage.record?.owner.logicalId !== registration) wrong.push(`the record is of ${stage.record?.owner.logicalId}, not of ${registration}`);
  // And it goes on: the old key is retired, and the next rotation finds room.
  for (let day = 0; day < 4; day++) {
    world.time.advance(DAY);
    if ((await stage.dailyRun()).outcome !== 'returned') wrong.push('the daily run fails');
  }
  const rotated = await stage.rotate().catch((error: Error) => ({ outcome: error.message })); // refused before it begins
  if (rotated.outcome !== 'returned') wrong.push(`the next rotation: ${rotated.outcome}`);
  return wrong.length === 0 ? wrong : [...wrong, stack.status, ...stack.events.slice(-6)];
}

async function calls(change: BaseAccountApp): Promise<OutboundCall[]> {
  const { stage, invariants } = await withTwoKeys();
  expect(await stage.deploy(change)).toBe('UPDATE_COMPLETE');
  await stage.requests.settled();
  const made = [...stage.world.traffic.calls];
  expect(await wrongAfter(stage, invariants)).toEqual([]);
  expect([...stage.world.aws.account.users]).toEqual([change.userName]);
  stage.world.end();
  return made;
}

describe.each(CHANGES)('%s', (_, change) => {
  test('goes through, the replaced key of the last rotation too', async () => {
    expect((await calls(change)).length).toBeGreaterThan(15);
  });

  test.each(FAULTS)('%s at any call (faults 5, 13 and 14)', async (fault) => {
    const wrong: string[] = [];
    for (const call of await calls(change)) {
      if (!possible(fault, call)) continue;
      const { stage, invariants } = await withTwoKeys();
      stage.world.traffic.fault = ({ number }) => number === call.number ? fault : undefined;
      const status = await stage.deploy(change);
      await stage.requests.settled();
      stage.world.traffic.fault = undefined;
      const found = await wrongAfter(stage, invariants);
      if (!/^UPDATE_(ROLLBACK_)?COMPLETE$/.test(status)) found.push(status);
      if (found.length > 0) wrong.push(`call ${call.number}, ${call.step}: ${found.join('; ')}`);
      stage.world.end();
    }
    expect(wrong).toEqual([]);
  });

  test('is taken back where another resource fails at any moment, also while it is at work (faults 12 and 13)', async () => {
    const CALL = 100;
    const wrong: string[] = [];
    for (let moment = CALL / 2; moment < 45 * CALL; moment += CALL) {
      const { stage, invariants } = await withTwoKeys();
      stage.world.traffic.latency = () => CALL;
      const status = await stage.deploy(change, { more: { Fails: failsAfter(stage.world.time, moment) } });
      await stage.requests.settled();
      const found = await wrongAfter(stage, invariants);
      if (status !== 'UPDATE_ROLLBACK_COMPLETE') found.push(status);
      if (found.length > 0) wrong.push(`after ${moment} ms: ${found.join('; ')}`);
      stage.world.end();
    }
    expect(wrong).toEqual([]);
  });
});
