import { putAnswer, PutOptions } from '../../lambda/runtime/put';
import { LogFields } from '../../lambda/runtime/redaction/log';
import { brokenOff, Loopback, Reply, reset, silence, text } from '../support/loopback';
import { VirtualTime } from '../support/virtual-time';

let server: Loopback;
beforeEach(async () => { server = await Loopback.start(); });
afterEach(async () => server.stop());

const body = new TextEncoder().encode('{"Status":"SUCCESS","Reason":"ünïcode"}');
const query = '?AWSAccessKeyId=AKIAEXAMPLE&Signature=SIGNATURE%2FCANARY';

async function put(replies: Reply[], options: Partial<PutOptions> = {}) {
  server.reply(...replies);
  const clock = new VirtualTime();
  const log: LogFields[] = [];
  const arrived = await putAnswer({
    url: `${server.url}/answer${query}`,
    body,
    fetch,
    clock,
    random: () => 0.5,
    log: (fields) => log.push(fields),
    remaining: () => 60_000,
    ...options,
  });
  return { arrived, clock, log };
}

test('arrives byte for byte, with an empty content type', async () => {
  const { arrived } = await put([text(200, '')]);
  expect(arrived).toBe(true);
  expect(server.requests).toHaveLength(1);
  expect(server.requests[0]).toMatchObject({ method: 'PUT', path: `/answer${query}`, body: new TextDecoder().decode(body) });
  expect(server.requests[0].headers['content-type']).toBe('');
  expect(server.requests[0].headers['content-length']).toBe(String(body.byteLength));
  expect(server.requests[0].headers['transfer-encoding']).toBeUndefined();
});

test('repeats after refusals, resets, redirects and silence, with growing waits (fault 24)', async () => {
  const moved = text(307, '', { Location: '/elsewhere' });
  const { arrived, clock, log } = await put([text(503, 'slow down'), reset, moved, silence, text(404, ''), text(200, '')], { attemptTimeout: 1_000 });
  expect(arrived).toBe(true);
  expect(server.requests).toHaveLength(6);
  expect(server.requests.every((request) => request.body === new TextDecoder().decode(body))).toBe(true);
  expect(clock.sleeps).toEqual([187.5, 375, 750, 1500, 3000]);
  expect(log.map(({ attempt, outcome, status }) => [attempt, outcome, status])).toEqual([
    [1, 'failed', 503], [2, 'failed', undefined], [3, 'failed', 307], [4, 'failed', undefined], [5, 'failed', 404], [6, 'done', 200],
  ]);
});

test('an accepted answer counts, even if the connection breaks afterwards', async () => {
  expect((await put([brokenOff('x')])).arrived).toBe(true);
});

test('stops at 403, which cannot change (fault 25)', async () => {
  const { arrived, clock } = await put([text(403, '<Error>Request has expired</Error>')]);
  expect(arrived).toBe(false);
  expect(server.requests).toHaveLength(1);
  expect(clock.sleeps).toEqual([]);
});

test('gives up before the function ends', async () => {
  const clock = new VirtualTime();
  const end = clock.now() + 5_000;
  const { arrived } = await put(Array.from({ length: 20 }, () => text(503, '')), { clock, remaining: () => end - clock.now() });
  expect(arrived).toBe(false);
  expect(clock.now()).toBeLessThan(end - 500);
  expect(server.requests.length).toBeGreaterThan(2);
});

test('gives up after twelve attempts', async () => {
  const { arrived } = await put(Array.from({ length: 20 }, () => text(500, '')), { remaining: () => 900_000 });
  expect(arrived).toBe(false);
  expect(server.requests).toHaveLength(12);
});

test('the log never has the URL', async () => {
  const { log } = await put([reset, text(503, ''), text(403, '')]);
  expect(log).toHaveLength(3);
  expect(JSON.stringify(log)).not.toMatch(/SIGNATURE|AKIA|localhost|\/answer/);
});
