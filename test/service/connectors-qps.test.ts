import { envelope, failureOf, refusal, ServiceHarness, SUCCESS } from './harness';
import { differences } from '../../lambda/connectors/wanted';
import { ConnectorFields } from '../../lambda/service/connector-api';
import { json, Reply, reset, text } from '../support/loopback';

let service: ServiceHarness;
beforeAll(async () => { service = await ServiceHarness.start(); });
beforeEach(() => service.clear());
afterAll(async () => service.stop());

const ROLE = 'arn:aws:iam::001122334455:role/Qualys';
const CONNECTOR = {
  id: 73001,
  name: 'Production',
  description: 'd',
  arn: ROLE,
  externalId: 'external-1',
  allRegions: 'false',
  endpoints: { list: [{ AwsEndpointSimple: { regionCode: 'eu-west-1' } }, { AwsEndpointSimple: { regionCode: 'us-east-1' } }] },
  disabled: 'false',
  runFrequency: 240,
  isGovCloudConfigured: 'false',
  isChinaConfigured: 'false',
  isAttachedToOrgConnector: 'false',
  isDeleted: 'false',
  connectorState: 'FINISHED_ERRORS',
  lastError: 'AccessDenied',
  lastSync: '2026-01-15T12:00:00Z',
  qualysAwsAccountId: '012345678901',
  activation: { list: [{ ActivationModule: 'VM' }] },
  connectorAppInfos: { list: [{ ConnectorAppInfoQList: { list: [{ ConnectorAppInfo: { name: 'AI', identifier: ROLE } }] } }] },
};
const ENTRY = {
  id: '73001',
  accountType: 'GLOBAL',
  name: 'Production',
  description: 'd',
  roleArn: ROLE,
  externalId: 'external-1',
  modules: ['AI'],
  activation: ['VM'],
  regions: ['eu-west-1', 'us-east-1'],
  pollingMinutes: 240,
  enabled: true,
  state: 'FINISHED_ERRORS',
  lastError: 'AccessDenied',
  lastSync: '2026-01-15T12:00:00Z',
  qualysAwsAccountId: '012345678901',
  isOrganizationMember: false,
  tagIds: [],
} as const;
const found = (objects: object[], more: object = {}): Reply =>
  json(200, envelope('SUCCESS', { count: objects.length, data: objects.map((object) => ({ AwsAssetDataConnector: object })), ...more }));
const get = async (reply: Reply) => service.client([reply]).api.connectors.get('GLOBAL', '73001');

describe('a connector is understood', () => {
  test('as the documents show it', async () => {
    expect(await get(found([CONNECTOR]))).toEqual(ENTRY);
    expect(service.server.requests).toMatchObject([{ method: 'GET', path: '/qps/rest/3.0/get/am/awsassetdataconnector/73001', body: '' }]);
  });

  test.each<[string, Record<string, unknown>, object]>([
    ['booleans as such', { allRegions: true, disabled: true, isAttachedToOrgConnector: true, isGovCloudConfigured: true },
      { regions: 'ALL', enabled: false, isOrganizationMember: true, accountType: 'US_GOVCLOUD' }],
    ['an ID as text', { id: '73001', runFrequency: '1440' }, { id: '73001', pollingMinutes: 1440 }],
    ['one object in place of a list', { endpoints: { list: { AwsEndpointSimple: { regionCode: 'eu-west-1' } } } }, { regions: ['eu-west-1'] }],
    ['a list inside', { activation: { list: [{ ActivationModule: ['VM', 'PC'] }] }, endpoints: { list: [{ AwsEndpointSimple: [{ regionCode: 'x' }] }] } },
      { activation: ['VM', 'PC'], regions: ['x'] }],
    ['collections not shown', { activation: undefined, endpoints: null, connectorAppInfos: undefined }, { activation: [], regions: [], modules: [] }],
    ['all regions by default', { allRegions: undefined, endpoints: undefined }, { regions: 'ALL' }],
    ['regions without the flag', { allRegions: undefined }, { regions: ['eu-west-1', 'us-east-1'] }],
    ['an app of another role', { connectorAppInfos: { list: [{ ConnectorAppInfo: { name: 'AI', identifier: 'arn:other' } }] } }, { modules: ['AI of arn:other'] }],
    ['an app without identifier', { connectorAppInfos: { list: [{ ConnectorAppInfo: { name: 'AI' } }, { ConnectorAppInfo: 'x' }] } }, { modules: ['AI'] }],
    ['an account ID that lost its zero', { qualysAwsAccountId: 12345678901 }, { qualysAwsAccountId: undefined }],
    ['an account ID of zeros', { qualysAwsAccountId: '000000000000' }, { qualysAwsAccountId: '000000000000' }],
    ['China', { isChinaConfigured: 'true' }, { accountType: 'CHINA' }],
    ['nothing but an ID', Object.fromEntries(Object.keys(CONNECTOR).filter((key) => key !== 'id').map((key) => [key, null])),
      { id: '73001', accountType: 'GLOBAL', name: undefined, roleArn: undefined, state: undefined, enabled: undefined, isOrganizationMember: false }],
  ])('with %s', async (_, changes, expected) => {
    expect(await get(found([{ ...CONNECTOR, ...changes }]))).toMatchObject(expected);
  });

  test.each<[string, Reply]>([
    ['data as an object', json(200, envelope('SUCCESS', { data: { AwsAssetDataConnector: CONNECTOR } }))],
    ['another wrapper', json(200, envelope('SUCCESS', { data: [{ Connector: CONNECTOR }] }))],
    ['no wrapper', json(200, envelope('SUCCESS', { data: [CONNECTOR] }))],
  ])('in %s', async (_, reply) => {
    expect(await get(reply)).toEqual(ENTRY);
  });

  test.each<[string, Reply]>([
    ['it is deleted', found([{ ...CONNECTOR, isDeleted: 'true' }])],
    ['it is not found, with HTTP 200', refusal(200, 'OBJECT_NOT_FOUND')],
    ['it is not found, with HTTP 404', refusal(404, 'OBJECT_NOT_FOUND')],
    ['there is no data', SUCCESS],
  ])('as gone when %s', async (_, reply) => {
    expect(await get(reply)).toBeUndefined();
  });
});

/** Every field that the library owns, or this does not compile: as it is asked for, as it is sent, and as the service shows it. */
type Case<Value> = { readonly value: Value; readonly sent: Readonly<Record<string, unknown>>; readonly shown: Readonly<Record<string, unknown>> };
const OWNED: { readonly [Field in keyof ConnectorFields]: Case<ConnectorFields[Field]> } = {
  name: { value: 'Other', sent: { name: 'Other' }, shown: { name: 'Other' } },
  description: { value: 'other', sent: { description: 'other' }, shown: { description: 'other' } },
  externalId: { value: 'external-2', sent: { externalId: 'external-2' }, shown: { externalId: 'external-2' } },
  modules: {
    value: ['CI'],
    sent: { connectorAppInfos: { set: { ConnectorAppInfoQList: [{ set: { ConnectorAppInfo: { name: 'CI', identifier: ROLE } } }] } } },
    shown: { connectorAppInfos: { list: [{ ConnectorAppInfoQList: { list: [{ ConnectorAppInfo: { name: 'CI', identifier: ROLE } }] } }] } },
  },
  activation: { value: ['PC'], sent: { activation: { set: { ActivationModule: ['PC'] } } }, shown: { activation: { list: [{ ActivationModule: 'PC' }] } } },
  regions: {
    value: ['ap-south-1'],
    sent: { allRegions: false, endpoints: { set: { AwsEndpointSimple: [{ regionCode: 'ap-south-1' }] } } },
    shown: { allRegions: 'false', endpoints: { list: [{ AwsEndpointSimple: { regionCode: 'ap-south-1' } }] } },
  },
  pollingMinutes: { value: 360, sent: { runFrequency: 360 }, shown: { runFrequency: 360 } },
  enabled: { value: false, sent: { disabled: true }, shown: { disabled: 'true' } },
  tagIds: { value: ['71'], sent: { defaultTags: { set: { TagSimple: [{ id: 71 }] } } }, shown: { defaultTags: { list: [{ TagSimple: { id: 71 } }] } } },
  remediation: { value: true, sent: { isRemediationEnabled: true }, shown: { isRemediationEnabled: 'true' } },
  perimeterScan: {
    value: true, sent: { isCPSEnabled: true, connectorScanSetting: { isCustomScanConfigEnabled: false } }, shown: { isCPSEnabled: 'true' },
  },
};

describe.each(Object.entries(OWNED) as Array<[keyof ConnectorFields, Case<unknown>]>)('the field %s', (field, { value, sent, shown }) => {
  test('is sent, and nothing beside it', async () => {
    await service.client([SUCCESS]).api.connectors.update(ENTRY, { [field]: value });
    expect(JSON.parse(service.server.requests[0]!.body).ServiceRequest.data.AwsAssetDataConnector).toEqual(sent);
  });

  test('is read back as it was asked for, so that it is not sent again', async () => {
    const read = (await get(found([{ ...CONNECTOR, ...shown }])))!;
    expect(read[field]).toEqual(value);
    expect(differences(read, { [field]: value })).toEqual({});
    expect(differences(ENTRY, { [field]: value })).toEqual({ [field]: value });
  });
});

describe('what is no answer', () => {
  test.each<[string, Reply, object]>([
    ['a login page', text(200, '<html>CANARY</html>'), { reason: 'not-json' }],
    ['an empty body', text(200, ''), { reason: 'not-json' }],
    ['no envelope', json(200, {}), { reason: 'not-understood' }],
    ['no ID', found([{ ...CONNECTOR, id: undefined }]), { reason: 'not-understood', detail: 'field \'id\'' }],
    ['a flag that is none', found([{ ...CONNECTOR, isDeleted: 'CANARY' }]), { reason: 'not-understood', detail: 'field \'isDeleted\'' }],
    ['404 without a code, which is no missing object', text(404, ''), { status: 404 }],
    ['an error with HTTP 200', refusal(200, 'INVALID_REQUEST', 'wrong field'), { code: 'INVALID_REQUEST' }],
    ['401', text(401, ''), { status: 401 }],
  ])('%s', async (_, reply, expected) => {
    expect(await failureOf(get(reply))).toMatchObject({ ...expected, operation: 'get connector' });
  });

  test('a create whose answer has no ID may have made one', async () => {
    const create = service.client([SUCCESS]).api.connectors.create({ accountType: 'GLOBAL', roleArn: ROLE });
    expect(await failureOf(create)).toMatchObject({ reason: 'not-json' });
  });
});

describe('a search', () => {
  const page = (ids: number[], more: object = {}) => found(ids.map((id) => ({ ...CONNECTOR, id, name: `C${id}` })), more);

  test('is by the account in the role\'s ARN, as text; the role is matched here', async () => {
    const others = [{ ...CONNECTOR, id: 2, arn: `${ROLE}2` }, { ...CONNECTOR, id: 3, isDeleted: true }, { ...CONNECTOR, id: 4, arn: null }];
    expect(await service.client([found([CONNECTOR, ...others])]).api.connectors.find('GLOBAL', ROLE)).toEqual([ENTRY]);
    expect(JSON.parse(service.server.requests[0]!.body)).toEqual({
      ServiceRequest: { filters: { Criteria: [{ field: 'awsAccountId', operator: 'EQUALS', value: '001122334455' }] }, preferences: { limitResults: 100 } },
    });
  });

  test.each([['begins after the last ID', [7, 9]], ['begins with the last ID', [5, 7, 9]]])('goes on until there are no more, where a page %s', async (_, second) => {
    const { api } = service.client([page([1, 5], { hasMoreRecords: 'true', lastId: 5 }), page(second, { hasMoreRecords: true, lastId: '9' }), page([11], { hasMoreRecords: 'false' })]);
    expect(await api.connectors.ofType('GLOBAL')).toEqual({ count: 5, names: ['C1', 'C5', 'C7', 'C9', 'C11'] });
    expect(service.server.requests.map(({ body }) => JSON.parse(body).ServiceRequest.preferences)).toEqual([
      { limitResults: 1000 }, { limitResults: 1000, startFromId: 5 }, { limitResults: 1000, startFromId: 9 },
    ]);
  });

  const sizes = () => service.server.requests.map(({ body }) => JSON.parse(body).ServiceRequest.preferences.limitResults);

  test('asks for half of a page that is too large, and stays with what was not', async () => {
    const large = text(200, 'x'.repeat(8 * 1024 * 1024 + 1));
    const { api } = service.client([large, large, page([1], { hasMoreRecords: 'true', lastId: 1 }), page([2])]);
    expect(await api.connectors.ofType('GLOBAL')).toEqual({ count: 2, names: ['C1', 'C2'] });
    expect(sizes()).toEqual([1000, 500, 250, 250]);
  });

  test('takes a page of more than 1 MB', async () => {
    const { api } = service.client([page([1], { padding: 'x'.repeat(1024 * 1024) })]);
    expect(await api.connectors.page(undefined, 1000)).toMatchObject({ entries: [{ id: '1' }], size: 1000 });
  });

  test('gives up where the smallest page is too large: then it is no page', async () => {
    const { api } = service.client([text(200, 'x'.repeat(1024 * 1024 + 1)), text(200, 'x'.repeat(1024 * 1024 + 1))]);
    expect(await failureOf(api.connectors.page('7', 40))).toMatchObject({ reason: 'too-large' });
    expect(sizes()).toEqual([40, 25]);
  });

  test('is one page where one is asked for, with where to read on', async () => {
    const { api } = service.client([page([5, 7], { hasMoreRecords: true, lastId: 7 }), page([7], { hasMoreRecords: false })]);
    expect(await api.connectors.page(undefined, 2)).toMatchObject({ entries: [{ id: '5' }, { id: '7' }], next: '7', size: 2 });
    expect(await api.connectors.page('7', 2)).toMatchObject({ entries: [{ id: '7' }], next: undefined });
  });

  test.each<[string, Reply[]]>([
    ['does not move', [page([5], { hasMoreRecords: 'true', lastId: 5 }), page([5], { hasMoreRecords: 'true', lastId: 5 })]],
    ['is missing', [page([5], { hasMoreRecords: 'true' })]],
    ['is no number', [page([5], { hasMoreRecords: 'true', lastId: 'x' })]],
  ])('does not go round for ever if the last ID %s', async (_, replies) => {
    expect(await failureOf(service.client(replies).api.connectors.ofType('GLOBAL'))).toMatchObject({ reason: 'not-understood', detail: 'field \'lastId\'' });
  });

  test('counts an account type\'s live connectors, and names five of them', async () => {
    const connectors = [
      ...[1, 2, 3, 4, 5, 6].map((id) => ({ ...CONNECTOR, id, name: id === 2 ? undefined : `C${id}` })),
      { ...CONNECTOR, id: 7, isDeleted: 'true' },
      { ...CONNECTOR, id: 8, isGovCloudConfigured: 'true', name: 'Gov' },
      { ...CONNECTOR, id: 9, isChinaConfigured: 'true' },
    ];
    expect(await service.client([found(connectors)]).api.connectors.ofType('GLOBAL')).toEqual({ count: 6, names: ['C1', '2', 'C3', 'C4', 'C5'] });
    expect(await service.client([found(connectors)]).api.connectors.ofType('US_GOVCLOUD')).toEqual({ count: 1, names: ['Gov'] });
    expect(await service.client([SUCCESS]).api.connectors.ofType('GLOBAL')).toEqual({ count: 0, names: [] });
  });

  test('for the serving account ends with the first connector that shows it', async () => {
    const { api } = service.client([found([{ ...CONNECTOR, qualysAwsAccountId: null }, { ...CONNECTOR, id: 2 }], { hasMoreRecords: 'true', lastId: 2 })]);
    expect(await api.connectors.servingAccount('GLOBAL')).toBe('012345678901');
    expect(await service.client([SUCCESS]).api.connectors.servingAccount('GLOBAL')).toBeUndefined();
  });
});

describe('a write', () => {
  const sent = () => JSON.parse(service.server.requests[0]!.body).ServiceRequest.data.AwsAssetDataConnector;

  test('of a new connector has the documented form', async () => {
    const { api } = service.client([found([{ id: 9 }])]);
    const id = await api.connectors.create({
      accountType: 'US_GOVCLOUD', roleArn: ROLE, name: 'n & <é>', description: '', externalId: 'ee', modules: ['AI', 'CSA'], activation: ['VM'], regions: ['us-east-1'], pollingMinutes: 60, enabled: true,
    });
    expect(id).toBe('9');
    expect(service.server.requests[0]).toMatchObject({ method: 'POST', path: '/qps/rest/3.0/create/am/awsassetdataconnector' });
    const app = (name: string) => ({ set: { ConnectorAppInfo: { name, identifier: ROLE } } });
    expect(sent()).toEqual({
      name: 'n & <é>',
      description: '',
      arn: ROLE,
      externalId: 'ee',
      isGovCloudConfigured: true,
      connectorAppInfos: { set: { ConnectorAppInfoQList: [app('AI'), app('CSA')] } },
      activation: { set: { ActivationModule: ['VM'] } },
      allRegions: false,
      endpoints: { add: { AwsEndpointSimple: [{ regionCode: 'us-east-1' }] } },
      runFrequency: 60,
      disabled: false,
    });
  });

  test('of a change has what changes and nothing else', async () => {
    await service.client([SUCCESS]).api.connectors.update(ENTRY, { regions: ['us-east-1'], modules: [] });
    expect(service.server.requests[0]!.path).toBe('/qps/rest/3.0/update/am/awsassetdataconnector/73001');
    expect(sent()).toEqual({
      allRegions: false, endpoints: { set: { AwsEndpointSimple: [{ regionCode: 'us-east-1' }] } }, connectorAppInfos: { set: { ConnectorAppInfoQList: [] } },
    });
  });

  test.each([['reset', reset], ['500', text(500, '')]] as const)('a create is not sent again after %s, a delete is', async (_, reply) => {
    await failureOf(service.client([reply]).api.connectors.create({ accountType: 'GLOBAL', roleArn: ROLE }));
    expect(service.server.requests).toHaveLength(1);
    service.clear();
    await service.client([reply, refusal(404, 'OBJECT_NOT_FOUND')]).api.connectors.remove(ENTRY);
    expect(service.server.requests.map(({ method, path, body }) => `${method} ${path} ${body}`)).toEqual(Array(2).fill('POST /qps/rest/3.0/delete/am/awsassetdataconnector/73001 '));
  });

  test('a run has no body, and a connector that is gone is an error there', async () => {
    await service.client([SUCCESS]).api.connectors.run(ENTRY);
    expect(service.server.requests[0]).toMatchObject({ method: 'POST', path: '/qps/rest/3.0/run/am/awsassetdataconnector/73001', body: '' });
    expect(await failureOf(service.client([refusal(200, 'OBJECT_NOT_FOUND')]).api.connectors.run(ENTRY))).toMatchObject({ code: 'OBJECT_NOT_FOUND' });
  });
});
