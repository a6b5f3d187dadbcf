import { BASIC, failureOf, ServiceHarness } from './harness';
import { json, Reply, reset, text } from '../support/loopback';

let service: ServiceHarness;
beforeAll(async () => { service = await ServiceHarness.start(); });
beforeEach(() => service.clear());
afterAll(async () => service.stop());

const ROOT = '/cloudview-api/rest/v1/aws/connectors';
const UUID = '0b1de7a2-4f61-4f0c-9d0e-6f1f0d3b2c02';
const CONNECTOR = {
  connectorId: UUID,
  name: 'China',
  description: null,
  provider: 'AWS',
  arn: 'arn:aws-cn:iam::012345678901:role/R',
  externalId: 'external-1',
  baseAccountId: '000000000042',
  state: 'Completed with errors',
  error: 'AccessDenied',
  isGovCloud: false,
  isChinaRegion: true,
  isPortalConnector: true,
  isDisabled: 'false',
  remediationEnabled: false,
  pollingFrequency: { hours: 4, minutes: 30 },
  lastSyncedOn: 'Fri Jan 30 06:29:04 GMT 2026',
};
const ENTRY = {
  id: UUID,
  accountType: 'CHINA',
  name: 'China',
  description: undefined,
  roleArn: CONNECTOR.arn,
  externalId: 'external-1',
  pollingMinutes: 270,
  enabled: true,
  state: 'Completed with errors',
  lastError: 'AccessDenied',
  lastSync: 'Fri Jan 30 06:29:04 GMT 2026',
  qualysAwsAccountId: '000000000042',
  isOrganizationMember: false,
  remediation: false,
  otherFields: { isPortalConnector: true },
} as const;

/** The platform URL alone, which takes a user name and password. */
const client = (...replies: Reply[]) => service.client(replies, { PlatformUrl: service.server.url }).api.connectors;
const page = (connectors: object[], more: object = {}) => json(200, { content: connectors, last: true, totalElements: connectors.length, ...more });
const numbered = (...numbers: number[]) => numbers.map((number) => ({ ...CONNECTOR, connectorId: `id-${number}`, name: `C${number}` }));
const asked = () => service.server.requests.map(({ method, path, body }) => [method, path.slice(ROOT.length), ...(body === '' ? [] : [JSON.parse(body)])]);

test('a connector is read, with the error of its last run, which is no failure of the read', async () => {
  expect(await client(json(200, CONNECTOR)).get('CHINA', UUID)).toEqual(ENTRY);
  expect(service.server.requests[0]).toMatchObject({ method: 'GET', path: `${ROOT}/${UUID}`, headers: { authorization: BASIC, accept: 'application/json' } });
});

test.each<[string, object, object]>([
  ['booleans as text', { isChinaRegion: 'true', isDisabled: 'true', isPortalConnector: 'false' }, { accountType: 'CHINA', enabled: false, otherFields: { isPortalConnector: false } }],
  ['numbers as text', { pollingFrequency: { hours: '1', minutes: null } }, { pollingMinutes: 60 }],
  ['no polling', { pollingFrequency: null }, { pollingMinutes: undefined }],
  ['an account ID as a number', { baseAccountId: 42 }, { qualysAwsAccountId: undefined }],
  ['hardly anything', { name: undefined, state: undefined, isDisabled: undefined, isPortalConnector: undefined, remediationEnabled: null }, { id: UUID, otherFields: {} }],
])('with %s', async (_, changes, expected) => {
  expect(await client(json(200, { ...CONNECTOR, ...changes })).get('CHINA', UUID)).toMatchObject(expected);
});

test.each([['a code', json(404, { errorCode: 'OBJECT_NOT_FOUND' })], ['the status alone', text(404, '')]])('404 with %s is a connector that is gone', async (_, reply) => {
  expect(await client(reply).get('CHINA', UUID)).toBeUndefined();
  await client(reply).remove(ENTRY);
});

test.each<[string, Reply, object]>([
  ['an error with HTTP 200', json(200, { errorCode: 'FORBIDDEN', message: 'no', timestamp: 1 }), { status: 200, code: 'FORBIDDEN' }],
  ['Spring\'s own error', json(500, { status: 500, error: 'Internal Server Error', path: '/x' }), { status: 500 }],
  ['HTML', text(200, '<html>CANARY'), { reason: 'not-json' }],
  ['no connector', json(200, { content: [] }), { reason: 'not-understood', detail: 'field \'connectorId\'' }],
])('%s is no answer to a create', async (_, reply, expected) => {
  expect(await failureOf(client(reply).create({ accountType: 'CHINA', roleArn: CONNECTOR.arn }))).toMatchObject(expected);
  expect(service.server.requests).toHaveLength(1);
});

describe('the list', () => {
  test('is read page by page; only connectors for China count, and account IDs keep their zeros', async () => {
    const connectors = client(page(numbered(1, 2), { last: 'false', totalElements: 4 }), page([...numbered(3), { ...CONNECTOR, connectorId: 'g', isChinaRegion: false }], { totalElements: 4 }));
    expect(await connectors.ofType('CHINA')).toEqual({ count: 3, names: ['C1', 'C2', 'C3'] });
    expect(asked()).toEqual([['GET', '?pageNo=0&pageSize=50'], ['GET', '?pageNo=1&pageSize=50']]);
    expect(await client(page([CONNECTOR, ...numbered(7)].map((one, index) => (index === 1 ? { ...one, arn: 'arn:other' } : one)))).find('CHINA', CONNECTOR.arn)).toEqual([ENTRY]);
  });

  test('without the word that it is the last ends with a page that is not full', async () => {
    expect(await client(json(200, { content: numbered(...Array(50).keys()) }), json(200, { content: [] })).ofType('CHINA')).toMatchObject({ count: 50 });
  });

  test('is read again if one moved over the edge of a page meanwhile', async () => {
    const moved = [page(numbered(1, 2), { last: false, totalElements: 3 }), page(numbered(2), { totalElements: 3 })];
    const whole = [page(numbered(3, 1), { last: false, totalElements: 3 }), page(numbered(2), { totalElements: 3 })];
    expect(await client(...moved, ...whole).ofType('CHINA')).toMatchObject({ count: 3 });
    service.clear();
    expect((await failureOf(client(...moved, ...moved, ...moved).ofType('CHINA'))).message).toContain('changed while they were listed, 3 times in a row');
  });
});

describe('a write', () => {
  test('of a new connector, then disabled', async () => {
    const id = await client(json(201, CONNECTOR), json(200, { acknowledged: true }))
      .create({ accountType: 'CHINA', roleArn: CONNECTOR.arn, name: 'n', description: 'd', externalId: 'ee', pollingMinutes: 90, enabled: false });
    expect(id).toBe(UUID);
    expect(asked()).toEqual([
      ['POST', '', { name: 'n', description: 'd', arn: CONNECTOR.arn, externalId: 'ee', isChinaRegion: true, pollingFrequency: { hours: 1, minutes: 30 } }],
      ['PATCH', '/connectors/disable', [UUID]],
    ]);
  });

  test('of a change says all that is known, since it takes the place of what was there', async () => {
    await client(json(200, CONNECTOR), text(204, '')).update(ENTRY, { name: 'New', enabled: true });
    expect(asked()).toEqual([
      ['PUT', `/${UUID}`, {
        name: 'New', arn: CONNECTOR.arn, externalId: 'external-1', isChinaRegion: true, pollingFrequency: { hours: 4, minutes: 30 }, isPortalConnector: true, remediationEnabled: false,
      }],
      ['PATCH', '/connectors/enable', [UUID]],
    ]);
  });

  test('deletes and runs name the connector in a bare array', async () => {
    await client(text(204, '')).remove(ENTRY);
    await client(json(200, { acknowledged: 'true' })).run(ENTRY);
    expect(asked()).toEqual([['DELETE', '', [UUID]], ['POST', '/run', [UUID]]]);
    expect((await failureOf(client(json(200, { acknowledged: 'false' })).run(ENTRY))).message).toContain('not acknowledged');
  });

  test('a create is not sent again, a change is', async () => {
    await failureOf(client(reset).create({ accountType: 'CHINA', roleArn: CONNECTOR.arn }));
    await client(reset, json(200, CONNECTOR)).update(ENTRY, { name: 'New' });
    expect(asked().map(([method]) => method)).toEqual(['POST', 'PUT', 'PUT']);
  });
});

test('once a host has answered, what it does not find is asked nowhere else', async () => {
  const { api } = service.client([text(201, 'token-token-token'), page([]), text(404, '')], { Gateway: service.server.url, PlatformUrl: service.server.url });
  await api.connectors.find('CHINA', CONNECTOR.arn);
  expect(await api.connectors.get('CHINA', UUID)).toBeUndefined();
  expect(service.server.requests).toHaveLength(3);
});

test('a host that knows that there is no such connector is the right one', async () => {
  const { api } = service.client([text(201, 'token-token-token'), json(404, { errorCode: 'OBJECT_NOT_FOUND' })], { Gateway: service.server.url, PlatformUrl: service.server.url });
  expect(await api.connectors.get('CHINA', UUID)).toBeUndefined();
  expect(service.server.requests).toHaveLength(2);
});
