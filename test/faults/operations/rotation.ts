import { BaseAccountStage, DAY, STEPS } from '../../support/base-account-stage';
import { Operation } from '../matrix';

const CONSOLE = { Delivery: { Mode: 'CONSOLE' } } as const;

/** A key of some age at the service. */
async function registered(): Promise<BaseAccountStage> {
  const stage = new BaseAccountStage({ writeApi: true });
  await stage.deploy();
  stage.world.time.advance(90 * DAY);
  return stage;
}

async function entered(): Promise<BaseAccountStage> {
  const stage = new BaseAccountStage();
  await stage.deploy({ registration: CONSOLE });
  stage.world.enterKey(stage.secret.json('AWSCURRENT') as { accessKeyId: string; secretAccessKey: string });
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

/** The daily run goes on day after day. */
async function someDays(stage: BaseAccountStage): Promise<void> {
  for (let day = 0; day < 3; day++) expect(await nextDay(stage)).toBe(true);
}

/** The daily run has no token; a day passes between two. */
async function nextDay(stage: BaseAccountStage): Promise<boolean> {
  const ended = await stage.world.function('base-account').invoke({ Task: 'DAILY_RUN' });
  stage.world.time.advance(DAY);
  return ended.outcome === 'returned';
}

export const ROTATION_OPERATIONS: readonly Operation[] = [
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
    name: 'rotate where people have to enter the key',
    holds: 'fault 37',
    prepare: entered,
    run: rotateForPeople,
    end: (stage) => expect(stage.secret.json('AWSPENDING')!.accessKeyId).not.toBe(stage.currentKey),
  },
  {
    name: 'what Secrets Manager tries when the schedule is set',
    prepare: registered,
    run: async (stage, token) => {
      stage.secret.beginRotation(token);
      const { outcome } = await stage.step(STEPS[2], token);
      stage.secret.versions.splice(stage.secret.versions.findIndex(({ id }) => id === token), 1);
      return outcome === 'returned';
    },
    end: (stage) => expect(stage.keyIds).toEqual([stage.currentKey]),
  },
  {
    name: 'the daily run with nothing to do',
    prepare: registered,
    run: nextDay,
    settle: someDays,
    end: (stage) => expect(stage.keyIds).toEqual([stage.currentKey]),
  },
  {
    name: 'the daily run that retires the old key',
    prepare: async () => {
      const stage = await registered();
      await stage.rotate();
      stage.world.time.advance(2 * DAY);
      return stage;
    },
    run: nextDay,
    settle: someDays,
    end: (stage) => expect(stage.keyIds).toEqual([stage.currentKey]),
  },
  {
    name: 'the daily run that promotes the key that people have entered',
    prepare: async () => {
      const stage = await entered();
      await stage.rotate();
      stage.world.enterKey(stage.secret.json('AWSPENDING') as { accessKeyId: string; secretAccessKey: string });
      stage.world.serviceCalls();
      return stage;
    },
    run: nextDay,
    settle: someDays,
    end: (stage) => expect(stage.world.keyAtService).toBe(stage.currentKey),
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
    end: (stage) => {
      expect(stage.keyIds).toEqual([stage.currentKey]);
      expect(stage.world.keyAtService).toBe(stage.currentKey);
    },
  },
];
