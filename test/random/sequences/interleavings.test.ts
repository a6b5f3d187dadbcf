import * as fc from 'fast-check';
import { holdsFor, LIMIT } from './runs';
import { Invariants } from '../../faults/invariants';
import { seededUuid } from '../../support/seeded';
import { BaseAccountStage, DAY, STEPS } from '../../support/stage/base-account-stage';

type Run = 'change the title' | 'deploy nothing new' | 'rotate' | 'daily run' | 'delete';

/** Each works on the base account by itself; answers whether it succeeded. */
const RUNS: Readonly<Record<Run, (stage: BaseAccountStage, token: string) => Promise<boolean>>> = {
  'change the title': async (stage) => (await stage.deploy({ title: 'Other' })) === 'UPDATE_COMPLETE',
  'deploy nothing new': async (stage) => (await stage.deploy()) === 'UPDATE_COMPLETE',
  'rotate': async (stage, token) => {
    for (const step of STEPS) if ((await stage.step(step, token)).outcome !== 'returned') return false;
    return true;
  },
  'daily run': async (stage) => (await stage.dailyRun()).outcome === 'returned',
  'delete': async (stage) => {
    const status = await stage.stack.delete();
    await stage.requests.settled();
    return status === 'DELETE_COMPLETE';
  },
};

interface Interleaving {
  readonly seed: number;
  readonly runs: readonly Run[];
  /** How often a request of CloudFormation comes twice at the same time. */
  readonly twice: boolean;
  readonly scheduler: fc.Scheduler;
}

/** Every outbound call waits until the scheduler lets it go: any order of the calls of all that runs. */
async function interleave(stage: BaseAccountStage, { runs, twice, scheduler }: Interleaving): Promise<boolean[]> {
  const { world, secret } = stage;
  const token = seededUuid(world.random);
  if (runs.includes('rotate')) secret.beginRotation(token);
  stage.requests.duplicate = twice ? () => 'at once' : undefined;
  world.traffic.gate = async ({ functionName, step }) => scheduler.schedule(Promise.resolve(), `${functionName} ${step}`);
  const all = Promise.all(runs.map((run) => RUNS[run](stage, token))).then(async (outcomes) => {
    await stage.requests.settled();
    return outcomes;
  });
  const outcomes = await scheduler.waitFor(all);
  world.traffic.gate = undefined;
  stage.requests.duplicate = undefined;
  // As Secrets Manager and the schedule do it: what did not come to its end is tried again.
  if (!runs.includes('delete')) {
    if (runs.includes('rotate') && secret.staged('AWSCURRENT')?.id !== token && secret.staged('AWSPENDING')?.id === token) expect(await RUNS.rotate(stage, token)).toBe(true);
    expect(await RUNS['daily run'](stage, token)).toBe(true);
  }
  return outcomes;
}

function scene(seed: number): { readonly stage: BaseAccountStage; readonly invariants: Invariants; readonly expected: { removes?: boolean } } {
  const expected: { removes?: boolean } = {};
  const stage = new BaseAccountStage({ seed, writeApi: true });
  const invariants = new Invariants(stage, expected);
  stage.world.traffic.watch = invariants.keys;
  return { stage, invariants, expected };
}

const common = { seed: fc.nat(), twice: fc.boolean(), scheduler: fc.scheduler() };

test('a change of the stack, a rotation and the daily run at the same time, requests once or twice (faults 9, 41 and 43)', async () => {
  await holdsFor({
    share: 0.05,
    arbitrary: fc.record({ ...common, runs: fc.shuffledSubarray<Run>(['change the title', 'rotate', 'daily run'], { minLength: 2 }) }),
    play: async (one) => {
      const { stage, invariants } = scene(one.seed);
      expect(await stage.deploy()).toBe('CREATE_COMPLETE');
      stage.world.time.advance(90 * DAY);
      await interleave(stage, one);
      invariants.rest();
      expect(invariants.violations).toEqual([]);
      expect(stage.world.keyAtService).toBe(stage.currentKey);
      expect(stage.record).toMatchObject({ status: 'REGISTERED', registeredAccessKeyId: stage.currentKey });
      stage.world.end();
      return { done: one.runs };
    },
  });
}, LIMIT);

test('a deletion while a rotation or the daily run is under way: the service never has a key that is gone (fault 43)', async () => {
  await holdsFor({
    share: 0.04,
    arbitrary: fc.record({ ...common, twice: fc.constant(false), runs: fc.shuffledSubarray<Run>(['rotate', 'daily run'], { minLength: 1 }).map((runs): Run[] => ['delete', ...runs]) }),
    play: async (one) => {
      const { stage, invariants, expected } = scene(one.seed);
      expect(await stage.deploy()).toBe('CREATE_COMPLETE');
      stage.world.time.advance(90 * DAY);
      expected.removes = true;
      await interleave(stage, one);
      invariants.instant();
      expect(invariants.violations).toEqual([]);
      stage.world.end();
      return { done: one.runs };
    },
  });
}, LIMIT);

test('a first deployment whose requests come twice at the same time: one key, one entry, one answer (fault 9)', async () => {
  await holdsFor({
    share: 0.03,
    arbitrary: fc.record({ ...common, twice: fc.constant(true), runs: fc.constant<Run[]>(['deploy nothing new']) }),
    play: async (one) => {
      const { stage, invariants } = scene(one.seed);
      const { world } = stage;
      stage.requests.duplicate = () => 'at once';
      world.traffic.gate = async ({ functionName, step }) => one.scheduler.schedule(Promise.resolve(), `${functionName} ${step}`);
      const status = await one.scheduler.waitFor(stage.deploy().then(async (ended) => {
        await stage.requests.settled();
        return ended;
      }));
      world.traffic.gate = undefined;
      stage.requests.duplicate = undefined;
      expect(status).toBe('CREATE_COMPLETE');
      expect(await RUNS['daily run'](stage, '')).toBe(true);
      invariants.rest();
      expect(invariants.violations).toEqual([]);
      expect(stage.keyIds).toEqual([stage.currentKey]);
      expect(world.keyAtService).toBe(stage.currentKey);
      stage.world.end();
      return { done: one.runs };
    },
  });
}, LIMIT);
