import { KEY, Scenario } from '../../support/connector-service/scenario';

const INPUT = { name: 'Central Security', awsAccountId: '012345678901', accountType: 'Global', accessKeyId: KEY.accessKeyId, secretKey: KEY.secretAccessKey };
const QUALYS = {
  globalAccountId: '805950163170',
  govAccountId: '017500041238',
  chinaAccountId: '',
  customerGlobalAccount: 'false',
  customerGovAccount: 'false',
  customerChinaAccount: 'false',
};

let scenario: Scenario;
afterEach(async () => scenario.stop());

const read = async () => (await scenario.qps('search', 'awsbaseaccount', { preferences: { limitResults: 1 } })).json.ServiceResponse.data[0].AwsBaseAccount;
const codeOf = (reply: { readonly status: number; readonly json: any }) => [reply.status, reply.json.ServiceResponse.responseCode];

describe('without the write API', () => {
  beforeEach(async () => {
    scenario = await Scenario.start();
  });

  test('the read is one object of six strings, with the accounts of Qualys', async () => {
    const { json } = await scenario.qps('search', 'awsbaseaccount', { preferences: { limitResults: 1 } });
    expect(json).toEqual({ ServiceResponse: { responseCode: 'SUCCESS', count: 1, hasMoreRecords: 'false', data: [{ AwsBaseAccount: QUALYS }] } });
  });

  test('the console flips the flag and the ID of one account type, and back', async () => {
    scenario.service.console.createBaseAccount({ title: 'Gov', awsAccountId: '000000000017', accountType: 'Gov', ...KEY });
    expect(await read()).toEqual({ ...QUALYS, govAccountId: '000000000017', customerGovAccount: 'true' });
    scenario.service.console.deleteBaseAccount('Gov');
    expect(await read()).toEqual(QUALYS);
  });

  test.each(['create/am/awsbaseaccount', 'update/am/awsbaseaccount/1', 'delete/am/awsbaseaccount/1', 'create/am/nosuchnoun', 'paint/am/awsbaseaccount', 'constructor/am/awsbaseaccount'])('%s is no operation', async (path) => {
    const reply = await scenario.caller.call(`${scenario.service.apiServer}/qps/rest/3.0/${path}`, { body: { ServiceRequest: { data: { AwsBaseAccount: INPUT } } } });
    expect(codeOf(reply)).toEqual([404, 'INVALID_API_VERSION']);
    expect(scenario.service.baseAccounts()).toEqual([]);
  });

  test('the API can be switched on while it runs', async () => {
    scenario.service.writeApi = true;
    expect(codeOf(await scenario.qps('create', 'awsbaseaccount', { data: { AwsBaseAccount: INPUT } }))).toEqual([200, 'SUCCESS']);
  });
});

describe('with the write API', () => {
  let id: number;
  beforeEach(async () => {
    scenario = await Scenario.start({ writeApi: true });
    id = (await read()).id;
  });

  const create = async (fields: object) => scenario.qps('create', 'awsbaseaccount', { data: { AwsBaseAccount: { ...INPUT, ...fields } } });

  test('create answers the ID alone and flips the flag', async () => {
    const { json } = await create({ useInAssetView: 'true' });
    expect(json.ServiceResponse.data).toEqual([{ AwsBaseAccount: { id } }]);
    expect(await read()).toEqual({ ...QUALYS, id, globalAccountId: '012345678901', customerGlobalAccount: 'true' });
    expect(scenario.service.baseAccounts()).toEqual([
      { title: 'Central Security', awsAccountId: '012345678901', accountType: 'Global', accessKeyId: KEY.accessKeyId, useInAssetView: true },
    ]);
  });

  test('get knows the ID that search gives, and no other', async () => {
    expect((await scenario.qps('get', `awsbaseaccount/${id}`)).json.ServiceResponse.data[0].AwsBaseAccount).toEqual({ id, ...QUALYS });
    expect(codeOf(await scenario.qps('get', `awsbaseaccount/${id + 1}`))).toEqual([200, 'OBJECT_NOT_FOUND']);
  });

  test('there is room for one an account type', async () => {
    await create({});
    const second = await create({ awsAccountId: '999999999999' });
    expect(codeOf(second)).toEqual([400, 'INVALID_REQUEST']);
    expect(second.json.ServiceResponse.responseErrorDetails.errorMessage).toContain('exists already');
    expect(codeOf(await create({ accountType: 'China' }))).toEqual([200, 'SUCCESS']);
    expect(scenario.service.baseAccounts().map(({ accountType, awsAccountId }) => [accountType, awsAccountId]))
      .toEqual([['Global', '012345678901'], ['China', '012345678901']]);
  });

  test.each([
    ['no data', {}],
    ['empty data', { data: {} }],
    ['no fields', { data: { AwsBaseAccount: {} } }],
    ['no secret key', { data: { AwsBaseAccount: { ...INPUT, secretKey: undefined } } }],
    ['an empty secret key', { data: { AwsBaseAccount: { ...INPUT, secretKey: '' } } }],
    ['a number as account ID', { data: { AwsBaseAccount: { ...INPUT, awsAccountId: 12345678901 } } }],
    ['an unknown account type', { data: { AwsBaseAccount: { ...INPUT, accountType: 'GLOBAL' } } }],
    ['an unknown field', { data: { AwsBaseAccount: { ...INPUT, secretAccessKey: 'x' } } }],
  ])('create with %s is refused and has no effect', async (_, serviceRequest) => {
    expect(codeOf(await scenario.qps('create', 'awsbaseaccount', serviceRequest))).toEqual([400, 'INVALID_REQUEST']);
    expect(scenario.service.baseAccounts()).toEqual([]);
  });

  test('update edits title, account and key in place', async () => {
    await create({});
    const update = async (fields: object) => scenario.qps('update', `awsbaseaccount/${id}`, { data: { AwsBaseAccount: { accountType: 'Global', ...fields } } });
    const reply = await update({ name: 'New', accessKeyId: 'AKIAEXAMPLE000000002', secretKey: 'second' });
    expect(reply.json.ServiceResponse.data).toEqual([{ AwsBaseAccount: { id } }]);
    expect(scenario.service.baseAccounts()).toMatchObject([{ title: 'New', awsAccountId: '012345678901', accessKeyId: 'AKIAEXAMPLE000000002' }]);

    expect(codeOf(await update({}))).toEqual([400, 'INVALID_REQUEST']);
    expect(codeOf(await update({ accessKeyId: 'AKIAEXAMPLE000000003' }))).toEqual([400, 'INVALID_REQUEST']);
    expect(codeOf(await update({ accountType: 'Gov', name: 'x' }))).toEqual([200, 'OBJECT_NOT_FOUND']);
    expect(scenario.service.baseAccounts()).toMatchObject([{ title: 'New', accessKeyId: 'AKIAEXAMPLE000000002' }]);
  });

  test('delete names the account type; of what is gone it says OBJECT_NOT_FOUND', async () => {
    await create({});
    await create({ accountType: 'Gov' });
    const remove = async (path: string, data?: object) => scenario.qps('delete', path, data && { data });
    const gov = { AwsBaseAccount: { accountType: 'Gov' } };
    expect(codeOf(await remove('awsbaseaccount'))).toEqual([400, 'INVALID_REQUEST']);
    expect(codeOf(await remove(`awsbaseaccount/${id}`, gov))).toEqual([400, 'INVALID_REQUEST']);
    expect(codeOf(await remove('awsbaseaccount', gov))).toEqual([200, 'SUCCESS']);
    expect(codeOf(await remove('awsbaseaccount', gov))).toEqual([200, 'OBJECT_NOT_FOUND']);
    expect(await read()).toMatchObject({ customerGlobalAccount: 'true', customerGovAccount: 'false' });
    expect(codeOf(await remove(`awsbaseaccount/${id}`))).toEqual([200, 'SUCCESS']);
    expect(await read()).toMatchObject({ customerGlobalAccount: 'false' });
  });
});

test('the console refuses what the form refuses', async () => {
  scenario = await Scenario.start();
  const { console } = scenario.service;
  const input = { title: 'A', awsAccountId: '111111111111', accountType: 'Global' as const, ...KEY };
  expect(() => console.createBaseAccount({ ...input, accessKeyId: 'short' })).toThrow('access key ID');
  expect(() => console.editBaseAccount('Global', { title: 'B' })).toThrow('no base account');
  console.createBaseAccount(input);
  expect(() => console.createBaseAccount(input)).toThrow('exists already');
  expect(() => console.editBaseAccount('Global', { secretAccessKey: 'x' })).toThrow('go together');
  console.editBaseAccount('Global', { title: 'B' });
  expect(scenario.service.baseAccounts()).toMatchObject([{ title: 'B', accessKeyId: KEY.accessKeyId }]);
});
