import * as fc from 'fast-check';
import { BASIC, CLIENT, failureOf, PASSWORD, refusal, SECRET_ARN, ServiceHarness, SUCCESS, USERNAME, WRITE } from './harness';
import { DeployError } from '../../lambda/runtime/errors';
import { json, text } from '../support/loopback';

let service: ServiceHarness;
beforeAll(async () => { service = await ServiceHarness.start(); });
beforeEach(() => service.clear());
afterAll(async () => service.stop());

const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhY21lIn0.c2lnbmF0dXJlQ0FOQVJZ';
const SECOND_TOKEN = `${TOKEN}2`;
const OIDC = { Authentication: 'OIDC_CLIENT' } as const;
const EMPTY = SUCCESS;

describe('with a user name and password', () => {
  test('the API server gets them as a Basic header, in UTF-8', async () => {
    await service.client([EMPTY]).api.read('GLOBAL');
    expect(service.server.requests.map(({ headers }) => headers.authorization)).toEqual([BASIC]);
  });

  test('the secret is read once, and only when it is needed', async () => {
    let reads = 0;
    const credentials = async () => { reads++; return JSON.stringify({ username: USERNAME, password: PASSWORD }); };
    const { api } = service.client([EMPTY, EMPTY], {}, { credentials });
    expect(reads).toBe(0);
    await Promise.all([api.read('GLOBAL'), api.read('CHINA')]);
    expect(reads).toBe(1);
  });

  test('a refusal is not repeated, and says what to check (fault 47)', async () => {
    for (const [status, advice] of [[401, 'credentials'], [403, 'Manager with full scope']] as const) {
      service.clear();
      const error = await failureOf(service.client([refusal(status, 'UNAUTHORIZED', `no user ${USERNAME} with ${PASSWORD}`)]).api.read('GLOBAL'));
      expect(error).toMatchObject({ status, code: 'UNAUTHORIZED', operation: 'search awsbaseaccount' });
      expect(error.message).toContain('Check');
      expect(status === 403 || error.message.includes(advice)).toBe(true);
      expect(service.server.requests).toHaveLength(1);
    }
  });

  test('all of it is protected from then on', async () => {
    const { api, redactor } = service.client([EMPTY]);
    await api.read('GLOBAL');
    expect(redactor.redact(`${PASSWORD} | ${BASIC.slice(6)} | ${encodeURIComponent(PASSWORD)}`)).toBe('*** | *** | ***');
  });
});

describe('with an OIDC client', () => {
  test('the gateway gives a token for both headers, used until the service refuses it', async () => {
    const { api, redactor } = service.client([text(200, TOKEN), EMPTY, EMPTY], { ...OIDC, Gateway: service.server.url });
    await api.read('GLOBAL');
    await api.read('GLOBAL');
    const [signIn, ...calls] = service.server.requests;
    expect(signIn).toMatchObject({ method: 'POST', path: '/auth/oidc', body: '', headers: { clientid: CLIENT.clientId, clientsecret: CLIENT.clientSecret } });
    expect(signIn.headers.authorization).toBeUndefined();
    expect(calls.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${TOKEN}`, `Bearer ${TOKEN}`]);
    expect(redactor.redact(`a ${CLIENT.clientSecret} b ${TOKEN.split('.')[2]} c ${TOKEN} d`)).toBe(`a *** b ${TOKEN.split('.')[2]} c *** d`);
  });

  test('a token that is refused is replaced once', async () => {
    const gateway = { ...OIDC, Gateway: service.server.url };
    await service.client([text(201, TOKEN), text(401, ''), text(201, `${SECOND_TOKEN}\n`), EMPTY], gateway).api.read('GLOBAL');
    expect(service.server.requests.map(({ path, headers }) => [path.split('/')[1], headers.authorization])).toEqual([
      ['auth', undefined], ['qps', `Bearer ${TOKEN}`], ['auth', undefined], ['qps', `Bearer ${SECOND_TOKEN}`],
    ]);
    service.clear();
    const twice = service.client([text(201, TOKEN), text(401, ''), text(201, SECOND_TOKEN), text(401, '')], gateway);
    expect(await failureOf(twice.api.read('GLOBAL'))).toMatchObject({ status: 401 });
    expect(service.server.requests).toHaveLength(4);
  });

  test.each([
    ['a body that says so', json(401, { errorCode: 'UNAUTHORIZED', message: 'The token is malformed: JWT strings must contain exactly 2 period characters. CANARY' })],
    ['a page that says so', text(401, '<html><body>Malformed token CANARY</body></html>')],
    ['an error in XML', text(401, '<ServiceResponse><responseCode>UNAUTHORIZED</responseCode><responseErrorDetails><errorMessage>Malformed JWT</errorMessage></responseErrorDetails></ServiceResponse>')],
    ['HTTP 500, as was seen once', refusal(500, 'OTHER_ERROR', 'JWT parsing failed')],
  ])('a token that is said to be malformed is replaced once: %s', async (_, malformed) => {
    const gateway = { ...OIDC, Gateway: service.server.url };
    await service.client([text(201, TOKEN), malformed, text(201, SECOND_TOKEN), EMPTY], gateway).api.read('GLOBAL');
    expect(service.server.requests.map(({ headers }) => headers.authorization)).toEqual([undefined, `Bearer ${TOKEN}`, undefined, `Bearer ${SECOND_TOKEN}`]);
    service.clear();
    await failureOf(service.client([text(201, TOKEN), malformed, text(201, SECOND_TOKEN), malformed], gateway).api.read('GLOBAL'));
    expect(service.server.requests).toHaveLength(4);
  });

  test.each([
    ['a page for people', text(200, '<html><body>Log in</body></html>'), { reason: 'not-understood' }],
    ['nothing', text(200, ''), { reason: 'not-understood' }],
    ['a refusal', text(401, 'CANARY'), { status: 401, operation: 'sign in with an OIDC client' }],
  ])('%s in place of a token', async (_, reply, expected) => {
    expect(await failureOf(service.client([reply], { ...OIDC, Gateway: service.server.url }).api.read('GLOBAL'))).toMatchObject(expected);
    expect(service.server.requests).toHaveLength(1);
  });

  test('needs a gateway', async () => {
    expect((await failureOf(service.client([], OIDC).api.read('GLOBAL'))).message).toContain('QualysPlatform.custom');
  });
});

describe('a secret that is not as it should be (fault 66)', () => {
  async function read(value: string, properties = {}): Promise<Error> {
    return failureOf(service.client([], properties, { credentials: async () => value }).api.hasWriteApi(WRITE));
  }

  test.each([
    ['no JSON', 'CANARY: hunter2', 'is no JSON object'],
    ['a text', '"CANARY"', 'is no JSON object'],
    ['no password', '{"username":"CANARY"}', "has no usable 'password'"],
    ['an empty password', '{"username":"CANARY","password":""}', "has no usable 'password'"],
    ['a number', '{"username":"CANARY","password":12345678}', "has no usable 'password'"],
    ['a colon in the user name', '{"username":"CANARY:x","password":"CANARY"}', "has no usable 'username'"],
  ])('%s', async (_, value, defect) => {
    const error = await read(value);
    expect(error.message).toContain(SECRET_ARN);
    expect(error.message).toContain(defect);
    expect(error.message).toContain('{"username": "...", "password": "..."}');
  });

  test('an OIDC secret that no header can carry', async () => {
    const error = await read('{"clientId":"CANARY","clientSecret":"CANARY\\nX: y"}', { ...OIDC, Gateway: service.server.url });
    expect(error.message).toContain("has no usable 'clientSecret'");
  });

  test('and anything else is an error that repeats nothing', async () => {
    await fc.assert(fc.asyncProperty(fc.json().map((value) => value.replace(/[a-z]/gi, 'Q')), async (value) => {
      const error = await read(value);
      expect(error).toBeInstanceOf(DeployError);
      expect(error.message).toContain(SECRET_ARN);
      expect(error.message).not.toContain('QQQ');
    }), { numRuns: 50 });
  });
});

test('a sign-in is repeated after a limit', async () => {
  const { api, clock } = service.client([text(429, '', { 'Retry-After': '1' }), text(200, TOKEN), EMPTY], { ...OIDC, Gateway: service.server.url });
  await api.read('GLOBAL');
  expect(clock.sleeps).toEqual([1050]);
});
