import { BaseAccountStage, DAY } from '../../support/stage/base-account-stage';

const HOUR = DAY / 24;
const [TOKEN, OTHER] = ['11111111-2222-4333-8444-555555555555', '99999999-2222-4333-8444-555555555555'];

let stage: BaseAccountStage;
let old: string;

const statusOf = (id: string) => stage.world.aws.account.keys.find((key) => key.accessKeyId === id)?.status ?? 'gone';
const hours = (count: number) => stage.world.time.advance(count * HOUR);

async function rotated(app: object = {}): Promise<void> {
  stage = new BaseAccountStage({ writeApi: true });
  await stage.deploy(app);
  old = stage.currentKey!;
  await stage.rotate(TOKEN);
}

describe('a key that was deactivated is deleted 20 hours later at the earliest (fault 98)', () => {
  beforeEach(async () => {
    await rotated();
    hours(25);
    await stage.dailyRun();
    expect(statusOf(old)).toBe('Inactive');
  });

  test('not by a run that comes twice, or is repeated', async () => {
    await stage.dailyRun();
    hours(19);
    await stage.dailyRun();
    expect(statusOf(old)).toBe('Inactive');
    hours(1.1);
    await stage.dailyRun();
    expect(statusOf(old)).toBe('gone');
  });

  test('not by a rotation that needs the room: it says from when on it can be', async () => {
    expect(await stage.rotate(OTHER)).toMatchObject({ outcome: 'threw', error: { message: expect.stringMatching(/deactivated less than a day ago.* can be deleted from \d{4}-\d\d-\d\dT/) } });
    expect(statusOf(old)).toBe('Inactive');
    hours(20.1);
    expect(await stage.rotate(OTHER)).toEqual({ outcome: 'returned' });
    expect(statusOf(old)).toBe('gone');
  });

  test('nor where nobody knows since when it is inactive', async () => {
    const { deactivated: _, ...record } = stage.record!;
    stage.world.aws.parameters.set(stage.recordName, JSON.stringify(record));
    hours(48);
    await stage.dailyRun();
    expect(statusOf(old)).toBe('Inactive');
    hours(20.1);
    await stage.dailyRun();
    expect(statusOf(old)).toBe('gone');
  });
});

describe('a thief who uses the old key once a day (fault 99)', () => {
  const useAndRun = async () => {
    hours(23);
    stage.world.aws.account.use(stage.world.aws.account.keys.find(({ accessKeyId }) => accessKeyId === old) ?? { accessKeyId: old, secretAccessKey: '' });
    hours(1);
    await stage.dailyRun();
  };

  test('keeps it without forceRetireAfter, and the metric tells', async () => {
    await rotated();
    for (let day = 0; day < 30; day++) await useAndRun();
    expect(statusOf(old)).toBe('Active');
    expect(JSON.parse(stage.world.log.filter((line) => line.includes('"_aws"')).at(-1)!).OldKeyInUse).toBeGreaterThan(28);
  });

  test('is cut off after that time with it', async () => {
    await rotated({ forceRetireAfterDays: 7 });
    for (let day = 0; day < 6; day++) await useAndRun();
    expect(statusOf(old)).toBe('Active');
    await useAndRun();
    expect(statusOf(old)).toBe('Inactive');
    await useAndRun();
    expect([statusOf(old), stage.world.serviceCalls()]).toEqual(['gone', true]);
  });

  test('never takes the key from the service: one that it was given last stays', async () => {
    await rotated({ forceRetireAfterDays: 7 });
    stage.world.aws.parameters.set(stage.recordName, JSON.stringify({ ...stage.record, registeredAccessKeyId: old, delivery: 'CONSOLE', accessKeyId: old }));
    for (let day = 0; day < 10; day++) await useAndRun();
    expect(statusOf(old)).toBe('Active');
  });
});
