import { basic, HEADERS } from '../../support/connector-service/callers/caller';
import { LOGINS, Scenario } from '../../support/connector-service/scenario';

const CLOUDVIEW = '/cloudview-api/rest/v1/aws/connectors/awsBaseAccountId';
const QPS = '/qps/rest/3.0/search/am/awsbaseaccount';
const FOUR_HOURS = 4 * 3_600_000;

let scenario: Scenario;
let now: number;
beforeEach(async () => {
  now = Date.UTC(2030, 0, 1);
  scenario = await Scenario.start({ clock: { now: () => now } });
});
afterEach(async () => scenario.stop());

const BASIC = basic(LOGINS.username, LOGINS.password);
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const get = async (url: string, authorization: object) => scenario.caller.call(url, { method: 'GET', headers: { ...HEADERS, ...authorization } });
const post = async (url: string, authorization: object) => scenario.caller.call(url, { headers: { ...HEADERS, ...authorization } });

test('each host answers its own paths and takes its own scheme', async () => {
  const { apiServer, gateway, platformUrl } = scenario.service;
  const token = await scenario.token();
  expect(new Set([apiServer, gateway, platformUrl]).size).toBe(3);
  expect([
    (await get(apiServer + CLOUDVIEW, BASIC)).status,
    (await get(gateway + CLOUDVIEW, BASIC)).status,
    (await get(gateway + CLOUDVIEW, bearer(token))).status,
    (await get(platformUrl + CLOUDVIEW, BASIC)).status,
    (await get(platformUrl + CLOUDVIEW, bearer(token))).status,
    (await post(apiServer + QPS, BASIC)).status,
    (await post(apiServer + QPS, bearer(token))).status,
    (await post(gateway + QPS, bearer(token))).status,
    (await post(platformUrl + '/auth', {})).status,
  ]).toEqual([404, 401, 200, 200, 401, 200, 200, 404, 404]);
});

test('wrong credentials: 401 in the form of each API', async () => {
  const wrong = basic(LOGINS.username, 'wrong');
  const qps = await post(scenario.service.apiServer + QPS, wrong);
  expect([qps.status, qps.json.ServiceResponse.responseCode]).toEqual([401, 'INVALID_CREDENTIALS']);
  expect((await post(scenario.service.apiServer + QPS, {})).status).toBe(401);
  const cloudView = await get(scenario.service.platformUrl + CLOUDVIEW, wrong);
  expect([cloudView.status, cloudView.json]).toEqual([401, { errorCode: 'INVALID_CREDENTIALS', message: expect.any(String), timestamp: now }]);
});

test('without a licence: 403', async () => {
  scenario.service.licensed = false;
  const reply = await post(scenario.service.apiServer + QPS, BASIC);
  expect([reply.status, reply.json.ServiceResponse.responseCode]).toEqual([403, 'FORBIDDEN']);
});

test('a token is the raw body of a 201 and lives for four hours', async () => {
  const form = (fields: Record<string, string>) => ({
    headers: { ...HEADERS, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ username: LOGINS.username, password: LOGINS.password, token: 'true', ...fields }).toString(),
  });
  const url = `${scenario.service.gateway}/auth`;
  expect((await scenario.caller.call(url, form({ password: 'wrong' }))).status).toBe(401);
  expect((await scenario.caller.call(url, form({ token: 'false' }))).status).toBe(400);
  expect((await scenario.caller.call(url, { ...form({}), headers: HEADERS })).status).toBe(415);
  const { status, text } = await scenario.caller.call(url, form({}));
  expect([status, text.split('.').length]).toEqual([201, 3]);

  const read = async () => (await get(scenario.service.gateway + CLOUDVIEW, bearer(text))).status;
  now += FOUR_HOURS - 1;
  expect(await read()).toBe(200);
  now += 1;
  expect(await read()).toBe(401);
});

test('tokens can be revoked before their time', async () => {
  const token = await scenario.token();
  scenario.service.revokeTokens();
  expect((await get(scenario.service.gateway + CLOUDVIEW, bearer(token))).status).toBe(401);
});

test('an OIDC client signs in with two headers and no body', async () => {
  const url = `${scenario.service.gateway}/auth/oidc`;
  const client = { clientId: LOGINS.clientId, clientSecret: LOGINS.clientSecret };
  expect((await post(url, { ...client, clientSecret: 'wrong' })).status).toBe(401);
  expect((await scenario.caller.call(url, { headers: { ...HEADERS, ...client }, body: '{}' })).status).toBe(400);
  const { status, text } = await post(url, client);
  expect(status).toBe(201);
  expect((await get(scenario.service.gateway + CLOUDVIEW, bearer(text))).status).toBe(200);
});

test('a service without an OIDC client takes no empty one', async () => {
  await scenario.stop();
  scenario = await Scenario.start({ clientId: undefined, clientSecret: undefined });
  expect((await post(`${scenario.service.gateway}/auth/oidc`, {})).status).toBe(401);
});

test.each([
  ['accept', { 'content-type': HEADERS['content-type'] }],
  ['content type', { accept: HEADERS.accept }],
])('without the %s of JSON the answer is XML', async (_, headers) => {
  const reply = await scenario.caller.call(scenario.service.apiServer + QPS, { headers: { 'x-requested-with': 'test', ...BASIC, ...headers } });
  expect([reply.status, reply.headers['content-type'], reply.json]).toEqual([200, 'application/xml', undefined]);
  expect(reply.text).toContain('<responseCode>SUCCESS</responseCode><count>1</count>');
  expect(reply.text).toContain('<data><AwsBaseAccount><globalAccountId>805950163170</globalAccountId>');
});

test('JSON that is not declared is refused', async () => {
  const headers = { 'accept': HEADERS.accept, 'x-requested-with': 'test', ...BASIC };
  const reply = await scenario.caller.call(scenario.service.apiServer + QPS, { headers, body: '{"ServiceRequest":{}}' });
  expect(reply.status).toBe(400);
  expect(reply.text).toContain('<responseCode>INVALID_REQUEST</responseCode>');
});

test('X-Requested-With is required, the method matters, and the body has to be an envelope', async () => {
  const call = async (options: object) => scenario.caller.call(scenario.service.apiServer + QPS, { headers: { ...HEADERS, ...BASIC }, ...options });
  const { 'x-requested-with': _, ...without } = HEADERS;
  expect((await call({ headers: { ...without, ...BASIC } })).status).toBe(400);
  expect((await call({ method: 'GET' })).status).toBe(405);
  expect((await call({ body: '{"ServiceRequest":' })).status).toBe(400);
  expect((await call({ body: '{}' })).status).toBe(400);
  expect((await call({ body: '{"ServiceRequest":{"datum":{}}}' })).status).toBe(400);
});
