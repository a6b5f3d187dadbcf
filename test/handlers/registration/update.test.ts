import { CANCELLATION_SUFFIX } from '../../../src/wire/base-account';
import { BaseAccountStage } from '../../support/stage/base-account-stage';

let stage: BaseAccountStage;
beforeEach(async () => {
  stage = new BaseAccountStage({ writeApi: true });
  await stage.deploy();
});

const service = () => stage.world.service;
const entry = () => service().baseAccounts()[0];
const attributes = () => stage.stack.resources.get('Registration')!.attributes;
const physicalId = () => stage.stack.resources.get('Registration')!.physicalId;
/** CloudFormation knows the key, too: an Update follows. */
const bringNewKey = (app = {}) => stage.deploy(app, { raw: { Registration: { AccessKeyId: stage.currentKey } } });

test('a new title is edited in place', async () => {
  const title = 'Security & <Audit> "é"';
  expect(await stage.deploy({ title })).toBe('UPDATE_COMPLETE');
  expect(stage.sent.slice(2)).toEqual(['Update Registration']);
  expect(entry()).toMatchObject({ title, accessKeyId: stage.currentKey });
  expect(service().requests().filter(({ path }) => path.includes('/update/am/awsbaseaccount'))).toHaveLength(1);
});

test('a new key is brought in place', async () => {
  const before = stage.currentKey;
  stage.replaceKey();
  expect(await bringNewKey()).toBe('UPDATE_COMPLETE');
  expect(stage.sent.slice(2)).toEqual(['Update Registration']);
  expect([attributes().RegisteredAccessKeyId, stage.world.keyAtService]).toEqual([stage.currentKey, stage.currentKey]);
  expect(stage.currentKey).not.toBe(before);
});

test('the current key goes out, whatever key the template knows', async () => {
  stage.replaceKey();
  await stage.deploy({ title: 'New' }, { raw: { Registration: { AccessKeyId: 'AKIAOLDOLDOLDOLDOLD0' } } });
  expect(attributes().RegisteredAccessKeyId).toBe(stage.currentKey);
});

test('another AWS account is edited in place', async () => {
  const AwsAccountId = '222222222222';
  stage.secret.put('v-other', JSON.stringify({ ...stage.secret.json('AWSCURRENT'), accountId: AwsAccountId }), 'AWSCURRENT');
  Object.assign(stage.world.aws.account, { accountId: AwsAccountId });
  expect(await stage.ask('Update', 'Registration', { raw: { Registration: { AwsAccountId } } })).toMatchObject({ Status: 'SUCCESS' });
  expect(entry()!.awsAccountId).toBe(AwsAccountId);
});

test('another account type replaces: the new entry is there before the old one goes (fault 2)', async () => {
  const { aws } = stage.world;
  Object.assign(aws.account, { partition: 'aws-us-gov' }); // whatever a key can do to be of another one
  const api = { remove: { method: 'POST', path: '/qps/rest/3.0/delete/am/awsbaseaccount' } };
  expect(await stage.deploy({ accountType: 'US_GOVCLOUD', api })).toBe('UPDATE_COMPLETE');
  expect([physicalId(), stage.failures]).toEqual([expect.stringMatching(/:US_GOVCLOUD$/), []]);
  expect(stage.sent.slice(2)).toEqual(['Update Registration', 'Delete Registration']);
  expect(service().baseAccounts().map(({ accountType }) => accountType)).toEqual(['Gov']);
  expect([...aws.parameters.keys()]).toEqual([stage.recordName.replace(/GLOBAL$/, 'US_GOVCLOUD')]);
  const paths = service().requests().map(({ path }) => path);
  expect(paths.findIndex((path) => path.includes('/delete/'))).toBeGreaterThan(paths.map((path) => path.includes('/create/')).lastIndexOf(true));
});

test('another account type by a path with an ID, which stands for both: the old entry stays, and CloudFormation reports it', async () => {
  Object.assign(stage.world.aws.account, { partition: 'aws-us-gov' });
  expect(await stage.deploy({ accountType: 'US_GOVCLOUD' })).toBe('UPDATE_COMPLETE');
  expect(stage.failure).toContain('names it by an ID that stands for base accounts of other account types too');
  expect(service().baseAccounts()).toHaveLength(2);
});

describe('another platform', () => {
  test('replaces: the entry there is made before the one here goes (fault 2)', async () => {
    const there = stage.world.addPlatform();
    const both = new Set<number>();
    stage.world.traffic.watch = () => both.add(service().baseAccounts().length + there.baseAccounts().length);
    expect(await stage.deploy({ platform: 'other' })).toBe('UPDATE_COMPLETE');
    expect(physicalId()).toBe('qualys-base-account:qualysapi.other.example:GLOBAL');
    expect(stage.sent.slice(2)).toEqual(['Update Registration', 'Delete Registration']);
    expect([...both].sort()).toEqual([1, 2]);
    expect([service().baseAccounts(), there.baseAccounts()]).toEqual([[], [expect.objectContaining({ accessKeyId: stage.currentKey })]]);
  });

  test('a replacement that fails is undone: the old entry stays, the new one goes (fault 2)', async () => {
    const there = stage.world.addPlatform();
    // The new entry is made and read back; only the last word about it is not written.
    let isRead = false;
    let answered = false;
    stage.world.traffic.fault = ({ step }) => {
      isRead ||= there.requests().filter(({ path }) => path.includes('/search/am/awsbaseaccount')).length > 1;
      answered ||= step === 'answer';
      return isRead && !answered && step === 'ssm:PutParameter' ? 'refuse' : undefined;
    };
    stage.world.traffic.watch = ({ step }) => { if (step === 'answer') expect(there.baseAccounts()).toEqual([]); };
    const before = physicalId();
    expect(await stage.deploy({ platform: 'other' })).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect([isRead, there.requests().some(({ path }) => path.includes('/delete/'))]).toEqual([true, true]);
    expect(physicalId()).toBe(before);
    expect([service().baseAccounts().length, there.baseAccounts()]).toEqual([1, []]);
    expect([...stage.world.aws.parameters.keys()].filter((name) => !name.endsWith(CANCELLATION_SUFFIX))).toEqual([stage.recordName]);
  });
});

test('a failed update keeps the ID, and the rollback restores title and key', async () => {
  service().faults.next({ match: { path: /search\/am\/awsbaseaccount/ }, times: 1 }, { kind: 'answer', status: 403 });
  expect(await stage.deploy({ title: 'Never' })).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(stage.world.answers.puts.slice(1).map(({ Status, PhysicalResourceId }) => [Status, PhysicalResourceId]))
    .toEqual(['SUCCESS', 'FAILED', 'SUCCESS'].map((status) => [status, physicalId()]));
  expect(entry()).toMatchObject({ title: 'Central Security', accessKeyId: stage.currentKey });
});

test('from the API to the console: the service has the key already, so nothing waits', async () => {
  await stage.deploy({ delivery: 'console' });
  expect(attributes()).toMatchObject({ Status: 'REGISTERED', RegisteredAccessKeyId: stage.currentKey });
});

test('in console mode a new key waits beside an entry that is there already', async () => {
  await stage.deploy({ delivery: 'console' });
  const before = stage.world.keyAtService;
  stage.replaceKey();
  await bringNewKey({ delivery: 'console' });
  expect(attributes()).toMatchObject({ Status: 'AWAITING_CONSOLE', RegisteredAccessKeyId: before, NextStep: expect.stringContaining('select the Global entry, Edit') });
  // The entry was there before, so that it is there says nothing about the new key.
  await bringNewKey({ delivery: 'console', title: 'Later' });
  expect(attributes().Status).toBe('AWAITING_CONSOLE');
});

test('a change that the service refuses leaves the record as it was: nothing has arrived', async () => {
  const before = stage.record!;
  service().faults.next({ match: { path: /update\/am/ } }, { kind: 'answer', status: 400, body: '{"ServiceResponse":{"responseCode":"INVALID_REQUEST"}}' });
  await stage.ask('Update', 'Registration', { app: { title: 'Never' } });
  expect(stage.record).toEqual({ ...before, generation: before.generation + 1 });
});

test('a key that a rotation promotes while the old one is being pushed is brought after it', async () => {
  const before = stage.currentKey;
  stage.world.traffic.watch = ({ step }) => { if (step.includes('/update/am/') && stage.currentKey === before) stage.replaceKey(); };
  await stage.deploy({ title: 'Meanwhile' });
  expect(stage.currentKey).not.toBe(before);
  expect([attributes().RegisteredAccessKeyId, stage.world.keyAtService]).toEqual([stage.currentKey, stage.currentKey]);
});

test('the user\'s new key after a change of its name is pushed for the new user', async () => {
  expect(await stage.deploy({ userName: 'renamed', delivery: 'api' })).toBe('UPDATE_COMPLETE');
  expect(stage.world.aws.account.keys).toMatchObject([{ userName: 'renamed', accessKeyId: stage.world.keyAtService }]);
});

describe('ownership', () => {
  test('a lost record does not keep the stack from its own entry', async () => {
    stage.world.aws.parameters.clear();
    expect(await stage.deploy({ title: 'Found' })).toBe('UPDATE_COMPLETE');
    expect([entry()!.title, stage.record!.status]).toEqual(['Found', 'REGISTERED']);
  });

  test('a parameter that is no record is not overwritten', async () => {
    stage.world.aws.parameters.set(stage.recordName, 'somebody else\'s');
    await stage.deploy({ title: 'X' });
    expect(stage.failure).toContain('is not a record that this library wrote');
  });
});
