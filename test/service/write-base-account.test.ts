import * as fc from 'fast-check';
import { envelope, failureOf, FIELDS, refusal, SECRET_KEY, ServiceHarness, SUCCESS, WRITE } from './harness';
import { DeployError } from '../../lambda/runtime/errors';
import { NoWriteApi } from '../../lambda/service/base-account-api';
import type { WriteApiProperties } from '../../src/wire/base-account';
import { json, Reply, text } from '../support/loopback';

let service: ServiceHarness;
beforeAll(async () => { service = await ServiceHarness.start(); });
beforeEach(() => service.clear());
afterAll(async () => service.stop());

const sent = () => service.server.requests.map(({ method, path, body }) => [method, path, body === '' ? undefined : JSON.parse(body)]);

const ABSENT: Array<[string, Reply]> = [
  ['HTTP 404', text(404, '<html>not found</html>')], ['HTTP 405', text(405, '')], ['HTTP 501', text(501, '')],
  ['INVALID_API_VERSION', refusal(400, 'INVALID_API_VERSION')], ['INVALID_API_VERSION with HTTP 200', refusal(200, 'INVALID_API_VERSION')],
];

describe('is there a write API?', () => {
  test('asks with an entry without any field', async () => {
    expect(await service.client([refusal(400, 'INVALID_REQUEST', 'name is missing')]).api.hasWriteApi(WRITE)).toBe(true);
    expect(sent()).toEqual([['POST', '/qps/rest/3.0/create/am/awsbaseaccount', { ServiceRequest: { data: { AwsBaseAccount: {} } } }]]);
  });

  test.each(ABSENT)('%s: no', async (_, reply) => {
    expect(await service.client([reply]).api.hasWriteApi(WRITE)).toBe(false);
  });

  test.each<[string, Reply]>([
    ['HTTP 400', text(400, '')], ['HTTP 422', text(422, '')], ['INVALID_REQUEST with HTTP 200', refusal(200, 'INVALID_REQUEST')],
  ])('%s: yes', async (_, reply) => {
    expect(await service.client([reply]).api.hasWriteApi(WRITE)).toBe(true);
  });

  test.each<[string, Reply, object]>([
    ['success for nothing', SUCCESS, { reason: 'not-understood' }], ['HTTP 401', text(401, ''), { status: 401 }], ['HTTP 403', text(403, ''), { status: 403 }],
    ['a login page', text(200, '<html>'), { reason: 'not-json' }],
  ])('%s: neither yes nor no', async (_, reply, expected) => {
    expect(await failureOf(service.client([reply]).api.hasWriteApi(WRITE))).toMatchObject(expected);
  });
});

describe('requests', () => {
  const entry = { name: FIELDS.title, awsAccountId: '001122334455', accountType: 'Global', accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretKey: SECRET_KEY };

  test('create, update and delete by the preset', async () => {
    const { api, steps } = service.client([json(201, envelope('SUCCESS')), json(200, envelope('SUCCESS', { data: [{ AwsBaseAccount: { id: 7 } }] })), SUCCESS]);
    await api.create(WRITE, FIELDS);
    await api.update(WRITE, '7/../8', FIELDS);
    await api.remove(WRITE, '7', 'US_GOVCLOUD');
    expect(sent()).toEqual([
      ['POST', '/qps/rest/3.0/create/am/awsbaseaccount', { ServiceRequest: { data: { AwsBaseAccount: entry } } }],
      ['POST', '/qps/rest/3.0/update/am/awsbaseaccount/7%2F..%2F8', { ServiceRequest: { data: { AwsBaseAccount: entry } } }],
      ['POST', '/qps/rest/3.0/delete/am/awsbaseaccount/7', undefined],
    ]);
    expect(steps).toEqual(['service:create base account', 'service:update base account', 'service:delete base account']);
  });

  test('a delete by a path without an ID says the account type', async () => {
    const { api } = service.client([text(204, '')]);
    await api.remove({ ...WRITE, Delete: { Method: 'POST', Path: '/base' } }, '7', 'CHINA');
    expect(sent()).toEqual([['POST', '/base', { ServiceRequest: { data: { AwsBaseAccount: { accountType: 'China' } } } }]]);
  });

  test('by names, verbs and paths of the subscription', async () => {
    const other: WriteApiProperties = {
      Create: { Method: 'put', Path: '/connectors/v1.0/aws/base' },
      Update: { Method: 'PATCH', Path: '/connectors/v1.0/aws/base' },
      Delete: { Method: 'DELETE', Path: '/connectors/v1.0/aws/base/{id}' },
      ObjectName: 'Base',
      FieldNames: { Name: 'title', AwsAccountId: 'account', AccountType: 'cloud', AccessKeyId: 'key', SecretAccessKey: 'secret', UseInAssetView: 'portal' },
      AccountTypeNames: { GLOBAL: 'COMMERCIAL', US_GOVCLOUD: 'GOV', CHINA: 'CN' },
    };
    const { api } = service.client([json(200, { id: 'x' }), text(200, ''), text(204, '')]);
    await api.create(other, { ...FIELDS, useInAssetView: false });
    await api.update(other, undefined, { ...FIELDS, useInAssetView: true });
    await api.remove(other, 'x', 'CHINA');
    const base = { title: FIELDS.title, account: '001122334455', cloud: 'COMMERCIAL', key: FIELDS.accessKeyId, secret: SECRET_KEY };
    expect(sent()).toEqual([
      ['PUT', '/connectors/v1.0/aws/base', { ServiceRequest: { data: { Base: { ...base, portal: false } } } }],
      ['PATCH', '/connectors/v1.0/aws/base', { ServiceRequest: { data: { Base: { ...base, portal: true } } } }],
      ['DELETE', '/connectors/v1.0/aws/base/x', undefined],
    ]);
  });

  test('titles and keys arrive as they are (fault 53)', async () => {
    await fc.assert(fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary-ascii' }), async (title, secretAccessKey) => {
      service.clear();
      await service.client([SUCCESS]).api.create(WRITE, { ...FIELDS, title, secretAccessKey });
      const [{ body }] = service.server.requests;
      expect(JSON.parse(body).ServiceRequest.data.AwsBaseAccount).toMatchObject({ name: title, secretKey: secretAccessKey });
    }), { numRuns: 40 });
  });

  test('a path that needs an ID without one says what to override, and sends nothing', async () => {
    const error = await failureOf(service.client([]).api.update(WRITE, undefined, FIELDS));
    expect(error).toBeInstanceOf(DeployError);
    expect(error.message).toContain('KeyDelivery.api by a path without {id}');
    expect(service.server.requests).toEqual([]);
  });

  test.each([
    ['GET', '/qps/x', 'must be one of POST, PUT, PATCH, DELETE'], ['POST', '@evil.example/x', 'stay on its host'],
  ])('%s %s is refused, and nothing is sent', async (Method, Path, message) => {
    expect((await failureOf(service.client([]).api.create({ ...WRITE, Create: { Method, Path } }, FIELDS))).message).toContain(message);
    expect(service.server.requests).toEqual([]);
  });
});

describe('refusals', () => {
  const calls = {
    create: async (replies: Reply[]) => service.client(replies).api.create(WRITE, FIELDS),
    update: async (replies: Reply[]) => service.client(replies).api.update(WRITE, '7', FIELDS),
    remove: async (replies: Reply[]) => service.client(replies).api.remove(WRITE, '7', 'GLOBAL'),
  };

  describe.each(Object.entries(calls))('%s', (_, call) => {
    test.each(ABSENT)('%s: there is no such API, and it names the way without', async (__, reply) => {
      const error = await failureOf(call([reply]));
      expect(error).toBeInstanceOf(NoWriteApi);
      expect(error.message).toContain('KeyDelivery.console()');
    });

    test.each<[string, Reply, object]>([
      ['INVALID_REQUEST', refusal(400, 'INVALID_REQUEST', 'the account type is not valid'), { status: 400, code: 'INVALID_REQUEST' }],
      ['an error with HTTP 200', refusal(200, 'INSUFFICIENT_PERMISSION'), { status: 200, code: 'INSUFFICIENT_PERMISSION' }],
      ['HTTP 403', text(403, ''), { status: 403 }],
      ['no envelope', json(200, { id: 7 }), { reason: 'not-understood' }],
    ])('%s', async (__, reply, expected) => {
      expect(await failureOf(call([reply]))).toMatchObject(expected);
    });
  });

  test.each(['create', 'update'] as const)('%s: of what the service says status and code are told, and no word: it may quote the key, cut or in another form', async (verb) => {
    const quoted = `the key ${SECRET_KEY.slice(0, 24)} is not valid, nor is ${SECRET_KEY.replaceAll('/', '&#x2f;')}`;
    const error = await failureOf(calls[verb]([refusal(400, 'INVALID_REQUEST', quoted)]));
    expect(error).toMatchObject({ status: 400, code: 'INVALID_REQUEST', message: expect.stringContaining('HTTP 400, INVALID_REQUEST (its words are not shown') });
    expect(error.message).not.toContain('is not valid');
  });

  test.each([200, 404])('to delete what is gone already (HTTP %s) succeeds (fault 16)', async (status) => {
    await expect(calls.remove([refusal(status, 'OBJECT_NOT_FOUND')])).resolves.toBeUndefined();
  });

  test('to update what is gone does not', async () => {
    expect(await failureOf(calls.update([refusal(404, 'OBJECT_NOT_FOUND')]))).toMatchObject({ status: 404, code: 'OBJECT_NOT_FOUND' });
  });
});
