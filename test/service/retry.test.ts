import { FIELDS, failureOf, refusal, ServiceHarness, SUCCESS, WRITE } from './harness';
import { NoUsableAnswer, ServiceAnswer } from '../../lambda/service/http/errors';
import { json, Reply, reset, silence, text } from '../support/loopback';

let service: ServiceHarness;
beforeAll(async () => { service = await ServiceHarness.start(); });
beforeEach(() => service.clear());
afterAll(async () => service.stop());

const NOW = Date.UTC(2026, 0, 15, 12);
const limit = (status: number, headers: Record<string, string> = {}): Reply => json(status, { ServiceResponse: { responseCode: 'LIMIT_EXCEEDED' } }, headers);

/** An update does no harm when it is repeated. */
async function update(...replies: Reply[]) {
  const attempt = service.client(replies);
  await attempt.api.update(WRITE, '7', FIELDS);
  return attempt;
}

describe('waits as long as the service asks (fault 48)', () => {
  test.each<[string, Reply, number]>([
    ['its own header', limit(409, { 'X-RateLimit-ToWait-Sec': '10' }), 10_500],
    ['its own header first', limit(429, { 'X-RateLimit-ToWait-Sec': '4', 'Retry-After': '60' }), 4_200],
    ['Retry-After in seconds', limit(429, { 'Retry-After': '30' }), 31_500],
    ['Retry-After as a date', limit(429, { 'Retry-After': new Date(NOW + 20_000).toUTCString() }), 21_000],
    ['a date that is over', limit(429, { 'Retry-After': new Date(NOW - 20_000).toUTCString() }), 1_000],
    ['no time by its own header, some by the other', limit(429, { 'X-RateLimit-ToWait-Sec': '0', 'Retry-After': '2' }), 2_100],
    ['no time at all', limit(409, { 'X-RateLimit-ToWait-Sec': '0' }), 1_000],
    ['nothing asked', limit(409), 1_000],
    ['nonsense asked', limit(429, { 'X-RateLimit-ToWait-Sec': '-5', 'Retry-After': 'soon' }), 1_000],
    ['a limit without an envelope', text(409, '<html>'), 1_000],
    ['a limit with HTTP 200', limit(200), 1_000],
    ['503 with Retry-After', text(503, '', { 'Retry-After': '2' }), 2_100],
  ])('%s', async (_, reply, wait) => {
    const { clock, steps } = await update(reply, SUCCESS);
    expect(clock.sleeps).toEqual([wait]);
    expect(steps).toEqual(['service:update base account', 'service:update base account']);
  });

  test('longer and longer where it does not say, five attempts in all', async () => {
    const attempt = service.client([text(500, ''), text(502, ''), limit(409), text(504, ''), text(503, '')]);
    expect(await failureOf(attempt.api.update(WRITE, '7', FIELDS))).toMatchObject({ status: 503 });
    expect(attempt.clock.sleeps).toEqual([1000, 2000, 4000, 8000]);
    expect(service.server.requests).toHaveLength(5);
  });

  test('not at all if it does not fit into the time that is left, and says how long', async () => {
    const attempt = service.client([limit(429, { 'X-RateLimit-ToWait-Sec': '3600' })]);
    const error = await failureOf(attempt.api.update(WRITE, '7', FIELDS));
    expect(error).toBeInstanceOf(ServiceAnswer);
    expect(error).toMatchObject({ status: 429, code: 'LIMIT_EXCEEDED' });
    expect(error.message).toContain('asked again in 3780 seconds');
    expect(attempt.clock.sleeps).toEqual([]);
    expect(service.server.requests).toHaveLength(1);
  });
});

describe('repeats what is harmless to repeat', () => {
  test('after a reset connection', async () => {
    expect((await update(reset, SUCCESS)).clock.sleeps).toEqual([1000]);
  });

  test.each([
    ['401', text(401, '')], ['403', text(403, '')], ['400', refusal(400, 'INVALID_REQUEST')], ['HTML in place of JSON', text(200, '<html>login</html>')],
    ['a redirect', text(302, '', { Location: '/login' })],
  ])('but not after %s', async (_, reply) => {
    await failureOf(service.client([reply]).api.update(WRITE, '7', FIELDS));
    expect(service.server.requests).toHaveLength(1);
  });
});

describe('a create is sent again only if nothing can have come of it', () => {
  test.each([['a limit', limit(409)], ['a limit of another kind', limit(429, { 'Retry-After': '1' })]])('after %s', async (_, reply) => {
    await service.client([reply, SUCCESS]).api.create(WRITE, FIELDS);
    expect(service.server.requests).toHaveLength(2);
  });

  test.each<[string, Reply, typeof ServiceAnswer | typeof NoUsableAnswer]>([
    ['a server error', text(500, ''), ServiceAnswer], ['being unavailable', text(503, '', { 'Retry-After': '1' }), ServiceAnswer], ['a reset connection', reset, NoUsableAnswer],
  ])('not after %s', async (_, reply, kind) => {
    expect(await failureOf(service.client([reply, SUCCESS]).api.create(WRITE, FIELDS))).toBeInstanceOf(kind);
    expect(service.server.requests).toHaveLength(1);
  });
});

test('an attempt ends with the time that is left', async () => {
  const over = { remaining: () => 40, signal: new AbortController().signal };
  const attempt = service.client([silence], {}, { deadline: over });
  expect(await failureOf(attempt.api.read('GLOBAL'))).toMatchObject({ reason: 'timeout' });
  expect(service.server.requests).toHaveLength(1);
});

describe('who comes again later anyway', () => {
  test('does not sleep out a limit', async () => {
    const { api, clock, steps } = service.client([limit(409, { 'X-RateLimit-ToWait-Sec': '10' })], {}, { waitsForLimits: false });
    expect(await failureOf(api.update(WRITE, '7', FIELDS))).toMatchObject({ isLimit: true, wait: 10_000 });
    expect([clock.sleeps, steps.length]).toEqual([[], 1]);
  });

  test('repeats what failed on the way all the same', async () => {
    const { api, steps } = service.client([text(502, ''), SUCCESS], {}, { waitsForLimits: false });
    await api.update(WRITE, '7', FIELDS);
    expect(steps).toHaveLength(2);
  });

  test('sees what every answer says of the limits, also a refusal', async () => {
    const seen: Array<string | null> = [];
    const left = (headers: Headers) => { seen.push(headers.get('X-RateLimit-Remaining')); };
    const { api } = service.client([limit(409, { 'X-RateLimit-Remaining': '0' })], {}, { waitsForLimits: false, seen: left });
    await failureOf(api.update(WRITE, '7', FIELDS));
    expect(seen).toEqual(['0']);
  });
});
