import { HEADERS } from '../../support/connector-service/callers/caller';
import { Scenario } from '../../support/connector-service/scenario';

const READ = '/cloudview-api/rest/v1/aws/connectors/awsBaseAccountId';

let scenario: Scenario;
let now: number;
beforeEach(() => {
  now = Date.UTC(2030, 0, 1);
});
afterEach(async () => scenario.stop());

const clock = { now: () => now };
const search = async () => scenario.qps('search', 'awsbaseaccount');

test('the rate: 409 from the API server until the window is over', async () => {
  scenario = await Scenario.start({ clock, limits: { rate: { calls: 2, windowSeconds: 60 } } });
  expect((await search()).headers).toMatchObject({ 'x-ratelimit-limit': '2', 'x-ratelimit-window-sec': '60', 'x-ratelimit-remaining': '1', 'x-ratelimit-towait-sec': '0' });
  now += 20_000;
  expect((await search()).status).toBe(200);
  const refused = await search();
  expect([refused.status, refused.json.ServiceResponse.responseCode]).toEqual([409, 'LIMIT_EXCEEDED']);
  expect(refused.headers).toMatchObject({ 'x-ratelimit-remaining': '0', 'x-ratelimit-towait-sec': '40' });
  expect(refused.headers).not.toHaveProperty('retry-after');
  now += 39_999;
  expect((await search()).status).toBe(409);
  now += 1;
  expect((await search()).status).toBe(200);
});

test('the rate: 429 with Retry-After from the gateway, which gives tokens all the same', async () => {
  scenario = await Scenario.start({ clock, limits: { rate: { calls: 1, windowSeconds: 60 } } });
  await scenario.token();
  const authorization = `Bearer ${await scenario.token()}`;
  const read = async () => scenario.caller.call(scenario.service.gateway + READ, { method: 'GET', headers: { ...HEADERS, authorization } });
  expect((await read()).status).toBe(200);
  const refused = await read();
  expect([refused.status, refused.json.errorCode, refused.headers['retry-after']]).toEqual([429, 'LIMIT_EXCEEDED', '60']);
});

test('how long to wait may be left out', async () => {
  scenario = await Scenario.start({ clock, limits: { rate: { calls: 0, windowSeconds: 60 }, omitToWait: true } });
  const refused = await search();
  expect(refused.status).toBe(409);
  expect(refused.headers).not.toHaveProperty('x-ratelimit-towait-sec');
});

describe('a sliding window', () => {
  const sliding = async (more: object = {}) => {
    scenario = await Scenario.start({ clock, limits: { rate: { calls: 2, windowSeconds: 60, sliding: true, ...more } } });
  };
  const statusAfter = async (seconds: number) => {
    now += seconds * 1_000;
    return (await search()).status;
  };

  test('lets in what has room in the hour, minute or second just behind each call', async () => {
    await sliding();
    expect(await statusAfter(0)).toBe(200);
    expect(await statusAfter(50)).toBe(200);
    const refused = await search();
    expect([refused.status, refused.headers['x-ratelimit-towait-sec']]).toEqual([409, '10']);
    expect(await statusAfter(10)).toBe(200);
    expect(await statusAfter(39)).toBe(409);
    expect(await statusAfter(11)).toBe(200);
  });

  test('counts refusals, too, where that is how the service does it', async () => {
    await sliding({ refusalsCount: true });
    const calls = [[0, 200], [0, 200], [40, 409], [20, 200], [39, 409], [21, 200]] as const;
    for (const [seconds, status] of calls) expect(await statusAfter(seconds)).toBe(status);
  });

  test('has room for calls of other programs', async () => {
    await sliding();
    expect(scenario.service.otherCall()).toBe(false);
    expect((await search()).headers['x-ratelimit-remaining']).toBe('0');
    expect(scenario.service.otherCall()).toBe(true);
    expect(await statusAfter(0)).toBe(409);
  });

  test('says nothing of itself where the headers are left out', async () => {
    scenario = await Scenario.start({ clock, limits: { rate: { calls: 1, windowSeconds: 60 }, omitHeaders: true } });
    for (const status of [200, 409]) {
      const { headers, status: answered } = await search();
      expect([answered, Object.keys(headers).filter((name) => name.startsWith('x-ratelimit'))]).toEqual([status, []]);
    }
  });
});

test('concurrency: a second call at the same time is refused, a next one is not', async () => {
  scenario = await Scenario.start({ limits: { concurrency: 1 } });
  scenario.service.faults.next({}, { kind: 'hang' });
  const hanging = search().catch(() => 'cut off');
  while (scenario.service.requests().length === 0) await new Promise(setImmediate);
  const refused = await search();
  expect([refused.status, refused.headers['x-concurrency-limit-limit'], refused.headers['x-concurrency-limit-running']]).toEqual([409, '1', '2']);
  await scenario.stop();
  expect(await hanging).toBe('cut off');

  scenario = await Scenario.start({ limits: { concurrency: 1 } });
  for (let call = 0; call < 20; call += 1) expect((await search()).status).toBe(200);
});
