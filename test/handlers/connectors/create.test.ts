import { BY_HAND, ConnectorsWorld, ROLE } from './world';

let world: ConnectorsWorld;
beforeEach(async () => { world = await ConnectorsWorld.start(); });
afterEach(() => world.stop());

const STACK = 'arn:aws:cloudformation:us-east-1:111111111111:stack/CentralSecurity/0f0e0d0c-1111-2222-3333-444455556666';
const MARKER = `[cdk-qualys-connectors created ${STACK} Production1A2B3C4D]`;

test('makes a connector with a search, a create and another search', async () => {
  const { answer } = await world.resource().create(world.properties({ Description: 'The shop', Activation: ['VM', 'SCA'], Regions: ['eu-west-1', 'us-gov-west-1'] }));
  const [{ id, settings }] = world.live;
  expect(answer).toMatchObject({
    Status: 'SUCCESS',
    PhysicalResourceId: `qualys-connector:${new URL(world.service.apiServer).host}:${ROLE}`,
    Data: { ConnectorId: String(id), QualysAwsAccountId: '805950163170', State: 'PENDING', Verification: 'NOT RUN: its verification is turned off' },
  });
  expect(settings).toEqual({
    name: 'Production',
    description: `The shop ${MARKER}`,
    arn: ROLE,
    externalId: 'external-1234567890',
    connectorAppInfos: [{ name: 'AI', identifier: ROLE }, { name: 'CI', identifier: ROLE }],
    activation: ['VM', 'SCA'],
    allRegions: false,
    endpoints: ['eu-west-1', 'us-gov-west-1'],
    runFrequency: 240,
    disabled: false,
  });
  expect(JSON.stringify(world.service.requests()[0]!.body)).toContain('"field":"awsAccountId","operator":"EQUALS","value":"001122334455"');
  expect(world.takeRequests()).toEqual(['POST search/am/awsassetdataconnector', 'POST create/am/awsassetdataconnector', 'POST search/am/awsassetdataconnector']);
});

test('sends only the fields it owns', async () => {
  await world.resource().create(world.properties());
  expect(Object.keys(world.lastBody('create')).sort()).toEqual([
    'allRegions', 'arn', 'connectorAppInfos', 'description', 'disabled', 'externalId', 'name', 'runFrequency',
  ]);
  expect(world.live[0]!.settings).toMatchObject({ description: MARKER, allRegions: true });
});

test('GovCloud is told by its flag', async () => {
  const { answer } = await world.resource().create(world.properties({ AccountType: 'US_GOVCLOUD', RoleArn: ROLE.replace('aws', 'aws-us-gov') }));
  expect(answer.Data!.QualysAwsAccountId).toBe('017500041238');
  expect(world.live[0]!.settings.isGovCloudConfigured).toBe(true);
});

test('a disabled connector is made and not run', async () => {
  const { answer } = await world.resource().create(world.properties({ Enabled: 'false', Verification: 'FAIL' }));
  expect(answer.Data).toMatchObject({ State: 'DISABLED', Verification: 'NOT RUN: it is disabled' });
  expect(world.takeRequests()).toHaveLength(3);
});

test('the same request twice is one connector and the same answer', async () => {
  const resource = world.resource();
  const { answer } = await resource.create(world.properties());
  const again = await resource.send('Create', world.properties());
  expect(again.Data).toEqual(answer.Data);
  expect(world.live).toHaveLength(1);
});

test('deleted connectors and those of other roles in the account are not taken for it', async () => {
  world.service.console.deleteConnector(world.service.console.createConnector(BY_HAND));
  world.service.console.createConnector({ ...BY_HAND, arn: `${ROLE}2` });
  expect((await world.resource().create(world.properties())).answer.Status).toBe('SUCCESS');
  expect(world.live.map(({ settings }) => settings.name)).toEqual(['By hand', 'Production']);
});

describe('an answer that is lost', () => {
  const lose = () => world.service.faults.next({ match: { path: /create\/am/ } }, { kind: 'lose-answer' });
  const creates = () => world.service.requests().filter(({ path }) => path.includes('/create/')).length;

  test('is asked after: the connector is there, and is not made twice', async () => {
    lose();
    const { answer } = await world.resource().create(world.properties());
    expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { ConnectorId: String(world.live[0]!.id) } });
    expect([world.live.length, creates()]).toEqual([1, 1]);
  });

  test.each([['a truncated answer', { kind: 'truncate' } as const], ['an answer without an ID', { kind: 'login-page' } as const]])('%s', async (_, fault) => {
    world.service.faults.next({ match: { path: /create\/am/ } }, fault);
    const { answer } = await world.resource().create(world.properties());
    // The login page comes in place of the effect: then there is nothing, and it is not tried again.
    expect([answer.Status, creates()]).toEqual([fault.kind === 'truncate' ? 'SUCCESS' : 'FAILED', 1]);
    expect(world.live).toHaveLength(fault.kind === 'truncate' ? 1 : 0);
  });

  test.each([500, 502, 503])('HTTP %i without an effect fails, after a search', async (status) => {
    world.service.faults.next({ match: { path: /create\/am/ } }, { kind: 'answer', status });
    const { answer, cleanUp } = await world.resource().create(world.properties());
    expect(answer.Reason).toContain(`HTTP ${status}`);
    expect(cleanUp!.Status).toBe('SUCCESS');
    expect([world.live.length, creates()]).toEqual([0, 1]);
  });
});

const answerSearches = (times: number, data: object[]) => world.service.faults.next({ match: { path: /search\/am/ }, times }, {
  kind: 'answer', status: 200, body: JSON.stringify({ ServiceResponse: { responseCode: 'SUCCESS', count: data.length, data } }),
});

test.each([[2, 0], [5, 0], [7, 1]])('a search that lags behind, %i times, is asked again, and at last the connector itself', async (times, reads) => {
  answerSearches(times, []);
  expect((await world.resource().create(world.properties())).answer.Status).toBe('SUCCESS');
  expect(world.takeRequests().filter((request) => request.startsWith('GET get/am/'))).toHaveLength(reads);
  expect(world.live).toHaveLength(1);
});

test('a description that the service does not keep whole is refused, and nothing stays', async () => {
  // Its search shows the connector without the end of the description.
  answerSearches(1, []);
  answerSearches(5, [{ AwsAssetDataConnector: { id: 73001, arn: ROLE, name: 'Production', description: 'The sh' } }]);
  const { answer } = await world.resource().create(world.properties({ Description: 'The shop' }));
  expect(answer.Reason).toContain('does not show the end of its description');
  expect(world.live).toEqual([]);
});

describe('what exists already', () => {
  const refused = async (changes: Parameters<ConnectorsWorld['properties']>[0] = {}) => {
    const before = world.live;
    const { answer, cleanUp } = await world.resource().create(world.properties(changes));
    expect([answer.Status, cleanUp]).toMatchObject(['FAILED', { Status: 'SUCCESS' }]);
    expect(world.live).toEqual(before);
    return answer.Reason!;
  };

  test('is named and left alone', async () => {
    const id = world.service.console.createConnector(BY_HAND);
    const reason = await refused();
    expect(reason).toContain(`connector 'By hand' (ID ${id}) on the role ${ROLE} exists already, and this stack did not make it. Set adoptExisting`);
  });

  test('is adopted where the code says so, with what it had before and is not ours', async () => {
    const id = world.service.console.createConnector({ ...BY_HAND, defaultTags: [7], activation: ['PC'], isRemediationEnabled: true });
    const { answer } = await world.resource().create(world.properties({ AdoptExisting: 'true' }));
    expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { ConnectorId: String(id) } });
    expect(world.live[0]!.settings).toMatchObject({
      name: 'Production',
      description: `Made by a person ${MARKER.replace('created', 'adopted')}`,
      externalId: 'external-1234567890',
      defaultTags: [7],
      activation: ['PC'],
      isRemediationEnabled: true,
    });
    expect(Object.keys(world.lastBody('update')).sort()).toEqual(['connectorAppInfos', 'description', 'externalId', 'name']);
    expect(world.takeRequests()).toHaveLength(3);
  });

  test.each(['false', 'true'] as const)('twice on one role is one sentence with both IDs (adoptExisting %s)', async (AdoptExisting) => {
    const ids = [BY_HAND, { ...BY_HAND, name: 'Twin' }].map((settings) => world.service.console.createConnector(settings));
    const reason = await refused({ AdoptExisting });
    expect(reason).toContain(`has 2 connectors: connector 'By hand' (ID ${ids[0]}), connector 'Twin' (ID ${ids[1]}). Nothing was changed: remove all but one`);
  });

  test.each(['false', 'true'] as const)('as a member of an organization connector is left alone (adoptExisting %s)', async (AdoptExisting) => {
    const id = world.service.console.createConnector(BY_HAND);
    world.service.console.attachToOrganizationConnector(id);
    expect(await refused({ AdoptExisting })).toContain(`(ID ${id}) on the role ${ROLE} is a member of an organization connector`);
  });
});
