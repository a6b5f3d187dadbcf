import { API_USER } from '../../support/lambda/world';
import { ConnectorApp, ROLE } from '../../support/stage/apps/connector';
import { BY_HAND, ConnectorStage, DENIED } from '../../support/stage/connector-stage';

const BASE = { title: 'Central', awsAccountId: '012345678901', accountType: 'Global', accessKeyId: 'AKIAEXAMPLE000000001', secretAccessKey: 'x'.repeat(40) } as const;

let stage: ConnectorStage;
beforeEach(() => {
  stage = new ConnectorStage();
  stage.world.refusal = () => undefined;
});

const demanding = (app: ConnectorApp = {}) => stage.deploy({ verify: 'fail', ...app });
const warning = (app: ConnectorApp = {}) => stage.deploy({ verify: 'warn', ...app });
const isRun = ({ path }: { readonly path: string }) => path.includes('/run/');
const ran = () => stage.service.requests().filter(isRun).length;
const refuse = (code: string, message: string) => { stage.world.refusal = () => ({ code, message }); };
const denyTimes = (times: number) => {
  let left = times;
  stage.world.refusal = () => (left-- > 0 ? DENIED : undefined);
};

describe('a role that can be assumed', () => {
  test('from the Qualys account: said so by the service, with a run, reads of its state and one read of base accounts', async () => {
    expect(await demanding()).toBe('CREATE_COMPLETE');
    expect(stage.attributes).toMatchObject({
      State: 'FINISHED_SUCCESS', Verification: 'SUCCEEDED: the role was assumed from the Qualys account 805950163170, as the service answers',
    });
    expect(stage.world.assumed).toMatchObject([{ accessKeyId: '805950163170', roleArn: ROLE, externalId: 'external-1234567890' }]);
    const { calls } = stage.world.traffic;
    const run = calls.findIndex(({ step }) => step.includes('/run/'));
    // IAM gets time before the first run.
    expect(calls[run]!.at - calls[run - 1]!.at).toBe(10_000);
    const requests = stage.takeRequests();
    expect(requests.slice(0, 4).map((request) => request.split('/')[0])).toEqual(['POST search', 'POST create', 'POST search', 'POST run']);
    expect(requests.slice(4, -1).every((request) => request.startsWith('GET get/am/awsassetdataconnector/'))).toBe(true);
    expect(requests.at(-1)).toBe('POST search/am/awsbaseaccount');
  });

  test('from the base account', async () => {
    stage.service.console.createBaseAccount(BASE);
    await demanding();
    expect(stage.attributes).toMatchObject({
      QualysAwsAccountId: '012345678901', Verification: 'SUCCEEDED: the role was assumed from base account 012345678901, as the service answers',
    });
    expect(stage.world.assumed[0]!.accessKeyId).toBe(BASE.accessKeyId);
  });

  test('although the base accounts cannot be read', async () => {
    stage.service.faults.next({ match: { path: /awsbaseaccount/ } }, { kind: 'answer', status: 403 });
    await demanding();
    expect(stage.attributes.Verification).toBe('SUCCEEDED: the role was assumed from AWS account 805950163170, as the service answers');
  });

  test('after an update, too; what is unchanged is not run', async () => {
    await demanding();
    stage.service.clearRequests();
    await demanding({ externalId: 'external-new' });
    expect(stage.attributes).toMatchObject({ State: 'FINISHED_SUCCESS', Verification: expect.stringContaining('SUCCEEDED') });
    expect(stage.world.assumed.at(-1)!.externalId).toBe('external-new');
    await warning({ externalId: 'external-new' });
    expect(ran()).toBe(1);
  });

  test.each([1, 2])('at the run after %i that came too early for IAM', async (times) => {
    denyTimes(times);
    expect(await demanding()).toBe('CREATE_COMPLETE');
    expect(stage.attributes.State).toBe('FINISHED_SUCCESS');
    expect(ran()).toBe(times + 1);
  });
});

describe('a role that cannot be assumed', () => {
  test('fails the deployment with the service\'s reason after about a minute, and the connector is gone again', async () => {
    denyTimes(99);
    const begun = stage.world.time.now();
    expect(await demanding()).toBe('ROLLBACK_COMPLETE');
    expect(stage.failure).toMatch(/: the run of connector 'Production' \(ID \d+\) ended in state FINISHED_ERRORS: AccessDenied: User is not authorized/);
    expect(stage.failure).toContain(`Check the trust policy of the role ${ROLE} (principal and external ID), its permissions, and that the roles of the base account (AssumableRoles) cover it`);
    expect(stage.failure).toContain('It was removed again');
    expect(stage.live).toEqual([]);
    expect(ran()).toBeGreaterThan(2);
    expect(stage.world.time.now() - begun).toBeLessThan(90_000);
  });

  test('any other reason is tried again twice, as a new role may show itself by it', async () => {
    refuse('RegionDisabledException', 'STS is not activated in this region');
    await demanding();
    expect(stage.failure).toContain('RegionDisabledException: STS is not activated');
    expect(ran()).toBe(3);
  });

  test('with a warning the connector stays and an attribute says it', async () => {
    denyTimes(99);
    expect(await warning()).toBe('CREATE_COMPLETE');
    expect(stage.attributes).toMatchObject({ State: 'FINISHED_ERRORS', Verification: expect.stringMatching(/^FAILED: the run of .* AccessDenied/) });
    expect(stage.live).toHaveLength(1);
  });

  test('an update is undone, so that the rollback has nothing to run', async () => {
    await demanding();
    const before = stage.live[0]!.settings;
    denyTimes(99);
    expect(await demanding({ name: 'New', pollingMinutes: 60, regions: ['eu-west-1'], activation: ['VM'], description: 'x' })).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(stage.failure).toContain('Its settings were put back');
    expect(stage.attributes.Verification).toBe('NOT RUN: nothing was changed');
    expect(stage.live[0]!.settings).toMatchObject({ ...before, activation: [], endpoints: ['eu-west-1'] });
  });

  test('an adopted connector is given back as it was', async () => {
    const id = stage.service.console.createConnector({ ...BY_HAND, arn: ROLE });
    const { settings } = stage.live[0]!;
    denyTimes(99);
    expect(await demanding({ adoptExisting: true })).toBe('ROLLBACK_COMPLETE');
    expect(stage.live).toMatchObject([{ id, settings }]);
  });

  test('what cannot be undone is said', async () => {
    refuse('Other', 'no');
    stage.service.faults.next({ match: { path: /delete\/am/ } }, { kind: 'answer', status: 403 });
    await demanding();
    expect(stage.failure).toContain('That could not be undone: look at it at the Qualys console');
    expect(stage.live).toEqual([]); // CloudFormation's own Delete came after it
  });

  test('a run that the service refuses is a failed verification', async () => {
    stage.service.faults.next({ match: { path: /run\/am/ } }, { kind: 'answer', status: 400, body: '{"ServiceResponse":{"responseCode":"INVALID_REQUEST"}}' });
    await warning();
    expect(stage.attributes.Verification).toMatch(/^FAILED: connector 'Production' \(ID \d+\) could not be run: .*INVALID_REQUEST/);
  });

  describe('says the service\'s reason', () => {
    const { username, password } = API_USER;
    const surfaces = () => [stage.world.answers.text(), ...stage.world.log].join('\n');

    test('redacted before it is cut', async () => {
      refuse('Other', `${'x'.repeat(280)} ${password}`);
      await warning();
      expect(stage.attributes.Verification).toContain('x ***');
      expect(surfaces()).not.toContain(password.slice(0, 8));
    });

    test('redacted, cut, and in one line', async () => {
      refuse('Other', `first\nsecond ${password} ${'long '.repeat(200)}`);
      await warning();
      const words = stage.attributes.Verification!;
      expect(words).toContain('Other: first second *** long');
      expect(words).toContain('…');
      expect(words.length).toBeLessThan(700);
      for (const secret of [password.slice(0, 12), Buffer.from(`${username}:${password}`).toString('base64')]) expect(surfaces()).not.toContain(secret);
    });
  });
});

describe('the words "API error in all regions", by which the service tells of a role that it does not get into', () => {
  const message = 'API error in all regions';
  const failTimes = (times: number, each: () => Promise<void> = async () => {}) => {
    let left = times;
    stage.world.refusal = async () => {
      await each();
      return left-- > 0 ? { message } : undefined;
    };
  };

  test.each([1, 2])('%i of them, from a role that is new, are no failure', async (times) => {
    failTimes(times);
    expect(await demanding()).toBe('CREATE_COMPLETE');
    expect([stage.attributes.State, ran()]).toEqual(['FINISHED_SUCCESS', times + 1]);
  });

  test('the third one in a row is', async () => {
    failTimes(3);
    expect(await demanding()).toBe('ROLLBACK_COMPLETE');
    expect(stage.failure).toMatch(/the run of connector 'Production' \(ID \d+\) ended in state FINISHED_ERRORS: API error in all regions\. Check the trust policy of the role/);
    expect([ran(), stage.live]).toEqual([3, []]);
  });

  test.each([[45_000, 1], [20_000, 2]])('a run of %i ms ends after the time that IAM takes, or after %i of them: it is told as it is, and not tried again', async (milliseconds, runs) => {
    failTimes(99, async () => stage.world.time.sleep(milliseconds));
    expect(await warning()).toBe('CREATE_COMPLETE');
    expect(stage.attributes.Verification).toMatch(/^FAILED: the run of .* ended in state FINISHED_ERRORS: API error in all regions\. /);
    expect(ran()).toBe(runs);
  });
});

describe('a run that does not end', () => {
  beforeEach(() => { stage.world.refusal = () => new Promise(() => {}); });

  test('fails in time, says that it was still under way, and leaves nothing', async () => {
    expect(await demanding()).toBe('ROLLBACK_COMPLETE');
    expect(stage.failure).toMatch(/: the run of connector 'Production' \(ID \d+\) was still under way \(state RUNNING\) when the time of this request was nearly used up. It was removed again/);
    expect(stage.live).toEqual([]);
  });

  test('is a warning where only that is asked for', async () => {
    expect(await warning()).toBe('CREATE_COMPLETE');
    expect(stage.attributes).toMatchObject({ State: 'RUNNING', Verification: expect.stringContaining('FAILED: the run of') });
  });

  test.each<[string, (id: number) => void, string]>([
    ['disabled', (id) => stage.service.console.editConnector(id, { disabled: true }), 'was disabled by somebody while it was run'],
    ['removed', (id) => stage.service.console.deleteConnector(id), 'was removed by somebody while it was run'],
  ])('stops when the connector is %s', async (_, act, words) => {
    const held = stage.world.refusal;
    stage.world.refusal = (call) => {
      act(stage.live[0]!.id);
      return held(call);
    };
    await warning();
    expect(stage.attributes.Verification).toContain(words);
  });
});

test('the end of an earlier run is not taken for the end of this one', async () => {
  await demanding();
  // Nothing comes of the second run: what is shown stays that of the first.
  stage.service.faults.next({ match: { path: /run\/am/ } }, { kind: 'answer', status: 200, body: '{"ServiceResponse":{"responseCode":"SUCCESS"}}' });
  await warning({ name: 'New' });
  expect(stage.attributes.Verification).toContain('was still under way (state FINISHED_SUCCESS)');
});
