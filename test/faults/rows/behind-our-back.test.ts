import { BaseAccountStage, DAY } from '../../support/stage/base-account-stage';

const TOKEN = '33333333-2222-4333-8444-555555555555';
const USER = 'qualys-base-account';
const THEIRS = { title: 'Theirs', awsAccountId: '012345678901', accountType: 'Global', accessKeyId: 'AKIAEXAMPLEEXAMPLE00', secretAccessKey: 'x'.repeat(40) } as const;

let stage: BaseAccountStage;
const entries = () => stage.world.service.baseAccounts();

beforeEach(async () => {
  stage = new BaseAccountStage({ writeApi: true });
  await stage.deploy();
  stage.world.time.advance(90 * DAY);
});

describe.each([
  ['deleted', () => stage.world.aws.account.deleteKey(USER, stage.currentKey!)],
  ['deactivated', () => stage.world.aws.account.setStatus(USER, stage.currentKey!, 'Inactive')],
])('a key that somebody has %s (fault 44)', (_, happen) => {
  test.each([
    ['the daily run', async () => (await stage.dailyRun()).outcome],
    ['a deployment that changes the key\'s resource', async () => {
      const status = await stage.deploy({}, { raw: { UserKey: { Later: 'x' } } });
      return status === 'UPDATE_COMPLETE' ? 'returned' : status;
    }],
  ])('is followed by a fresh one at the service by %s', async (_name, run) => {
    const old = stage.currentKey;
    happen();
    expect(stage.world.serviceCalls()).toBe(false);
    expect(await run()).toBe('returned');
    expect(stage.currentKey).not.toBe(old);
    expect(stage.world.keyAtService).toBe(stage.currentKey);
    expect(stage.world.serviceCalls()).toBe(true);
  });

  test('comes to a working key at the service by a rotation, too', async () => {
    happen();
    expect((await stage.rotate(TOKEN)).outcome).toBe('returned');
    expect(stage.world.keyAtService).toBe(stage.currentKey);
    expect(stage.world.serviceCalls()).toBe(true);
  });
});

describe('an entry that somebody has removed at the console (fault 45)', () => {
  test.each([
    ['an update', async () => await stage.deploy({ title: 'Other' }) === 'UPDATE_COMPLETE'],
    ['a rotation', async () => (await stage.rotate(TOKEN)).outcome === 'returned'],
  ])('is made again by %s', async (_, run) => {
    stage.world.service.console.deleteBaseAccount('Global');
    expect(await run()).toBe(true);
    expect(entries()).toMatchObject([{ awsAccountId: '111111111111', accessKeyId: stage.currentKey }]);
  });
});

describe('an entry that somebody has edited at the console (fault 45)', () => {
  test('in its title: the next update sets it right', async () => {
    stage.world.service.console.editBaseAccount('Global', { title: 'Typed' });
    expect(await stage.deploy({ title: 'Other' })).toBe('UPDATE_COMPLETE');
    expect(entries()).toMatchObject([{ title: 'Other', accessKeyId: stage.currentKey }]);
  });

  test('in its AWS account: update, rotation and Delete say whose it is, and leave it as it is (faults 45 and 46)', async () => {
    stage.world.service.console.editBaseAccount('Global', THEIRS);
    expect(await stage.deploy({ title: 'Other' })).toMatch(/^UPDATE_ROLLBACK_/);
    expect(stage.failure).toContain('is of AWS account 012345678901');
    expect((await stage.rotate(TOKEN)).error?.message).toContain('012345678901');
    expect(entries()).toMatchObject([{ title: 'Theirs', awsAccountId: '012345678901', accessKeyId: THEIRS.accessKeyId }]);
    expect(stage.keyIds).toContain(stage.currentKey);
  });
});

test.each([false, true])('an entry of another AWS account that is there already is named and stays, with adoptExisting %s (fault 46)', async (adoptExisting) => {
  stage = new BaseAccountStage({ writeApi: true });
  stage.world.service.console.createBaseAccount(THEIRS);
  expect(await stage.deploy({ adoptExisting })).toBe('ROLLBACK_COMPLETE');
  expect(stage.failure).toMatch(/is of AWS account 012345678901, not of 111111111111.*never overwritten/);
  expect(entries()).toMatchObject([{ title: 'Theirs', awsAccountId: '012345678901', accessKeyId: THEIRS.accessKeyId }]);
  expect([stage.keyIds, stage.record]).toEqual([[], undefined]);
});
