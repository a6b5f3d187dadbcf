import { ConnectorApp, ROLE } from '../../support/stage/apps/connector';
import { BY_HAND } from '../../support/stage/connector-stage';
import { MonitoringStage } from '../../support/stage/monitoring-stage';

const roleIn = (account: number, partition = 'aws') => `arn:${partition}:iam::${String(account).padStart(12, '0')}:role/QualysConnector`;
const DISABLED: ConnectorApp = { enabled: false };

let stage: MonitoringStage;

/** The check ends with these words, and says nothing of the connectors. */
async function fails(words: string, event?: object): Promise<void> {
  const before = stage.lines.length;
  expect(await stage.check(event)).toMatchObject({ outcome: 'threw', error: { message: expect.stringContaining(words) } });
  expect(stage.lines).toHaveLength(before);
}

describe('whoever can invoke the function gets no check that was not deployed (fault 138)', () => {
  beforeEach(async () => {
    stage = new MonitoringStage({ writeApi: true });
    expect(await stage.deploy({ connectors: [DISABLED, { id: 'Other', name: 'Other', roleArn: roleIn(1) }] })).toBe('CREATE_COMPLETE');
    stage.takeRequests();
    stage.world.traffic.calls = [];
  });
  afterEach(() => expect([stage.takeRequests(), stage.world.traffic.calls]).toEqual([[], []]));

  test.each<[string, object, string]>([
    ['another host', { ApiServer: 'https://api.attacker.example' }, 'a place that is not monitored from here'],
    ['another account type', { AccountType: 'CHINA' }, 'a place that is not monitored from here'],
    ['one connector more that is disabled in code', { DisabledInCode: ['Other', 'Production'] }, 'another DisabledInCode than was deployed'],
    ['none that is disabled in code', { DisabledInCode: [] }, 'another DisabledInCode than was deployed'],
    ['no list', { DisabledInCode: undefined }, 'another DisabledInCode than was deployed'],
    ['no host', { ApiServer: undefined }, 'property \'ApiServer\' is missing'],
    ['a key of a request', { RequestType: 'Create' }, 'the function does not take this event'],
    ['a step of a rotation', { Step: 'createSecret' }, 'the function does not take this event'],
  ])('with %s', async (_, changes, words) => fails(words, { ...stage.event, ...changes }));

  test('where nothing is monitored', async () => {
    const { event } = stage;
    await stage.deploy({ unmonitored: true });
    stage.takeRequests();
    stage.world.traffic.calls = [];
    await fails('a place that is not monitored from here', event);
  });
});

test('a long list of disabled connectors stands in the environment by its hash', async () => {
  stage = new MonitoringStage();
  // Each connector's ID is long, so that few of them make a long list.
  const ids = Array.from({ length: 12 }, (_, index) => `${'Connector'.repeat(5)}X${String.fromCharCode(65 + index)}`);
  const connectors = ids.map((id, index) => ({ id, name: id, roleArn: roleIn(index + 1), enabled: false }));
  const template = stage.template({ connectors });
  const environment = JSON.stringify(template.QualysConnectorFunction!.properties);
  expect(environment).toMatch(/DisabledInCode\\*":\\*"sha256:[0-9a-f]{64}/);
  expect(environment).not.toContain(ids[0]);
});

describe('not to know is not drift (fault 137)', () => {
  beforeEach(async () => {
    stage = new MonitoringStage({ writeApi: true });
    expect(await stage.deploy({ baseAccount: {} })).toBe('CREATE_COMPLETE');
  });
  const answers = (path: RegExp, status: number, times = 99) => stage.world.service.faults.next({ match: { path }, times }, { kind: 'answer', status });

  test('a base account that cannot be read', async () => {
    answers(/awsbaseaccount|awsBaseAccountId/, 500);
    await fails('with HTTP 500');
  });

  test('a list that cannot be read', async () => {
    answers(/search\/am\/awsassetdataconnector/, 403);
    await fails('with HTTP 403');
  });

  test('a list that breaks off at its second page', async () => {
    for (let id = 0; id < 1_500; id++) stage.world.service.console.createConnector({ ...BY_HAND, arn: roleIn(id + 1) });
    const { faults } = stage.world.service;
    let searches = 0;
    const take = faults.take.bind(faults);
    faults.take = (request) => (/search\/am\/awsassetdataconnector/.test(request.path) && ++searches > 1 ? { kind: 'answer', status: 401 } : take(request));
    await fails('with HTTP 401');
  });

  test('credentials that are wrong', async () => {
    stage.world.aws.secret(stage.world.credentialsArn).put('1'.repeat(32), JSON.stringify({ username: 'nobody', password: 'wrong' }), 'AWSCURRENT');
    await fails('with HTTP 401');
  });

  test('CloudFormation that denies', async () => {
    stage.world.aws.allowed = (action) => action !== 'cloudformation:ListStackResources';
    await fails('cloudformation:ListStackResources');
  });

  test('a page of CloudFormation that comes again and again', async () => {
    const answer = stage.world.aws.answer.bind(stage.world.aws);
    stage.world.aws.answer = (service, action, ...more) => (action === 'ListStackResources' ? { StackResourceSummaries: [], NextToken: 'again' } : answer(service, action, ...more));
    await fails('a page that was read already');
    expect(stage.world.traffic.calls.filter(({ step }) => step === 'cloudformation:ListStackResources')).toHaveLength(2);
  });

  test('nothing that answers', async () => {
    stage.world.traffic.fault = () => 'hang';
    await fails('had no answer within 40 seconds');
  });
});

describe('the limit of the service', () => {
  test('is waited for as long as there is time', async () => {
    stage = new MonitoringStage({ service: { limits: { rate: { calls: 2, windowSeconds: 600 } } } });
    await stage.deploy({ connectors: [] });
    const begun = stage.world.time.now();
    stage.world.service.faults.next({ match: { path: /search\/am\/awsassetdataconnector/ } }, { kind: 'limit', toWaitSeconds: 300 });
    expect(await stage.check()).toEqual({ outcome: 'returned' });
    expect(stage.world.time.now() - begun).toBeGreaterThanOrEqual(300_000);
    expect(stage.metrics).toMatchObject({ MonitoringHeartbeat: 1 });
  });

  test('ends the check where there is none, and nobody is told to deploy', async () => {
    stage = new MonitoringStage();
    await stage.deploy({ connectors: [] });
    stage.world.service.faults.next({ match: { path: /search\/am\/awsassetdataconnector/ }, times: 9 }, { kind: 'limit', toWaitSeconds: 3_000 });
    await fails('seconds, which is more than is left of this request: the next check asks again');
  });
});

describe('while things change', () => {
  test('a connector that is deleted between two pages is missing, or at the next check', async () => {
    stage = new MonitoringStage();
    await stage.deploy({ connectors: [] });
    const { console } = stage.world.service;
    const ids = Array.from({ length: 1_500 }, (_, index) => console.createConnector({ ...BY_HAND, arn: roleIn(index + 1) }));
    let searches = 0;
    stage.world.traffic.watch = ({ step }) => { if (step.includes('search/am/awsassetdataconnector') && ++searches === 1) console.deleteConnector(ids[1_499]!); };
    await stage.check();
    expect(stage.metrics).toMatchObject({ Connectors: 1_499, MonitoringHeartbeat: 1 });
  });

  test('a stack that is being deleted has no connector that could be missing', async () => {
    stage = new MonitoringStage();
    await stage.deploy();
    const { event, function: handler } = stage;
    const checks: Promise<unknown>[] = [];
    stage.world.traffic.watch = ({ step, functionName }) => {
      if (checks.length === 0 && functionName === 'connector' && step.includes('delete/am/')) checks.push(handler.invoke(event));
    };
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
    expect(await Promise.all(checks)).toHaveLength(1);
    for (const values of stage.values) expect(values).toMatchObject({ MissingConnectors: 0 });
  });

  test('a connector that a deployment has just made is not missing', async () => {
    stage = new MonitoringStage();
    await stage.deploy({ connectors: [] });
    expect(await stage.deploy({ connectors: [{}, { id: 'More', name: 'More', roleArn: roleIn(5) }] })).toBe('UPDATE_COMPLETE');
    await stage.check();
    expect(stage.metrics).toMatchObject({ Connectors: 2, MissingConnectors: 0 });
  });

  test('a connector that was deleted by hand is made again with a new description, as the runbook says', async () => {
    stage = new MonitoringStage();
    await stage.deploy();
    stage.byHand(ROLE).delete();
    await stage.check();
    expect(stage.metrics).toMatchObject({ MissingConnectors: 1 });
    expect(await stage.deploy({ connectors: [{ description: 'Made again' }] })).toBe('UPDATE_COMPLETE');
    await stage.check();
    expect(stage.metrics).toMatchObject({ Connectors: 1, MissingConnectors: 0 });
  });

  test('so is one that was disabled by hand enabled', async () => {
    stage = new MonitoringStage();
    await stage.deploy();
    stage.byHand(ROLE).disable();
    expect(await stage.deploy({ connectors: [{ description: 'Enabled again' }] })).toBe('UPDATE_COMPLETE');
    await stage.check();
    expect(stage.metrics).toMatchObject({ MissingConnectors: 0 });
  });
});
