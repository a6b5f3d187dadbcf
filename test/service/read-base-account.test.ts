import * as fc from 'fast-check';
import { BASIC, envelope, failureOf, refusal, SECRET_KEY, ServiceHarness } from './harness';
import { NoUsableAnswer, ServiceAnswer } from '../../lambda/service/http/errors';
import { json, Reply, text } from '../support/loopback';

let service: ServiceHarness;
beforeAll(async () => { service = await ServiceHarness.start(); });
beforeEach(() => service.clear());
afterAll(async () => service.stop());

const ACCOUNTS = {
  globalAccountId: '001122334455',
  govAccountId: '205767712438',
  chinaAccountId: '080595016317',
  customerGlobalAccount: 'true',
  customerGovAccount: 'false',
  customerChinaAccount: 'false',
};
const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhY21lIn0.c2lnbmF0dXJlQ0FOQVJZ';
const found = (object: unknown): Reply => json(200, envelope('SUCCESS', { count: 1, data: [{ AwsBaseAccount: object }] }));
const unknownNoun = text(404, '<html>not found</html>');

describe('the search', () => {
  test('asks once and reads account and flag of the account type', async () => {
    const { api, steps } = service.client([found(ACCOUNTS), found(ACCOUNTS), found(ACCOUNTS)]);
    expect(await api.read('GLOBAL')).toEqual({ accountId: '001122334455', isCustomers: true });
    expect(await api.read('US_GOVCLOUD')).toEqual({ accountId: '205767712438', isCustomers: false, hasOthers: true });
    expect(await api.read('CHINA')).toEqual({ accountId: '080595016317', isCustomers: false, hasOthers: true });
    expect(service.server.requests[0]).toMatchObject({
      method: 'POST', path: '/qps/rest/3.0/search/am/awsbaseaccount', body: '{"ServiceRequest":{"preferences":{"limitResults":1}}}',
    });
    expect(steps[0]).toBe('service:search awsbaseaccount');
  });

  test.each<[string, unknown]>([
    ['an array', [{ AwsBaseAccount: ACCOUNTS }]],
    ['an object', { AwsBaseAccount: ACCOUNTS }],
    ['another wrapper', [{ BaseAccount: ACCOUNTS }]],
    ['no wrapper', [ACCOUNTS]],
    ['booleans', [{ AwsBaseAccount: { ...ACCOUNTS, customerGlobalAccount: true } }]],
    ['more fields', [{ AwsBaseAccount: { ...ACCOUNTS, created: '2026-01-01' } }]],
    ['more objects', [{ AwsBaseAccount: ACCOUNTS }, { AwsBaseAccount: {} }]],
  ])('understands data as %s', async (_, data) => {
    expect(await service.client([json(200, envelope('SUCCESS', { data }))]).api.read('GLOBAL')).toEqual({ accountId: '001122334455', isCustomers: true });
  });

  test.each(['', 'none', null])('what stands in place of an account where there is none of the customer\'s counts as none: %p', async (chinaAccountId) => {
    expect(await service.client([found({ ...ACCOUNTS, chinaAccountId })]).api.read('CHINA')).toEqual({ isCustomers: false, hasOthers: true });
    const own = service.client([found({ ...ACCOUNTS, chinaAccountId, customerChinaAccount: 'true' })]).api.read('CHINA');
    expect(await failureOf(own)).toMatchObject({ message: expect.stringContaining('field \'chinaAccountId\'') });
  });

  test.each([[7041, '7041'], ['7041', '7041'], ['a-b', 'a-b']])('the ID of the object, when there is one: %p', async (id, expected) => {
    expect(await service.client([found({ ...ACCOUNTS, id })]).api.read('GLOBAL')).toMatchObject({ id: expected });
  });

  test.each([[undefined], [null], [[]]])('no object (%p) is no base account', async (data) => {
    expect(await service.client([json(200, envelope('SUCCESS', { count: 0, data }))]).api.read('GLOBAL')).toEqual({ isCustomers: false });
  });

  test('without an account of Qualys', async () => {
    expect(await service.client([found({ customerChinaAccount: 'false', chinaAccountId: null })]).api.read('CHINA')).toEqual({ isCustomers: false });
  });
});

describe('what is no answer (fault 49)', () => {
  test.each<[string, Reply, object]>([
    ['an error with HTTP 200', refusal(200, 'INVALID_REQUEST', 'bad'), { status: 200, code: 'INVALID_REQUEST' }],
    ['success with HTTP 500', json(400, envelope('SUCCESS')), { status: 400 }],
    ['an HTML login page', text(200, '<html>CANARY</html>'), { reason: 'not-json' }],
    ['an empty body', text(200, ''), { reason: 'not-json' }],
    ['half a body', text(200, '{"ServiceResponse":{"responseCode":"SUC'), { reason: 'not-json' }],
    ['another envelope', json(200, { data: [] }), { reason: 'not-understood' }],
    ['a number for an account, which may have lost a zero', found({ ...ACCOUNTS, globalAccountId: 1122334455 }), { reason: 'not-understood', detail: "field 'globalAccountId'" }],
    ['11 digits', found({ ...ACCOUNTS, globalAccountId: '11223344556' }), { reason: 'not-understood' }],
    ['another word for a boolean', found({ ...ACCOUNTS, customerGlobalAccount: 'yes' }), { reason: 'not-understood', detail: "field 'customerGlobalAccount'" }],
    ['no flag', found({ globalAccountId: '001122334455' }), { reason: 'not-understood' }],
    ['a customer without an account', found({ customerGlobalAccount: 'true' }), { reason: 'not-understood', detail: "field 'globalAccountId'" }],
  ])('%s', async (_, reply, expected) => {
    expect(await failureOf(service.client([reply]).api.read('GLOBAL'))).toMatchObject(expected);
  });

  test('whatever JSON it is, it is one of the two errors, or an entry', async () => {
    const bodies = fc.oneof(
      fc.json(),
      fc.record({ responseCode: fc.oneof(fc.constant('SUCCESS'), fc.json()), data: fc.jsonValue(), responseErrorDetails: fc.jsonValue() })
        .map((ServiceResponse) => JSON.stringify({ ServiceResponse })),
    );
    await fc.assert(fc.asyncProperty(fc.constantFrom(200, 400), bodies, async (status, body) => {
      service.clear();
      const outcome: unknown = await service.client([text(status, body)]).api.read('GLOBAL').catch((error) => error);
      const isError = outcome instanceof ServiceAnswer || outcome instanceof NoUsableAnswer;
      expect(isError || (outcome as { isCustomers: unknown }).isCustomers === false).toBe(true);
    }), { numRuns: 60 });
  });
});

describe('the words of the vendor', () => {
  test('are shown in one line, without secrets, and cut only then', async () => {
    const { api, redactor } = service.client([refusal(400, 'INVALID_REQUEST', `${'x'.repeat(280)} ${SECRET_KEY}\n\tand <more>`)]);
    redactor.protect(SECRET_KEY);
    const { message } = await failureOf(api.read('GLOBAL'));
    expect(message).toMatch(/^the connector service answered 'search awsbaseaccount' with HTTP 400, INVALID_REQUEST: x+ \*\*\* and <more>/);
    for (let length = 8; length < SECRET_KEY.length; length += 4) expect(message).not.toContain(SECRET_KEY.slice(0, length));
    service.clear();
    expect((await failureOf(service.client([refusal(400, 'INVALID_REQUEST', 'y'.repeat(10_000))]).api.read('GLOBAL'))).message.length).toBeLessThan(600);
  });

  test.each<[string, string]>([
    ['', ''], ['<?xml version="1.0" encoding="UTF-8"?>\n', ''], ['', '<![CDATA['],
  ])('are told of an error in XML too, with HTTP 200 as well (%s%s)', async (before, cdata) => {
    const message = `${cdata}Invalid element type in the request ${SECRET_KEY}${cdata === '' ? '' : ']]>'}`;
    const xml = `${before}<ServiceResponse xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><responseCode>INVALID_XML</responseCode>`
      + `<responseErrorDetails><errorMessage>${message}</errorMessage></responseErrorDetails></ServiceResponse>`;
    for (const status of [200, 400]) {
      service.clear();
      const { api, redactor } = service.client([text(status, xml)]);
      redactor.protect(SECRET_KEY);
      const error = await failureOf(api.read('GLOBAL'));
      expect(error).toMatchObject({ status, code: 'INVALID_XML' });
      expect(error.message).toBe(`the connector service answered 'search awsbaseaccount' with HTTP ${status}, INVALID_XML: Invalid element type in the request ***`);
    }
  });

  test('are told of an error in XML of CloudView, too', async () => {
    const xml = '<ServiceResponse><responseCode>INVALID_REQUEST</responseCode><responseErrorDetails><errorMessage>no such view</errorMessage></responseErrorDetails></ServiceResponse>';
    const { api } = service.client([unknownNoun, text(201, TOKEN), text(200, xml)], { Gateway: service.server.url });
    expect((await failureOf(api.read('GLOBAL'))).message).toContain('with HTTP 200, INVALID_REQUEST: no such view');
  });

  test('an answer in XML that says success is no usable one', async () => {
    const xml = '<ServiceResponse><responseCode>SUCCESS</responseCode></ServiceResponse>';
    expect(await failureOf(service.client([text(200, xml)]).api.read('GLOBAL'))).toMatchObject({ reason: 'not-json' });
  });

  test.each([[null], [7], [['a']], [{ a: 'b' }]])('are left out if they are no text: %p', async (errorMessage) => {
    const error = await failureOf(service.client([refusal(400, 'INVALID_REQUEST', errorMessage as unknown as string)]).api.read('GLOBAL'));
    expect(error.message).toBe("the connector service answered 'search awsbaseaccount' with HTTP 400, INVALID_REQUEST");
  });

  test('a code that is no word is not repeated', async () => {
    expect(await failureOf(service.client([refusal(400, 'CANARY <script>')]).api.read('GLOBAL'))).toMatchObject({ code: undefined });
  });
});

describe('where the subscription does not know the search', () => {
  const hosts = () => ({ Gateway: service.server.url, PlatformUrl: service.server.url });

  test.each<[string, Reply]>([
    ['404', unknownNoun], ['405', text(405, '')], ['INVALID_API_VERSION', refusal(400, 'INVALID_API_VERSION')], ['the same with HTTP 200', refusal(200, 'INVALID_API_VERSION')],
  ])('(%s) CloudView is asked at the gateway with a token', async (_, reply) => {
    const { api } = service.client([reply, text(201, TOKEN), json(200, ACCOUNTS)], hosts());
    expect(await api.read('GLOBAL')).toEqual({ accountId: '001122334455', isCustomers: true });
    const [, signIn, get] = service.server.requests;
    expect(signIn).toMatchObject({ method: 'POST', path: '/auth', headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    expect(Object.fromEntries(new URLSearchParams(signIn.body))).toEqual({ username: 'acme_ab1', password: 'pa:ss/w+rd=CANARY é', token: 'true' });
    expect(get).toMatchObject({ method: 'GET', path: '/cloudview-api/rest/v1/aws/connectors/awsBaseAccountId', body: '', headers: { authorization: `Bearer ${TOKEN}` } });
  });

  test.each<[string, Reply[]]>([
    ['404', [text(201, TOKEN), text(404, '')]],
    ['401, also with a new token', [text(201, TOKEN), text(401, ''), text(201, TOKEN), text(401, '')]],
    ['no sign-in there', [text(401, '')]],
  ])('and at the platform URL if the gateway says %s', async (_, replies) => {
    expect(await service.client([unknownNoun, ...replies, json(200, ACCOUNTS)], hosts()).api.read('GLOBAL')).toMatchObject({ isCustomers: true });
    expect(service.server.requests.at(-1)).toMatchObject({ method: 'GET', headers: { authorization: BASIC } });
  });

  test('at the platform URL alone', async () => {
    expect(await service.client([unknownNoun, json(200, ACCOUNTS)], { PlatformUrl: service.server.url }).api.read('CHINA')).toMatchObject({ isCustomers: false });
  });

  test.each<[string, Reply, object]>([
    ['an error with HTTP 200', json(200, { errorCode: 'FORBIDDEN', message: 'no', timestamp: 1 }), { status: 200, code: 'FORBIDDEN' }],
    ['an error with HTTP 403', json(403, { errorCode: '1007', message: 'no access' }), { status: 403, message: expect.stringContaining('no access') }],
    ['something else', json(200, { content: [] }), { reason: 'not-understood' }],
  ])('and answers %s', async (_, reply, expected) => {
    expect(await failureOf(service.client([unknownNoun, reply], { PlatformUrl: service.server.url }).api.read('GLOBAL'))).toMatchObject(expected);
  });

  test('nor has another host, the first answer is the error', async () => {
    expect(await failureOf(service.client([unknownNoun]).api.read('GLOBAL'))).toMatchObject({ status: 404, operation: 'search awsbaseaccount' });
    service.clear();
    const oidc = { Authentication: 'OIDC_CLIENT', ...hosts() } as const;
    expect(await failureOf(service.client([text(200, TOKEN), unknownNoun, text(404, '')], oidc).api.read('GLOBAL'))).toMatchObject({ status: 404, operation: 'get awsBaseAccountId' });
  });
});
