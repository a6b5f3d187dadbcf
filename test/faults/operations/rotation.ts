import { DAILY_RUN_EVENT } from '../../../src/wire/base-account';
import { BaseAccountApp } from '../../support/stage/apps/base-account';
import { BaseAccountStage, DAY } from '../../support/stage/base-account-stage';
import { Operation } from '../matrix/matrix';

const CONSOLE: BaseAccountApp = { delivery: 'console', notify: true };

/** A key of some age at the service. */
async function registered(): Promise<BaseAccountStage> {
  const stage = new BaseAccountStage({ writeApi: true });
  await stage.deploy();
  stage.world.time.advance(90 * DAY);
  return stage;
}

async function entered(): Promise<BaseAccountStage> {
  const stage = new BaseAccountStage();
  await stage.deploy(CONSOLE);
  stage.enterKey();
  await stage.dailyRun();
  stage.world.time.advance(90 * DAY);
  return stage;
}

const NEW_KEY_IS_GONE = 'where the new key does not stand its test it is removed, and its version cannot be written twice';

/** Where the rotation has come to its end, there is no second one while the old key is active. */
async function rotate(stage: BaseAccountStage, token: string): Promise<boolean> {
  if (stage.secret.staged('AWSPREVIOUS')) return true;
  return (await stage.rotate(token)).outcome === 'returned';
}

/** The new key waits for a person, so Secrets Manager goes on with the same token. */
async function rotateForPeople(stage: BaseAccountStage): Promise<boolean> {
  return (await stage.rotate('33333333-2222-4333-8444-555555555555')).outcome === 'returned';
}

/** The person enters it, and the service uses it. */
function enter(stage: BaseAccountStage): void {
  stage.enterKey();
  expect(stage.world.serviceCalls()).toBe(true);
}

const oneKey = (stage: BaseAccountStage) => {
  expect(stage.keyIds).toEqual([stage.currentKey]);
  expect(stage.world.keyAtService).toBe(stage.currentKey);
};

/** The daily run goes on day after day. */
async function someDays(stage: BaseAccountStage): Promise<void> {
  for (let day = 0; day < 3; day++) expect(await nextDay(stage)).toBe(true);
}

/** The daily run has no token; a day passes between two. */
async function nextDay(stage: BaseAccountStage): Promise<boolean> {
  const ended = await stage.function.invoke(DAILY_RUN_EVENT);
  stage.world.time.advance(DAY);
  return ended.outcome === 'returned';
}

/** The key of the last rotation is so many days old, and the daily run has seen all but the last of them. */
async function rotated(days: number): Promise<BaseAccountStage> {
  const stage = await registered();
  await stage.rotate();
  for (let day = 1; day < days; day++) {
    stage.world.time.advance(DAY);
    await stage.dailyRun();
  }
  stage.world.time.advance(DAY);
  return stage;
}

export const ROTATION_OPERATIONS: ReadonlyArray<Operation<BaseAccountStage>> = [
  {
    name: 'rotate',
    holds: 'faults 5, 6, 7, 37, 39, 40 and 41',
    prepare: registered,
    run: rotate,
    mayNeedNewRequest: NEW_KEY_IS_GONE,
    end: (stage) => {
      expect(stage.world.keyAtService).toBe(stage.currentKey);
      expect(stage.secret.json('AWSPREVIOUS')).toBeDefined();
    },
  },
  {
    name: 'rotate while AWS learns of the new key, one endpoint after the other',
    prepare: async () => {
      const stage = await registered();
      stage.world.aws.account.keyDelay = 9_000;
      return stage;
    },
    run: rotate,
    mayNeedNewRequest: NEW_KEY_IS_GONE,
    without: { repeat: 'the answer of the endpoint that knows the key last may be the one that is lost' },
    watch: ({ world }) => () => (world.keyWorks ? [] : ['AWS does not let the service in']),
    end: (stage) => {
      expect(stage.world.keyAtService).toBe(stage.currentKey);
      expect(stage.keyIds).toEqual([stage.secret.json('AWSPREVIOUS')!.accessKeyId, stage.currentKey]);
    },
  },
  {
    name: 'rotate where people have to enter the key',
    holds: 'fault 37',
    prepare: entered,
    run: async (stage) => await rotateForPeople(stage) && (await stage.dailyRun()).outcome === 'returned',
    settle: async (stage) => {
      expect(stage.secret.json('AWSPENDING')!.accessKeyId).not.toBe(stage.currentKey);
      enter(stage);
      for (let day = 0; day < 5; day++) expect(await nextDay(stage)).toBe(true);
    },
    end: oneKey,
  },
  {
    name: 'what Secrets Manager tries when the schedule is set',
    prepare: registered,
    run: async (stage, token) => (await stage.trial(token)).outcome === 'returned',
    end: (stage) => expect(stage.keyIds).toEqual([stage.currentKey]),
  },
  {
    name: 'the daily run with nothing to do',
    prepare: registered,
    run: nextDay,
    settle: someDays,
    end: (stage) => expect(stage.keyIds).toEqual([stage.currentKey]),
  },
  ...[1, 2].map((days): Operation<BaseAccountStage> => ({
    name: `the daily run that ${days === 1 ? 'deactivates' : 'deletes'} the old key`, prepare: () => rotated(days), run: nextDay, settle: someDays, end: oneKey,
  })),
  {
    name: 'the daily run that promotes the key that people have entered',
    prepare: async () => {
      const stage = await entered();
      await stage.rotate();
      enter(stage);
      return stage;
    },
    run: nextDay,
    settle: someDays,
    end: oneKey,
  },
  {
    name: 'the daily run after the key was deleted behind our back',
    holds: 'fault 44',
    removes: true, // the current key is gone until a new one is there
    lost: true,
    prepare: async () => {
      const stage = await registered();
      stage.world.aws.account.keys.length = 0;
      return stage;
    },
    run: nextDay,
    settle: someDays,
    end: oneKey,
  },
];
