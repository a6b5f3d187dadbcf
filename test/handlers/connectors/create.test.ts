import { ROLE } from '../../support/stage/apps/connector';
import { BY_HAND, ConnectorStage } from '../../support/stage/connector-stage';

let stage: ConnectorStage;
beforeEach(() => { stage = new ConnectorStage(); });

const byHand = (changes: object = {}) => stage.service.console.createConnector({ ...BY_HAND, arn: ROLE, ...changes });
/** With the ID of the request that made it, or took it up. */
const marker = (origin = 'created') => `[cdk-qualys-connectors ${origin} ${stage.stack.stackId} Production ${stage.requests.sent[0]!.requestId}]`;

test('makes a connector with a search, a create and another search', async () => {
  expect(await stage.deploy({ description: 'The shop', activation: ['VM', 'SCA'], regions: ['eu-west-1', 'us-east-1'], pollingMinutes: 240 })).toBe('CREATE_COMPLETE');
  const [{ id, settings }] = stage.live as [typeof stage.live[number]];
  expect(stage.stack.resources.get('Production')!.physicalId).toBe(`qualys-connector:qualysapi.connectors.example:${ROLE}`);
  expect(stage.attributes).toEqual({ ConnectorId: String(id), QualysAwsAccountId: '805950163170', State: 'PENDING', Verification: 'NOT RUN: its verification is turned off' });
  expect(settings).toEqual({
    name: 'Production',
    description: `The shop ${marker()}`,
    arn: ROLE,
    externalId: 'external-1234567890',
    connectorAppInfos: [{ name: 'AI', identifier: ROLE }, { name: 'CI', identifier: ROLE }],
    activation: ['VM', 'SCA'],
    allRegions: false,
    endpoints: ['eu-west-1', 'us-east-1'],
    runFrequency: 240,
    disabled: false,
  });
  expect(JSON.stringify(stage.service.requests()[0]!.body)).toContain('"field":"awsAccountId","operator":"EQUALS","value":"001122334455"');
  expect(stage.takeRequests()).toEqual(['POST search/am/awsassetdataconnector', 'POST create/am/awsassetdataconnector', 'POST search/am/awsassetdataconnector']);
});

test('sends only the fields it owns', async () => {
  await stage.deploy();
  expect(Object.keys(stage.lastBody('create')).sort()).toEqual([
    'allRegions', 'arn', 'connectorAppInfos', 'description', 'disabled', 'externalId', 'name', 'runFrequency',
  ]);
  expect(stage.live[0]!.settings).toMatchObject({ description: marker(), allRegions: true });
});

test('GovCloud is told by its flag', async () => {
  await stage.deploy({ roleArn: ROLE.replace('aws', 'aws-us-gov') });
  expect(stage.attributes.QualysAwsAccountId).toBe('017500041238');
  expect(stage.live[0]!.settings.isGovCloudConfigured).toBe(true);
});

test('a disabled connector is made and not run', async () => {
  await stage.deploy({ enabled: false, verify: 'fail' });
  expect(stage.attributes).toMatchObject({ State: 'DISABLED', Verification: 'NOT RUN: it is disabled' });
  expect(stage.takeRequests()).toHaveLength(3);
});

test('the same request twice is one connector and the same answer', async () => {
  await stage.deploy();
  const [request] = stage.requests.sent;
  await stage.requests.again(request!);
  const [first, second] = stage.world.answers.all(request!.requestId);
  expect(second).toEqual(first);
  expect(stage.live).toHaveLength(1);
});

test('deleted connectors and those of other roles in the account are not taken for it', async () => {
  stage.service.console.deleteConnector(byHand());
  byHand({ arn: `${ROLE}2` });
  expect(await stage.deploy()).toBe('CREATE_COMPLETE');
  expect(stage.live.map(({ settings }) => settings.name)).toEqual(['By hand', 'Production']);
});

describe('an answer that is lost', () => {
  const path = /create\/am/;
  const creates = () => stage.service.requests().filter((request) => path.test(request.path)).length;

  test.each(['lose-answer', 'truncate'] as const)('is asked after (%s): the connector is there, and is not made twice', async (kind) => {
    stage.service.faults.next({ match: { path } }, { kind });
    expect(await stage.deploy()).toBe('CREATE_COMPLETE');
    expect(stage.attributes.ConnectorId).toBe(String(stage.live[0]!.id));
    expect([stage.live.length, creates()]).toEqual([1, 1]);
  });

  test('and was none, but the login page in place of the effect: it fails after a search, and is not tried again', async () => {
    stage.service.faults.next({ match: { path } }, { kind: 'login-page' });
    expect(await stage.deploy()).toBe('ROLLBACK_COMPLETE');
    expect(stage.failure).toContain('no JSON');
    expect([stage.live.length, creates()]).toEqual([0, 1]);
  });

  test.each([500, 502, 503])('and was none, but HTTP %i in place of the effect: a search shows that nothing was made, and it is made again', async (status) => {
    stage.service.faults.next({ match: { path } }, { kind: 'answer', status });
    expect(await stage.deploy()).toBe('CREATE_COMPLETE');
    expect([stage.live.length, creates()]).toEqual([1, 2]);
  });

  test('and is none time after time: it fails with the service\'s status, after three creates', async () => {
    stage.service.faults.next({ match: { path }, times: 9 }, { kind: 'answer', status: 503 });
    expect(await stage.deploy()).toBe('ROLLBACK_COMPLETE');
    expect(stage.failure).toContain('HTTP 503');
    expect([stage.live.length, creates()]).toEqual([0, 3]);
  });

  test('and nobody can tell whether it was made: it is not made again', async () => {
    stage.service.faults.next({ match: { path } }, { kind: 'answer', status: 503 });
    let isMade = false;
    stage.world.traffic.watch = () => {
      if (isMade || creates() === 0) return;
      isMade = true;
      stage.service.faults.next({ match: { path: /search\/am/ }, times: 10 }, { kind: 'answer', status: 503 });
    };
    expect(await stage.deploy()).toBe('ROLLBACK_COMPLETE');
    expect([stage.live.length, creates()]).toEqual([0, 1]);
  });
});

const answerSearches = (times: number, data: object[]) => stage.service.faults.next({ match: { path: /search\/am/ }, times }, {
  kind: 'answer', status: 200, body: JSON.stringify({ ServiceResponse: { responseCode: 'SUCCESS', count: data.length, data } }),
});

test.each([[2, 0], [5, 0], [7, 1]])('a search that lags behind, %i times, is asked again, and at last the connector itself', async (times, reads) => {
  answerSearches(times, []);
  expect(await stage.deploy()).toBe('CREATE_COMPLETE');
  expect(stage.takeRequests().filter((request) => request.startsWith('GET get/am/'))).toHaveLength(reads);
  expect(stage.live).toHaveLength(1);
});

test('a description that the service does not keep whole is refused, and nothing stays', async () => {
  // Its search shows the connector without the end of the description.
  answerSearches(1, []);
  answerSearches(5, [{ AwsAssetDataConnector: { id: 73001, arn: ROLE, name: 'Production', description: 'The sh' } }]);
  expect(await stage.deploy({ description: 'The shop' })).toBe('ROLLBACK_COMPLETE');
  expect(stage.failure).toContain('does not show the end of its description');
  expect(stage.live).toEqual([]);
});

test('remediation, the perimeter scan and tags are there from the beginning', async () => {
  const tag = stage.service.console.createTag('Cloud');
  expect(await stage.deploy({ activation: ['VM'], perimeterScan: true, remediation: true, tags: [7, 'Cloud'] })).toBe('CREATE_COMPLETE');
  expect(stage.live).toMatchObject([{
    settings: { isCPSEnabled: true, connectorScanSetting: { isCustomScanConfigEnabled: false }, isRemediationEnabled: true, defaultTags: [7, tag] },
  }]);
});

test('a tag that the service does not have: no connector is made', async () => {
  expect(await stage.deploy({ tags: ['Nowhere'] })).toBe('ROLLBACK_COMPLETE');
  expect(stage.failure).toContain("the service has no tag named 'Nowhere'");
  expect(stage.takeRequests().filter((request) => request.includes('create'))).toEqual([]);
});

describe('what exists already', () => {
  async function refused(adoptExisting = false): Promise<string> {
    const before = stage.live;
    expect(await stage.deploy({ adoptExisting })).toBe('ROLLBACK_COMPLETE');
    expect(stage.live).toEqual(before);
    return stage.failure!;
  }

  test('is named and left alone', async () => {
    const id = byHand();
    expect(await refused()).toContain(`connector 'By hand' (ID ${id}) on the role ${ROLE} exists already, and this stack did not make it. Set adoptExisting`);
  });

  test('is adopted where the code says so, with what it had before and is not ours', async () => {
    const id = byHand({ defaultTags: [7], activation: ['PC'], isRemediationEnabled: true });
    expect(await stage.deploy({ adoptExisting: true })).toBe('CREATE_COMPLETE');
    expect(stage.attributes.ConnectorId).toBe(String(id));
    expect(stage.live[0]!.settings).toMatchObject({
      name: 'Production',
      description: `Made by a person ${marker('adopted')}`,
      externalId: 'external-1234567890',
      defaultTags: [7],
      activation: ['PC'],
      isRemediationEnabled: true,
    });
    expect(Object.keys(stage.lastBody('update')).sort()).toEqual(['connectorAppInfos', 'description', 'externalId', 'name']);
    expect(stage.takeRequests()).toHaveLength(3);
  });

  test.each([false, true])('twice on one role is one sentence with both IDs (adoptExisting %s)', async (adoptExisting) => {
    const ids = [byHand(), byHand({ name: 'Twin' })];
    expect(await refused(adoptExisting))
      .toContain(`has 2 connectors: connector 'By hand' (ID ${ids[0]}), connector 'Twin' (ID ${ids[1]}). Nothing was changed: remove all but one`);
  });

  test.each([false, true])('as a member of an organization connector is left alone (adoptExisting %s)', async (adoptExisting) => {
    const id = byHand();
    stage.service.console.attachToOrganizationConnector(id);
    expect(await refused(adoptExisting)).toContain(`(ID ${id}) on the role ${ROLE} is a member of an organization connector`);
  });
});
