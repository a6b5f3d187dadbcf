import { Attempt, client, failureOf, FIELDS, SECRET_ARN, SECRET_KEY, WRITE } from './harness';
import { NoWriteApi } from '../../lambda/service/base-account-api';
import { CertificateAuthority } from '../support/certificates';
import { ConnectorServiceStandIn, QUALYS_ACCOUNT_IDS } from '../support/connector-service';
import { fetchTrusting, TrustingFetch } from '../support/loopback';

const LOGINS = { username: 'connector-api', password: 'Api pass & word/1=CANARY', clientId: 'client-1', clientSecret: 'client+secret/2=CANARY' };

let service: ConnectorServiceStandIn;
let trusting: TrustingFetch;
beforeEach(async () => {
  service = await ConnectorServiceStandIn.start({ tls: await CertificateAuthority.create(), writeApi: true, ...LOGINS });
  trusting = fetchTrusting(service.ca);
});
afterEach(async () => {
  await trusting.close();
  await service.stop();
});

function connected(Authentication: 'BASIC' | 'OIDC_CLIENT' = 'BASIC', secret: object = LOGINS): Attempt {
  const hosts = { ApiServer: service.apiServer, Gateway: service.gateway, PlatformUrl: service.platformUrl };
  return client({ ...hosts, Authentication, CredentialsSecretArn: SECRET_ARN }, secret, { fetch: trusting.fetch });
}

const NONE = { accountId: QUALYS_ACCOUNT_IDS.Global, isCustomers: false };
const OURS = { accountId: FIELDS.awsAccountId, isCustomers: true };

describe.each(['BASIC', 'OIDC_CLIENT'] as const)('signed in by %s', (authentication) => {
  test('a base account is made, edited, and removed twice', async () => {
    const { api } = connected(authentication);
    expect(await api.hasWriteApi(WRITE)).toBe(true);
    expect(await api.read('GLOBAL')).toMatchObject(NONE);
    await api.create(WRITE, FIELDS);
    const { id, ...entry } = await api.read('GLOBAL');
    expect(entry).toEqual(OURS);
    expect(service.baseAccounts()).toMatchObject([{ title: FIELDS.title, accountType: 'Global', accessKeyId: FIELDS.accessKeyId }]);
    await api.update(WRITE, id, { ...FIELDS, title: 'Renamed', accessKeyId: 'AKIAIOSFODNN7EXAMPL2', useInAssetView: true });
    expect(service.baseAccounts()).toMatchObject([{ title: 'Renamed', accessKeyId: 'AKIAIOSFODNN7EXAMPL2', useInAssetView: true }]);
    await api.remove(WRITE, id, 'GLOBAL');
    await api.remove(WRITE, id, 'GLOBAL');
    expect(await api.read('GLOBAL')).toMatchObject(NONE);
  });

  test('a subscription without the write API is told apart, and gets no key', async () => {
    service.writeApi = false;
    const { api } = connected(authentication);
    expect(await api.hasWriteApi(WRITE)).toBe(false);
    expect(await api.read('CHINA')).toEqual({ isCustomers: false });
    expect(JSON.stringify(service.requests())).not.toContain(FIELDS.accessKeyId);
    expect(await failureOf(api.create(WRITE, FIELDS))).toBeInstanceOf(NoWriteApi);
  });

  test('CloudView answers where the search is unknown', async () => {
    service.faults.next({ match: { path: /^\/qps\// } }, { kind: 'answer', status: 404 });
    service.console.createBaseAccount({ ...FIELDS, accountType: 'Global' });
    expect(await connected(authentication).api.read('GLOBAL')).toEqual(OURS);
  });
});

test('CloudView at the platform URL, where the gateway does not have it', async () => {
  service.faults.next({ match: { path: /^\/qps\// } }, { kind: 'answer', status: 405 });
  service.faults.next({ match: { host: 'gateway', path: /cloudview/ } }, { kind: 'answer', status: 404 });
  expect(await connected().api.read('US_GOVCLOUD')).toEqual({ accountId: QUALYS_ACCOUNT_IDS.Gov, isCustomers: false });
});

test('a token that is void is replaced', async () => {
  const { api, steps } = connected('OIDC_CLIENT');
  await api.read('GLOBAL');
  service.revokeTokens();
  await api.read('GLOBAL');
  expect(steps).toEqual([
    'service:sign in with an OIDC client', 'service:search awsbaseaccount', 'service:search awsbaseaccount', 'service:sign in with an OIDC client',
    'service:search awsbaseaccount',
  ]);
});

test('limits are waited for', async () => {
  service.faults.next({}, { kind: 'limit', toWaitSeconds: 7 });
  service.faults.next({}, { kind: 'limit' });
  const { api, clock } = connected();
  expect(await api.read('GLOBAL')).toMatchObject(NONE);
  expect(clock.sleeps).toEqual([7350, 2000]);
});

test('the answer to a create that is lost leaves it to the caller to read (fault 7)', async () => {
  service.faults.next({ match: { path: /create/ } }, { kind: 'lose-answer' });
  const { api } = connected();
  expect(await failureOf(api.create(WRITE, FIELDS))).toMatchObject({ reason: 'unreachable' });
  expect(await api.read('GLOBAL')).toMatchObject(OURS);
  expect(service.requests().filter(({ path }) => path.includes('create'))).toHaveLength(1);
});

test('the answer to an update that is lost is asked for again', async () => {
  service.console.createBaseAccount({ ...FIELDS, accountType: 'Global' });
  const { api } = connected();
  const { id } = await api.read('GLOBAL');
  service.faults.next({ match: { path: /update/ } }, { kind: 'lose-answer' });
  service.faults.next({ match: { path: /update/ } }, { kind: 'truncate' });
  await api.update(WRITE, id, { ...FIELDS, title: 'Renamed' });
  expect(service.baseAccounts()).toMatchObject([{ title: 'Renamed' }]);
});

test.each([
  ['a login page', { kind: 'login-page' } as const, { reason: 'not-json' }],
  ['a redirect', { kind: 'redirect', location: 'https://elsewhere.example/' } as const, { reason: 'redirect' }],
  ['2 MB', { kind: 'oversized', bytes: 2 * 1024 * 1024 } as const, { reason: 'too-large' }],
])('%s is no answer (faults 49 and 50)', async (_, fault, expected) => {
  service.faults.next({}, fault);
  expect(await failureOf(connected().api.read('GLOBAL'))).toMatchObject(expected);
  expect(service.requests()).toHaveLength(1);
});

test('wrong credentials and a missing licence say what to check, and are not repeated (fault 47)', async () => {
  const wrong = connected('BASIC', { username: 'connector-api', password: 'another-CANARY' });
  expect(await failureOf(wrong.api.read('GLOBAL'))).toMatchObject({ status: 401, message: expect.stringContaining('Check the credentials') });
  service.licensed = false;
  expect(await failureOf(connected().api.read('GLOBAL'))).toMatchObject({ status: 403, message: expect.stringContaining('licensed') });
  expect(service.requests()).toHaveLength(2);
});

test('an entry that exists already is refused, without a word of the service, which might be the key', async () => {
  const { api } = connected();
  await api.create(WRITE, FIELDS);
  const error = await failureOf(api.create(WRITE, FIELDS));
  expect(error).toMatchObject({ status: 400, code: 'INVALID_REQUEST', message: expect.stringContaining('its words are not shown') });
  expect(error.message).not.toContain(SECRET_KEY);
});
