import { Scenario } from '../../support/connector-service/scenario';

const ARN = 'arn:aws:iam::001122334455:role/QualysConnector';
const FULL = {
  name: 'Production',
  description: 'made by a test',
  activation: { set: { ActivationModule: ['VM', 'PC'] } },
  disabled: false,
  arn: ARN,
  externalId: 'test-external-id',
  allRegions: 'true',
  runFrequency: '240',
  isRemediationEnabled: false,
  defaultTags: { set: { TagSimple: [{ id: 7 }] } },
  connectorAppInfos: { set: { ConnectorAppInfoQList: [{ set: { ConnectorAppInfo: { name: 'AI', identifier: ARN } } }] } },
};

let scenario: Scenario;
beforeEach(async () => {
  scenario = await Scenario.start();
});
afterEach(async () => scenario.stop());

const call = async (verb: string, id: number | '', request?: object) => (await scenario.qps(verb, `awsassetdataconnector${id && `/${id}`}`, request)).json.ServiceResponse;
const create = async (fields: object) => (await call('create', '', { data: { AwsAssetDataConnector: fields } })).data[0].AwsAssetDataConnector;
const get = async (id: number) => (await call('get', id)).data[0].AwsAssetDataConnector;

test('a connector reads back with lists, string booleans and what the service adds', async () => {
  const created = await create(FULL);
  expect(await get(created.id)).toEqual({
    id: expect.any(Number),
    cloudviewUuid: expect.stringMatching(/^[\da-f-]{36}$/),
    name: 'Production',
    description: 'made by a test',
    type: 'AWS',
    arn: ARN,
    externalId: 'test-external-id',
    awsAccountId: '001122334455',
    qualysAwsAccountId: '805950163170',
    connectorState: 'PENDING',
    allRegions: 'true',
    disabled: 'false',
    runFrequency: 240,
    isRemediationEnabled: 'false',
    isGovCloudConfigured: 'false',
    isChinaConfigured: 'false',
    isInstantAssessmentEnabled: 'false',
    isAttachedToOrgConnector: 'false',
    isDeleted: 'false',
    activation: { list: [{ ActivationModule: 'VM' }, { ActivationModule: 'PC' }] },
    defaultTags: { list: [{ TagSimple: { id: 7 } }] },
    connectorAppInfos: { list: [{ ConnectorAppInfoQList: { list: [{ ConnectorAppInfo: { name: 'AI', identifier: ARN } }] } }] },
  });
});

test('update answers the ID alone, replaces with set, appends with add, and leaves the rest', async () => {
  const { id } = await create(FULL);
  const reply = await call('update', id, {
    data: {
      AwsAssetDataConnector: {
        name: 'New',
        activation: { set: { ActivationModule: ['SCA'] } },
        defaultTags: { add: { TagSimple: [{ id: 8 }] } },
        allRegions: false,
        endpoints: { add: { AwsEndpointSimple: [{ regionCode: 'eu-west-1' }] } },
      },
    },
  });
  expect(reply.data).toEqual([{ AwsAssetDataConnector: { id } }]);
  expect(await get(id)).toMatchObject({
    name: 'New',
    arn: ARN,
    allRegions: 'false',
    activation: { list: [{ ActivationModule: 'SCA' }] },
    defaultTags: { list: [{ TagSimple: { id: 7 } }, { TagSimple: { id: 8 } }] },
    endpoints: { list: [{ AwsEndpointSimple: { regionCode: 'eu-west-1' } }] },
  });
});

test('GovCloud is a flag; the account that signs follows it, and the base account', async () => {
  const { id, qualysAwsAccountId } = await create({ arn: 'arn:aws-us-gov:iam::111111111111:role/R', isGovCloudConfigured: true });
  expect(qualysAwsAccountId).toBe('017500041238');
  scenario.service.console.createBaseAccount({
    title: 'Gov', awsAccountId: '222222222222', accountType: 'Gov', accessKeyId: 'AKIAEXAMPLE000000001', secretAccessKey: 'x',
  });
  expect(await get(id)).toMatchObject({ qualysAwsAccountId: '222222222222', isGovCloudConfigured: 'true' });
});

test.each([
  ['an unknown field', { roleArn: ARN }],
  ['a read-only field', { awsAccountId: '001122334455' }],
  ['the read-only China flag', { isChinaConfigured: true }],
  ['a list in a write', { activation: { list: [{ ActivationModule: 'VM' }] } }],
  ['an unknown module', { activation: { set: { ActivationModule: ['XX'] } } }],
  ['a user as ARN', { arn: 'arn:aws:iam::001122334455:user/U' }],
  ['a short external ID', { externalId: '1' }],
  ['polling under an hour', { runFrequency: 59 }],
])('%s is refused', async (_, fields) => {
  const reply = await scenario.qps('create', 'awsassetdataconnector', { data: { AwsAssetDataConnector: fields } });
  expect([reply.status, reply.json.ServiceResponse.responseCode]).toEqual([400, 'INVALID_REQUEST']);
  expect(scenario.service.connectors()).toEqual([]);
});

test('search filters, and pages by ID until there are no more', async () => {
  for (let index = 0; index < 5; index += 1) await create({ name: `C${index}`, arn: `arn:aws:iam::${index % 2 ? '1'.repeat(12) : '2'.repeat(12)}:role/R` });
  const criteria = (field: string, operator: string, value: string) => ({ filters: { Criteria: [{ field, operator, value }] } });
  const names = (response: any) => response.data.map((entry: any) => entry.AwsAssetDataConnector.name);
  expect(names(await call('search', '', criteria('awsAccountId', 'EQUALS', '111111111111')))).toEqual(['C1', 'C3']);
  expect(names(await call('search', '', criteria('name', 'CONTAINS', '4')))).toEqual(['C4']);
  expect(names(await call('search', '', criteria('name', 'EQUALS', 'none')))).toEqual([]);
  expect((await call('search', '', criteria('arn', 'EQUALS', ARN))).responseCode).toBe('INVALID_REQUEST');
  expect((await call('search', '', criteria('constructor', 'EQUALS', ARN))).responseCode).toBe('INVALID_REQUEST');

  const first = await call('search', '', { preferences: { limitResults: 2 } });
  expect([names(first), first.count, first.hasMoreRecords]).toEqual([['C0', 'C1'], 2, 'true']);
  const second = await call('search', '', { preferences: { limitResults: 2, startFromId: first.lastId + 1 } });
  expect([names(second), second.hasMoreRecords]).toEqual([['C2', 'C3'], 'true']);
  const third = await call('search', '', { preferences: { limitResults: 2, startFromId: second.lastId + 1 } });
  expect([names(third), third.hasMoreRecords, third.lastId]).toEqual([['C4'], 'false', undefined]);
  expect(names(await call('search', '', criteria('id', 'GREATER', second.lastId)))).toEqual(['C4']);
  expect((await call('search', '', { preferences: { limitResults: 1001 } })).responseCode).toBe('INVALID_REQUEST');
});

test('a deleted connector still reads, marked, and takes nothing any more', async () => {
  const { id } = await create(FULL);
  expect((await call('delete', id)).responseCode).toBe('SUCCESS');
  expect((await get(id)).isDeleted).toBe('true');
  expect((await call('delete', id)).responseCode).toBe('OBJECT_NOT_FOUND');
  expect((await call('update', id, { data: { AwsAssetDataConnector: { name: 'x' } } })).responseCode).toBe('OBJECT_NOT_FOUND');
  expect((await call('run', id)).responseCode).toBe('OBJECT_NOT_FOUND');
  expect((await call('get', id + 1)).responseCode).toBe('OBJECT_NOT_FOUND');
});

test('creating twice makes two', async () => {
  await create(FULL);
  await create(FULL);
  expect(scenario.service.connectors().map(({ settings }) => settings.arn)).toEqual([ARN, ARN]);
});

test('update and run without an ID need a filter that cannot mean everything', async () => {
  await create(FULL);
  const filter = (operator: string) => ({ filters: { Criteria: [{ field: 'name', operator, value: 'Production' }] } });
  expect((await call('run', '', {})).responseCode).toBe('INVALID_REQUEST');
  expect((await call('run', '', filter('NOT EQUALS'))).responseCode).toBe('INVALID_REQUEST');
  expect((await call('update', '', { ...filter('EQUALS'), data: { AwsAssetDataConnector: { name: 'New' } } })).responseCode).toBe('SUCCESS');
  expect(scenario.service.connectors().map(({ settings }) => settings.name)).toEqual(['New']);
});

test('a member of an organization connector says so', async () => {
  const { id } = await create(FULL);
  scenario.service.console.attachToOrganizationConnector(id);
  expect((await get(id)).isAttachedToOrgConnector).toBe('true');
});

test('PC and SCA exclude each other, and a perimeter scan needs VM', async () => {
  const refused = { responseCode: 'INVALID_REQUEST' };
  expect(await call('create', '', { data: { AwsAssetDataConnector: { ...FULL, activation: { set: { ActivationModule: ['PC', 'SCA'] } } } } })).toMatchObject(refused);
  const { id } = await create({ ...FULL, activation: { set: { ActivationModule: ['PC'] } } });
  const update = async (fields: object) => call('update', id, { data: { AwsAssetDataConnector: fields } });
  expect(await update({ isCPSEnabled: true })).toMatchObject(refused);
  expect(await update({ activation: { add: { ActivationModule: ['SCA'] } } })).toMatchObject(refused);
  expect(await update({ isCPSEnabled: true, activation: { set: { ActivationModule: ['VM'] } } })).toMatchObject({ responseCode: 'SUCCESS' });
});

test('tags are found by their whole name, at the older API alone', async () => {
  const ids = [scenario.service.console.createTag('Cloud'), scenario.service.console.createTag('Cloud')];
  const search = async (version: string, field = 'name') => {
    const body = { ServiceRequest: { filters: { Criteria: [{ field, operator: 'EQUALS', value: 'Cloud' }] } } };
    return (await scenario.caller.call(`${scenario.service.apiServer}/qps/rest/${version}/search/am/tag`, { method: 'POST', body })).json.ServiceResponse;
  };
  expect((await search('2.0')).data).toEqual(ids.map((id) => ({ Tag: { id, name: 'Cloud' } })));
  expect((await search('3.0')).responseCode).toBe('INVALID_API_VERSION');
  expect((await search('2.0', 'color')).responseCode).toBe('INVALID_REQUEST');
});
