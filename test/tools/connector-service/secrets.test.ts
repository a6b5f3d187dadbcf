import { inspect } from 'node:util';
import { HEADERS } from '../../support/connector-service/callers/caller';
import { StsStub } from '../../support/connector-service/callers/sts-stub';
import { LOGINS, Scenario } from '../../support/connector-service/scenario';

const CANARY = 'canary/secret+key=0123456789';
const REFUSED = 'refused/secret+key=0123456789';
const FIELDS = { name: 'Central', awsAccountId: '111111111111', accountType: 'Global', accessKeyId: 'AKIAEXAMPLE000000001' };

let scenario: Scenario;
let sts: StsStub;
beforeEach(async () => {
  // As an AWS that echoes more than it should.
  sts = await StsStub.start(async () => ({ code: 'SignatureDoesNotMatch', message: `signed with ${CANARY}` }));
  scenario = await Scenario.start({ writeApi: true, awsEndpoint: sts.url });
});
afterEach(async () => {
  await scenario.stop();
  await sts.stop();
});

const create = async (fields: object) => scenario.qps('create', 'awsbaseaccount', { data: { AwsBaseAccount: fields } });

/** All that the stand-in shows, and all that it is made of. */
function shown(): string {
  const { service } = scenario;
  return [service.requests(), service.baseAccounts(), service.connectors(), service.runs()].map((part) => JSON.stringify(part)).join('\n')
    + inspect(service, { depth: Infinity, maxArrayLength: Infinity, maxStringLength: Infinity, showHidden: true });
}

test('no secret stands in the log, in the records, in an answer or in the object itself', async () => {
  const { service, caller } = scenario;
  const replies = [
    await create({ ...FIELDS, secretKey: '' }),
    await create({ ...FIELDS, secretKey: REFUSED, useInAssetView: REFUSED, name: REFUSED }),
    await create({ ...FIELDS, mySecret: CANARY }), // a field that the service does not know
    await create({ ...FIELDS, secretKey: CANARY }),
    await create({ ...FIELDS, name: `mistaken ${CANARY}`, secretKey: CANARY }),
    await scenario.qps('search', `awsbaseaccount/${encodeURIComponent(CANARY)}`),
    await caller.call(`${service.platformUrl}/cloudview-api/rest/v1/aws/connectors?key=${encodeURIComponent(CANARY)}`, { method: 'GET' }),
    await caller.call(`${service.apiServer}/qps/rest/3.0/create/am/awsbaseaccount`, { body: `{"secretKey":"${CANARY}"` }),
    await caller.call(`${service.gateway}/auth/oidc`, { headers: { ...HEADERS, clientId: LOGINS.clientId, clientSecret: 'wrong secret' } }),
  ];
  const token = await scenario.token();
  await caller.call(`${service.gateway}/cloudview-api/rest/v1/aws/connectors`, { method: 'GET', headers: { ...HEADERS, authorization: `Bearer ${token}` } });
  await scenario.qps('create', 'awsassetdataconnector', { data: { AwsAssetDataConnector: { arn: 'arn:aws:iam::222222222222:role/R' } } });
  await service.console.poll();

  expect(replies.map(({ status }) => status)).toEqual([400, 400, 400, 200, 400, 404, 200, 400, 401]);
  expect(service.runs()).toMatchObject([{ accessKeyId: FIELDS.accessKeyId, reason: 'SignatureDoesNotMatch: signed with ***' }]);
  const everything = shown() + replies.map(({ text }) => text).join('\n');
  const secrets = [CANARY, REFUSED, encodeURIComponent(CANARY), LOGINS.password, LOGINS.clientSecret, 'wrong secret', token];
  const basicValue = Buffer.from(`${LOGINS.username}:${LOGINS.password}`).toString('base64');
  expect([...secrets, basicValue].filter((secret) => everything.includes(secret))).toEqual([]);
});

test('the log keeps what an assertion needs', async () => {
  await create({ ...FIELDS, secretKey: CANARY });
  await scenario.token();
  expect(scenario.service.requests()).toEqual([
    {
      host: 'apiServer',
      method: 'POST',
      path: '/qps/rest/3.0/create/am/awsbaseaccount',
      headers: expect.objectContaining({ ...HEADERS, authorization: 'Basic ***' }),
      body: { ServiceRequest: { data: { AwsBaseAccount: { ...FIELDS, secretKey: '***' } } } },
      status: 200,
      responseCode: 'SUCCESS',
    },
    expect.objectContaining({ host: 'gateway', path: '/auth', body: { username: LOGINS.username, password: '***', token: '***' }, status: 201 }),
  ]);
  scenario.service.clearRequests();
  expect(scenario.service.requests()).toEqual([]);
});
