import { KEY, Scenario } from '../../support/connector-service/scenario';

const CREATE = {
  data: { AwsBaseAccount: { name: 'Central', awsAccountId: '111111111111', accountType: 'Global', accessKeyId: KEY.accessKeyId, secretKey: KEY.secretAccessKey } },
};

let scenario: Scenario;
beforeEach(async () => {
  scenario = await Scenario.start({ writeApi: true });
});
afterEach(async () => scenario.stop());

const search = async () => scenario.qps('search', 'awsbaseaccount');
const create = async () => scenario.qps('create', 'awsbaseaccount', CREATE);
const entries = () => scenario.service.baseAccounts().length;
const logged = () => scenario.service.requests().map(({ fault, status, responseCode }) => ({ fault, status, responseCode }));

test('a scripted answer replaces the effect, once', async () => {
  scenario.service.faults.next({}, { kind: 'answer', status: 503, body: 'maintenance', headers: { 'x-note': 'later' } });
  const reply = await create();
  expect([reply.status, reply.text, reply.headers['x-note'], entries()]).toEqual([503, 'maintenance', 'later', 0]);
  expect((await create()).status).toBe(200);
  expect(scenario.service.faults.pending()).toBe(0);
});

test('a rule meets the method, the path and the host that it names, so many times', async () => {
  const { faults } = scenario.service;
  faults.next({ match: { method: 'POST', path: /create\/am\/awsbaseaccount/g, host: 'apiServer' }, times: 2 }, { kind: 'answer', status: 500 });
  faults.next({ match: { host: 'gateway' } }, { kind: 'answer', status: 502 });
  const statuses = [];
  for (const call of [search, create, search, create, create]) statuses.push((await call()).status);
  expect(statuses).toEqual([200, 500, 200, 500, 200]);
  expect(faults.pending()).toBe(1);
  faults.clear();
  expect(faults.pending()).toBe(0);
});

test('a dropped connection has no effect, a lost answer has', async () => {
  scenario.service.faults.next({}, { kind: 'drop' });
  await expect(create()).rejects.toThrow();
  expect(entries()).toBe(0);
  scenario.service.faults.next({}, { kind: 'lose-answer' });
  await expect(create()).rejects.toThrow();
  expect(entries()).toBe(1);
  expect(logged()).toEqual([
    { fault: 'drop' },
    { fault: 'lose-answer', status: 200, responseCode: 'SUCCESS' },
  ]);
});

test('a truncated body breaks off, a slow one comes whole', async () => {
  scenario.service.faults.next({}, { kind: 'truncate' });
  await expect(create()).rejects.toThrow();
  expect(entries()).toBe(1);
  scenario.service.faults.next({}, { kind: 'slow', pauseMilliseconds: 0 });
  expect((await search()).json.ServiceResponse.responseCode).toBe('SUCCESS');
});

test('a login page, a redirect, an oversized body', async () => {
  const { faults, gateway } = scenario.service;
  faults.next({}, { kind: 'login-page' });
  const page = await create();
  expect([page.status, page.headers['content-type'], page.json]).toEqual([200, 'text/html', undefined]);
  faults.next({}, { kind: 'redirect', location: gateway });
  const redirect = await create();
  expect([redirect.status, redirect.headers.location]).toEqual([302, gateway]);
  faults.next({}, { kind: 'oversized', bytes: 1_000_000 });
  const oversized = await create();
  expect(oversized.text.length).toBeGreaterThan(1_000_000);
  expect(oversized.json.ServiceResponse.responseCode).toBe('SUCCESS');
  expect(entries()).toBe(0);
});

test('a refusal for the rate carries the headers that are named', async () => {
  const { faults, gateway } = scenario.service;
  faults.next({}, { kind: 'limit' });
  faults.next({}, { kind: 'limit', toWaitSeconds: 7, retryAfterSeconds: 9 });
  const bare = await create();
  expect([bare.status, bare.json.ServiceResponse.responseCode, bare.headers['x-ratelimit-towait-sec']]).toEqual([409, 'LIMIT_EXCEEDED', undefined]);
  const full = await scenario.caller.call(`${gateway}/cloudview-api/rest/v1/aws/connectors`, { method: 'GET' });
  expect([full.status, full.headers['x-ratelimit-towait-sec'], full.headers['retry-after']]).toEqual([429, '7', '9']);
  expect(entries()).toBe(0);
});
