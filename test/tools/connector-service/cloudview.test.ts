import { StsStub } from '../../support/connector-service/callers/sts-stub';
import { KEY, Scenario } from '../../support/connector-service/scenario';

const ROOT = '/cloudview-api/rest/v1/aws/connectors';
const CHINA = {
  name: 'China',
  description: '',
  arn: 'arn:aws-cn:iam::012345678901:role/R',
  externalId: 'external-1',
  isChinaRegion: true,
  isGovCloud: false,
  isPortalConnector: 'true',
  remediationEnabled: false,
  pollingFrequency: { hours: 4, minutes: 0 },
};

let scenario: Scenario;
let sts: StsStub;
beforeEach(async () => {
  sts = await StsStub.start(async () => undefined);
  scenario = await Scenario.start({ awsEndpoint: sts.url, clock: { now: () => Date.UTC(2026, 0, 30, 6, 29, 4) } });
});
afterEach(async () => {
  await scenario.stop();
  await sts.stop();
});

const call = async (method: string, path = '', body?: object) => scenario.caller.call(scenario.service.platformUrl + ROOT + path, { method, body });

test('the base accounts read as six strings', async () => {
  scenario.service.console.createBaseAccount({ title: 'China', awsAccountId: '000000000042', accountType: 'China', ...KEY });
  expect((await call('GET', '/awsBaseAccountId')).json).toEqual({
    globalAccountId: '805950163170',
    chinaAccountId: '000000000042',
    govAccountId: '017500041238',
    customerGlobalAccount: 'false',
    customerChinaAccount: 'true',
    customerGovAccount: 'false',
  });
});

test('a connector for China is made, run with the base account, read with a free-text state, and deleted', async () => {
  scenario.service.console.createBaseAccount({ title: 'China', awsAccountId: '000000000042', accountType: 'China', ...KEY });
  const created = await call('POST', '', CHINA);
  const { connectorId } = created.json;
  expect([created.status, created.json.state, created.json.baseAccountId]).toEqual([200, 'Pending', '000000000042']);

  expect((await call('POST', '/run', [connectorId])).status).toBe(200);
  await scenario.service.settled();
  expect(sts.calls).toEqual([{ accessKeyId: KEY.accessKeyId, roleArn: CHINA.arn, externalId: 'external-1' }]);
  expect((await call('GET', `/${connectorId}`)).json).toMatchObject({
    connectorId,
    provider: 'AWS',
    awsAccountId: '012345678901',
    state: 'Completed successfully',
    isChinaRegion: true,
    isPortalConnector: true,
    pollingFrequency: { hours: 4, minutes: 0 },
    lastSyncedOn: 'Fri Jan 30 06:29:04 GMT 2026',
    nextSyncedOn: 'Fri Jan 30 10:29:04 GMT 2026',
  });

  expect((await call('PUT', `/${connectorId}`, { name: 'Renamed' })).json).toMatchObject({ name: 'Renamed', isChinaRegion: true });
  expect((await call('DELETE', '', [connectorId])).status).toBe(204);
  const gone = await call('GET', `/${connectorId}`);
  expect([gone.status, gone.json.errorCode]).toEqual([404, 'OBJECT_NOT_FOUND']);
});

test('the Connectors API shows the same connector', async () => {
  const { connectorId } = (await call('POST', '', CHINA)).json;
  const { json } = await scenario.qps('search', 'awsassetdataconnector', { filters: { Criteria: [{ field: 'awsAccountId', operator: 'EQUALS', value: '012345678901' }] } });
  expect(json.ServiceResponse.data).toMatchObject([{ AwsAssetDataConnector: { cloudviewUuid: connectorId, isChinaConfigured: 'true' } }]);
});

test('the list is a Spring page', async () => {
  for (const name of ['A', 'B', 'C']) await call('POST', '', { ...CHINA, name });
  const { json } = await call('GET', '?pageNo=1&pageSize=2&sort=lastSyncedOn:desc');
  expect(json).toMatchObject({ totalElements: 3, totalPages: 2, number: 1, size: 2, numberOfElements: 1, first: false, last: true, empty: false });
  expect(json.content.map(({ name }: { name: string }) => name)).toEqual(['C']);
  expect((await call('GET', '?filter=name:B')).json.content).toMatchObject([{ name: 'B' }]);
  expect((await call('GET', '?filter=colour:red')).status).toBe(400);
});

test('what is wrong is refused without an effect', async () => {
  expect((await call('POST', '', { ...CHINA, region: 'cn-north-1' })).status).toBe(400);
  expect((await call('POST', '')).status).toBe(400);
  expect((await call('DELETE', '', { connectorIds: ['x'] })).status).toBe(400);
  expect((await call('DELETE', '', ['x'])).status).toBe(404);
  expect((await call('PATCH', '', ['x'])).status).toBe(404);
  expect(scenario.service.connectors()).toEqual([]);
});
