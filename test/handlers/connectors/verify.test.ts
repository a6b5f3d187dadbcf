import { BY_HAND, ConnectorsWorld, DENIED, PASSWORD } from './world';

let world: ConnectorsWorld;
beforeEach(async () => { world = await ConnectorsWorld.start(); });
afterEach(() => world.stop());

const fail = () => world.properties({ Verification: 'FAIL' });
const warn = () => world.properties({ Verification: 'WARN' });
const ran = () => world.service.requests().filter(({ path }) => path.includes('/run/')).length;
const BASE = { title: 'Central', awsAccountId: '012345678901', accountType: 'Global', accessKeyId: 'AKIAEXAMPLE000000001', secretAccessKey: 'x'.repeat(40) } as const;
const denyTimes = (times: number) => {
  let left = times;
  world.aws.decide = async () => (left-- > 0 ? DENIED : undefined);
};

describe('a role that can be assumed', () => {
  test('from the Qualys account: said so by the service, with a run, reads of its state and one read of base accounts', async () => {
    const { answer } = await world.resource().create(fail());
    expect(answer).toMatchObject({
      Status: 'SUCCESS',
      Data: { State: 'FINISHED_SUCCESS', Verification: 'SUCCEEDED: the role was assumed from the Qualys account 805950163170, as the service answers' },
    });
    expect(world.assumed).toMatchObject([{ accessKeyId: '805950163170', externalId: 'external-1234567890' }]);
    const requests = world.takeRequests();
    expect(requests.slice(0, 4).map((request) => request.split('/')[0])).toEqual(['POST search', 'POST create', 'POST search', 'POST run']);
    expect(requests.slice(4, -1).every((request) => request.startsWith('GET get/am/awsassetdataconnector/'))).toBe(true);
    expect(requests.at(-1)).toBe('POST search/am/awsbaseaccount');
    // IAM gets time before the first run.
    expect(world.clock.sleeps[0]).toBe(10_000);
  });

  test('from the base account', async () => {
    world.service.console.createBaseAccount(BASE);
    const { answer } = await world.resource().create(fail());
    expect(answer.Data).toMatchObject({
      QualysAwsAccountId: '012345678901', Verification: 'SUCCEEDED: the role was assumed from base account 012345678901, as the service answers',
    });
    expect(world.assumed[0]!.accessKeyId).toBe(BASE.accessKeyId);
  });

  test('although the base accounts cannot be read', async () => {
    world.service.faults.next({ match: { path: /awsbaseaccount/ } }, { kind: 'answer', status: 403 });
    const { answer } = await world.resource().create(fail());
    expect(answer.Data!.Verification).toBe('SUCCEEDED: the role was assumed from AWS account 805950163170, as the service answers');
  });

  test('after an update, too; what is unchanged is not run', async () => {
    const resource = world.resource();
    await resource.create(fail());
    world.service.clearRequests();
    const { answer } = await resource.update(world.properties({ Verification: 'FAIL', ExternalId: 'external-new' }));
    expect(answer.Data).toMatchObject({ State: 'FINISHED_SUCCESS', Verification: expect.stringContaining('SUCCEEDED') });
    expect(world.assumed.at(-1)!.externalId).toBe('external-new');
    await resource.update(world.properties({ Verification: 'WARN', ExternalId: 'external-new' }));
    expect(ran()).toBe(1);
  });

  test.each([1, 2])('at the run after %i that came too early for IAM', async (times) => {
    denyTimes(times);
    expect((await world.resource().create(fail())).answer).toMatchObject({ Status: 'SUCCESS', Data: { State: 'FINISHED_SUCCESS' } });
    expect(ran()).toBe(times + 1);
  });
});

describe('a role that cannot be assumed', () => {
  test('fails the deployment with the service\'s reason after about a minute, and the connector is gone again', async () => {
    denyTimes(99);
    const begun = world.clock.now();
    const { answer, cleanUp } = await world.resource().create(fail());
    expect(answer.Status).toBe('FAILED');
    expect(answer.Reason).toMatch(/^the run of connector 'Production' \(ID \d+\) ended in state FINISHED_ERRORS: AccessDenied: User is not authorized/);
    expect(answer.Reason).toContain('Check the trust policy of the role arn:aws:iam::001122334455:role/QualysConnector');
    expect(answer.Reason).toContain('It was removed again');
    expect(cleanUp!.Status).toBe('SUCCESS');
    expect(world.live).toEqual([]);
    expect(ran()).toBeGreaterThan(2);
    expect(world.clock.now() - begun).toBeLessThan(90_000);
  });

  test('any other reason is final at once', async () => {
    world.aws.decide = async () => ({ code: 'RegionDisabledException', message: 'STS is not activated in this region' });
    const { answer } = await world.resource().create(fail());
    expect(answer.Reason).toContain('RegionDisabledException: STS is not activated');
    expect(ran()).toBe(1);
  });

  test('with a warning the connector stays and an attribute says it', async () => {
    denyTimes(99);
    const { answer } = await world.resource().create(warn());
    expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { State: 'FINISHED_ERRORS', Verification: expect.stringMatching(/^FAILED: the run of .* AccessDenied/) } });
    expect(world.live).toHaveLength(1);
  });

  test('an update is undone, so that the rollback has nothing to run', async () => {
    const resource = world.resource();
    await resource.create(fail());
    const before = world.live[0]!.settings;
    denyTimes(99);
    const changed = world.properties({ Verification: 'FAIL', Name: 'New', PollingMinutes: '60', Regions: ['eu-west-1'], Activation: ['VM'], Description: 'x' });
    const { answer, rollback } = await resource.update(changed);
    expect(answer.Reason).toContain('Its settings were put back');
    expect(rollback).toMatchObject({ Status: 'SUCCESS', Data: { Verification: 'NOT RUN: nothing was changed' } });
    expect(world.live[0]!.settings).toMatchObject({ ...before, activation: [], endpoints: ['eu-west-1'] });
  });

  test('an adopted connector is given back as it was', async () => {
    const id = world.service.console.createConnector(BY_HAND);
    const { settings } = world.live[0]!;
    denyTimes(99);
    const { answer, cleanUp } = await world.resource().create({ ...fail(), AdoptExisting: 'true' });
    expect([answer.Status, cleanUp!.Status]).toEqual(['FAILED', 'SUCCESS']);
    expect(world.live).toMatchObject([{ id, settings }]);
  });

  test('what cannot be undone is said', async () => {
    world.aws.decide = async () => ({ code: 'Other', message: 'no' });
    world.service.faults.next({ match: { path: /delete\/am/ } }, { kind: 'answer', status: 403 });
    const { answer } = await world.resource().create(fail());
    expect(answer.Reason).toContain('That could not be undone: look at it at the Qualys console');
    expect(world.live).toEqual([]); // CloudFormation's own Delete came after it
  });

  test('a run that the service refuses is a failed verification', async () => {
    world.service.faults.next({ match: { path: /run\/am/ } }, { kind: 'answer', status: 400, body: '{"ServiceResponse":{"responseCode":"INVALID_REQUEST"}}' });
    const { answer } = await world.resource().create(warn());
    expect(answer.Data!.Verification).toMatch(/^FAILED: connector 'Production' \(ID \d+\) could not be run: .*INVALID_REQUEST/);
  });

  test('a secret that stands where the reason is cut is redacted before', async () => {
    world.aws.decide = async () => ({ code: 'Other', message: `${'x'.repeat(280)} ${PASSWORD}` });
    const { answer } = await world.resource().create(warn());
    expect(answer.Data!.Verification).toContain('x ***');
    expect(world.surfaces).not.toContain(PASSWORD.slice(0, 8));
  });

  test('the service\'s reason is redacted, cut, and one line', async () => {
    world.aws.decide = async () => ({ code: 'Other', message: `first\nsecond ${PASSWORD} ${'long '.repeat(200)}` });
    const { answer } = await world.resource().create(warn());
    const words = answer.Data!.Verification!;
    expect(words).toContain('Other: first second *** long');
    expect(words).toContain('…');
    expect(words.length).toBeLessThan(700);
    expect(world.surfaces).not.toContain(PASSWORD);
    expect(world.surfaces).not.toContain(PASSWORD.slice(0, 12));
    expect(world.surfaces).not.toContain(Buffer.from(`api:${PASSWORD}`).toString('base64'));
  });
});

describe('a run that does not end', () => {
  const release: Array<() => void> = [];
  beforeEach(() => { world.aws.decide = () => new Promise((resolve) => { release.push(() => resolve(undefined)); }); });
  afterEach(() => release.splice(0).forEach((go) => go()));

  test('fails in time, says that it was still under way, and leaves nothing', async () => {
    const { answer } = await world.resource().create(fail());
    expect(answer.Reason).toMatch(/^the run of connector 'Production' \(ID \d+\) was still under way \(state RUNNING\) when the time of this request was nearly used up. It was removed again/);
    expect(world.live).toEqual([]);
  });

  test('is a warning where only that is asked for', async () => {
    const { answer } = await world.resource().create(warn());
    expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { State: 'RUNNING', Verification: expect.stringContaining('FAILED: the run of') } });
  });

  test.each<[string, (id: number) => void, string]>([
    ['disabled', (id) => world.service.console.editConnector(id, { disabled: true }), 'was disabled by somebody while it was run'],
    ['removed', (id) => world.service.console.deleteConnector(id), 'was removed by somebody while it was run'],
  ])('stops when the connector is %s', async (_, act, words) => {
    const held = world.aws.decide;
    world.aws.decide = async (call) => {
      act(world.live[0]!.id);
      return held(call);
    };
    const { answer } = await world.resource().create(warn());
    expect(answer.Data!.Verification).toContain(words);
  });
});

test('the end of an earlier run is not taken for the end of this one', async () => {
  const resource = world.resource();
  await resource.create(fail());
  // Nothing comes of the second run: what is shown stays that of the first.
  world.service.faults.next({ match: { path: /run\/am/ } }, { kind: 'answer', status: 200, body: '{"ServiceResponse":{"responseCode":"SUCCESS"}}' });
  const { answer } = await resource.update(world.properties({ Verification: 'WARN', Name: 'New' }));
  expect(answer.Data!.Verification).toContain('was still under way (state FINISHED_SUCCESS)');
});
