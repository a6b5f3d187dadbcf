import { DeadlineExceeded, DeployError } from '../../lambda/runtime/errors';
import { NoUsableAnswer } from '../../lambda/service/http/errors';
import { HttpAnswer, send, ServiceRequest, TransportWorld } from '../../lambda/service/http/transport';
import { CertificateAuthority, selfSignedCertificate } from '../support/certificates';
import { brokenOff, fetchTrusting, json, Loopback, reset, silence, slowBody, text, TrustingFetch } from '../support/loopback';

let authority: CertificateAuthority;
let server: Loopback;
let trusting: TrustingFetch;
beforeAll(async () => {
  authority = await CertificateAuthority.create();
  server = await Loopback.start(await authority.issue({ names: ['localhost'] }));
  trusting = fetchTrusting(authority.ca);
});
beforeEach(() => server.clear());
afterAll(async () => {
  await trusting.close();
  await server.stop();
});

const AUTHORIZATION = 'Basic Q0FOQVJZOmNhbmFyeQ==';
const deadline = { remaining: () => 60_000, signal: new AbortController().signal };

async function ask(changes: Partial<ServiceRequest> = {}, world: Partial<TransportWorld> = {}, timeout?: number): Promise<HttpAnswer> {
  const request = { operation: 'search things', origin: server.url, method: 'POST', path: '/things?all=yes', headers: { Authorization: AUTHORIZATION }, ...changes };
  return send(request, { fetch: trusting.fetch, env: {}, deadline, ...world }, timeout);
}

async function failure(call: Promise<unknown>): Promise<NoUsableAnswer> {
  const error = await call.then(() => undefined, (reason) => reason as NoUsableAnswer);
  expect(error).toBeInstanceOf(DeployError);
  expect(`${error?.message} ${error?.stack}`).not.toMatch(/Q0FOQVJZ|canary/i);
  return error!;
}

test('sends what the service wants on every request', async () => {
  server.reply(json(200, { fine: true }), json(200, {}));
  const answer = await ask({ body: '{"title":"ünïcode 😀"}' });
  expect([answer.status, answer.text]).toEqual([200, '{"fine":true}']);
  await ask({ method: 'GET' });
  expect(server.requests.map(({ method, path, body }) => [method, path, body])).toEqual([
    ['POST', '/things?all=yes', '{"title":"ünïcode 😀"}'], ['GET', '/things?all=yes', ''],
  ]);
  for (const { headers } of server.requests) {
    expect(headers).toMatchObject({
      'accept': 'application/json',
      'content-type': 'application/json',
      'x-requested-with': 'cdk-qualys-connectors',
      'user-agent': 'cdk-qualys-connectors',
      'authorization': AUTHORIZATION,
    });
  }
});

describe('redirects (fault 50)', () => {
  test.each([301, 302, 303, 307, 308])('%s to another host is refused, and the credentials go nowhere', async (status) => {
    const other = await Loopback.start(await authority.issue({ names: ['localhost'] }));
    server.reply(text(status, '', { Location: `${other.url}/things` }));
    expect(await failure(ask())).toMatchObject({ reason: 'redirect', detail: `HTTP ${status}` });
    expect(other.requests).toEqual([]);
    await other.stop();
  });

  test('to plain http on the same host', async () => {
    server.reply(text(302, '', { Location: server.url.replace('https', 'http') }));
    expect(await failure(ask())).toMatchObject({ reason: 'redirect' });
    expect(server.requests).toHaveLength(1);
  });
});

describe('TLS (fault 51)', () => {
  async function against(certificate: Parameters<typeof Loopback.start>[0], fetch = trusting.fetch): Promise<[NoUsableAnswer, number]> {
    const bad = await Loopback.start(certificate);
    bad.reply(json(200, {}));
    const error = await failure(ask({ origin: bad.url }, { fetch }));
    await bad.stop();
    return [error, bad.requests.length];
  }

  test('a certificate that nobody vouches for', async () => {
    expect(await against(await selfSignedCertificate(['localhost']))).toMatchObject([{ reason: 'tls' }, 0]);
  });

  test('a certificate of another host', async () => {
    expect(await against(await authority.issue({ names: ['other.example'] }))).toMatchObject([{ reason: 'tls', detail: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 0]);
  });

  test('a certificate whose time is over', async () => {
    expect(await against(await authority.issue({ names: ['localhost'], expired: true }))).toMatchObject([{ reason: 'tls', detail: 'CERT_HAS_EXPIRED' }, 0]);
  });

  test('an authority that is not known', async () => {
    const strangers = fetchTrusting((await CertificateAuthority.create()).ca);
    expect(await against(await authority.issue({ names: ['localhost'] }), strangers.fetch)).toMatchObject([{ reason: 'tls' }, 0]);
    await strangers.close();
  });

  test('a server that speaks plain http', async () => {
    const plain = await Loopback.start();
    expect(await failure(ask({ origin: plain.url.replace('http:', 'https:') }))).toMatchObject({ reason: 'tls' });
    await plain.stop();
  });

  test('verification turned off in the environment', async () => {
    const error = await failure(ask({}, { env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } }));
    expect(error.message).toContain('NODE_TLS_REJECT_UNAUTHORIZED');
    expect(server.requests).toEqual([]);
  });
});

describe('where a request may go', () => {
  test('not over http', async () => {
    const plain = await Loopback.start();
    expect((await failure(ask({ origin: plain.url }))).message).toContain('https');
    expect(plain.requests).toEqual([]);
    await plain.stop();
  });

  test.each(['@evil.example/', '.evil.example/', ':8443/', 'things', ''])('not by a path that leads away: %p', async (path) => {
    expect((await failure(ask({ path }))).message).toContain('stay on its host');
    expect(server.requests).toEqual([]);
  });

  test('a path that looks like a host stays a path', async () => {
    server.reply(json(200, {}));
    await ask({ path: '//evil.example/' });
    expect(server.requests[0].path).toBe('//evil.example/');
  });
});

describe('answers that cannot be used (faults 48 and 49)', () => {
  test('nobody listens', async () => {
    const gone = await Loopback.start(await authority.issue({ names: ['localhost'] }));
    const origin = gone.url;
    await gone.stop();
    expect(await failure(ask({ origin }))).toMatchObject({ reason: 'unreachable', detail: 'ECONNREFUSED' });
  });

  test('a name that nobody has', async () => {
    expect(await failure(ask({ origin: 'https://no-such-host.invalid' }))).toMatchObject({ reason: 'unreachable', detail: expect.stringMatching(/^E/) });
  });

  test('a connection that is reset', async () => {
    server.reply(reset);
    expect(await failure(ask())).toMatchObject({ reason: 'unreachable' });
  });

  test('silence', async () => {
    server.reply(silence);
    expect(await failure(ask({}, {}, 50))).toMatchObject({ reason: 'timeout' });
  });

  test('a body that never ends', async () => {
    server.reply(slowBody('{"Serv'));
    expect(await failure(ask({}, {}, 100))).toMatchObject({ reason: 'timeout' });
  });

  test('a body that breaks off', async () => {
    server.reply(brokenOff('{"canary":1'));
    expect(await failure(ask())).toMatchObject({ reason: 'truncated' });
  });

  test('a body of over 1 MB, and not of 1 MB', async () => {
    server.reply(text(200, 'x'.repeat(1024 * 1024 + 1)), text(200, 'x'.repeat(1024 * 1024)));
    expect(await failure(ask())).toMatchObject({ reason: 'too-large' });
    expect((await ask()).text).toHaveLength(1024 * 1024);
  });

  test('a body that is compressed and is none', async () => {
    server.reply(text(200, 'canary', { 'Content-Encoding': 'gzip' }));
    expect(await failure(ask())).toMatchObject({ reason: 'truncated' });
  });

  test('a header that cannot be sent is not repeated', async () => {
    expect(await failure(ask({ headers: { Authorization: 'canary\nX: y' } }))).toMatchObject({ reason: 'unreachable' });
  });
});

test('the end of the request ends the attempt', async () => {
  server.reply(silence);
  const controller = new AbortController();
  const call = ask({}, { deadline: { remaining: () => 60_000, signal: controller.signal } });
  setTimeout(() => controller.abort(), 20);
  await expect(call).rejects.toEqual(new DeadlineExceeded('search things'));
});
