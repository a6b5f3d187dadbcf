import { AssumeRoleCall, Decision, StsStub } from '../../support/connector-service/callers/sts-stub';
import { KEY, Scenario } from '../../support/connector-service/scenario';

const ARN = 'arn:aws:iam::333333333333:role/QualysConnector';
const BASE_ACCOUNT = { title: 'Central', awsAccountId: '111111111111', accountType: 'Global' as const, ...KEY };

let scenario: Scenario;
let sts: StsStub | undefined;
afterEach(async () => {
  await scenario.stop();
  await sts?.stop();
  sts = undefined;
});

async function start(decide: Decision): Promise<void> {
  sts = await StsStub.start(decide);
  scenario = await Scenario.start({ awsEndpoint: sts.url });
}

async function create(fields: object = {}): Promise<number> {
  const data = { AwsAssetDataConnector: { arn: ARN, externalId: 'external-1', ...fields } };
  return (await scenario.qps('create', 'awsassetdataconnector', { data })).json.ServiceResponse.data[0].AwsAssetDataConnector.id;
}

const run = async (id: number) => (await scenario.qps('run', `awsassetdataconnector/${id}`)).json.ServiceResponse.responseCode;
const get = async (id: number) => (await scenario.qps('get', `awsassetdataconnector/${id}`)).json.ServiceResponse.data[0].AwsAssetDataConnector;
const onlyBaseAccount = async ({ accessKeyId }: AssumeRoleCall) =>
  accessKeyId === KEY.accessKeyId ? undefined : { code: 'AccessDenied', message: 'not trusted' };

test('without a base account the service signs from its own account, with it from the base account, after a delete from its own again', async () => {
  await start(onlyBaseAccount);
  const id = await create();
  await run(id);
  await scenario.service.settled();
  expect(await get(id)).toMatchObject({ connectorState: 'FINISHED_ERRORS', lastError: 'AccessDenied: not trusted' });

  scenario.service.console.createBaseAccount(BASE_ACCOUNT);
  await scenario.service.console.poll();
  const served = await get(id);
  expect(served).toMatchObject({ connectorState: 'FINISHED_SUCCESS', lastSync: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) });
  expect(served.lastError).toBeUndefined();

  scenario.service.console.deleteBaseAccount('Global');
  await scenario.service.console.poll();
  expect(sts?.calls).toEqual(['805950163170', KEY.accessKeyId, '805950163170'].map((accessKeyId) => ({ accessKeyId, roleArn: ARN, externalId: 'external-1' })));
  const common = { connectorId: id, accountType: 'Global', roleArn: ARN };
  const denied = { ...common, signedBy: 'Qualys account', accessKeyId: '805950163170', outcome: 'FINISHED_ERRORS', reason: 'AccessDenied: not trusted' };
  expect(scenario.service.runs()).toEqual([
    denied,
    { ...common, signedBy: 'base account', accessKeyId: KEY.accessKeyId, outcome: 'FINISHED_SUCCESS', reason: undefined },
    denied,
  ]);
});

test('an edited key signs from the next run on', async () => {
  await start(async () => undefined);
  await create();
  scenario.service.console.createBaseAccount(BASE_ACCOUNT);
  await scenario.service.console.poll();
  scenario.service.console.editBaseAccount('Global', { accessKeyId: 'AKIAEXAMPLE000000002', secretAccessKey: 'second' });
  await scenario.service.console.poll();
  expect(sts?.calls.map(({ accessKeyId }) => accessKeyId)).toEqual([KEY.accessKeyId, 'AKIAEXAMPLE000000002']);
});

test('a run is queued, then runs, then ends', async () => {
  let arrived = () => {};
  let release = () => {};
  const asked = new Promise<void>((resolve) => { arrived = resolve; });
  const held = new Promise<void>((resolve) => { release = resolve; });
  await start(async () => {
    arrived();
    await held;
    return undefined;
  });
  const id = await create();
  expect(await run(id)).toBe('SUCCESS');
  await asked;
  expect((await get(id)).connectorState).toBe('RUNNING');
  release();
  await scenario.service.settled();
  expect((await get(id)).connectorState).toBe('FINISHED_SUCCESS');
});

test('a base account serves its own account type only', async () => {
  await start(async () => undefined);
  await create({ arn: 'arn:aws-us-gov:iam::333333333333:role/R', isGovCloudConfigured: true });
  scenario.service.console.createBaseAccount(BASE_ACCOUNT);
  await scenario.service.console.poll();
  expect(sts?.calls.map(({ accessKeyId }) => accessKeyId)).toEqual(['017500041238']);
});

test('China has no account of the service: without a base account of China a run fails without a call to AWS, and the read shows no account', async () => {
  await start(async () => undefined);
  scenario.service.console.createConnector({ arn: 'arn:aws-cn:iam::333333333333:role/R', isChinaConfigured: true });
  scenario.service.console.createBaseAccount(BASE_ACCOUNT);
  await scenario.service.console.poll();
  expect(scenario.service.runs()).toMatchObject([{ accountType: 'China', outcome: 'FINISHED_ERRORS', reason: expect.stringContaining('no other account to call from') }]);
  expect(sts?.calls).toEqual([]);
  const { data } = (await scenario.qps('search', 'awsbaseaccount', {})).json.ServiceResponse;
  expect(data[0].AwsBaseAccount).toMatchObject({ chinaAccountId: '', customerChinaAccount: 'false', customerGlobalAccount: 'true' });
});

test('a role of another partition, or none, fails without a call to AWS', async () => {
  await start(async () => undefined);
  await create({ arn: 'arn:aws-cn:iam::333333333333:role/R' });
  await create({ arn: undefined });
  await scenario.service.console.poll();
  expect(scenario.service.runs().map(({ reason }) => reason)).toEqual([
    'the role is not in partition aws of account type Global',
    'the connector has no role ARN',
  ]);
  expect(sts?.calls).toEqual([]);
});

test('a disabled connector is neither run nor polled', async () => {
  await start(async () => undefined);
  const id = await create({ disabled: true });
  expect((await get(id)).connectorState).toBe('DISABLED');
  expect(await run(id)).toBe('INVALID_REQUEST');
  await scenario.service.console.poll();
  expect(scenario.service.runs()).toEqual([]);
  await scenario.qps('update', `awsassetdataconnector/${id}`, { data: { AwsAssetDataConnector: { disabled: false } } });
  expect((await get(id)).connectorState).toBe('PENDING');
});

test('without an AWS endpoint the run fails and says so', async () => {
  scenario = await Scenario.start();
  const id = await create();
  await run(id);
  await scenario.service.settled();
  expect(await get(id)).toMatchObject({ connectorState: 'FINISHED_ERRORS', lastError: expect.stringContaining('without an AWS endpoint') });
});
