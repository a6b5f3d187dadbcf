import { BY_HAND, ConnectorsWorld } from './world';
import { ACCOUNT_LOOKUP_RESOURCE_TYPE, AccountLookupProperties } from '../../../src/wire/connector';
import type { AccountType, StandInOptions } from '../../support/connector-service';

let world: ConnectorsWorld;
const start = async (options: Partial<StandInOptions> = {}) => { world = await ConnectorsWorld.start(options); };
afterEach(() => world.stop());

const lookup = () => world.resource({ resourceType: ACCOUNT_LOOKUP_RESOURCE_TYPE, logicalId: 'Lookup1A2B3C4D' });
const properties = (AccountType: AccountLookupProperties['AccountType'] = 'GLOBAL'): AccountLookupProperties => ({
  SchemaVersion: '1', AccountType, Service: world.properties().Service,
});
const ownAccount = (accountType: AccountType) => world.service.console.createBaseAccount({
  title: 'Own', awsAccountId: '012345678901', accountType, accessKeyId: 'AKIAEXAMPLE000000001', secretAccessKey: 'x'.repeat(40),
});
/** The search is there and has nothing, or is not there at all. */
const NO_SEARCH = [
  ['nothing', { status: 200, body: '{"ServiceResponse":{"responseCode":"SUCCESS","count":0}}' }],
  ['no such API', { status: 404, body: '{"ServiceResponse":{"responseCode":"INVALID_API_VERSION"}}' }],
] as const;

test.each([['GLOBAL', '805950163170'], ['US_GOVCLOUD', '017500041238'], ['CHINA', '680400017752']] as const)('%s is served from %s', async (accountType, accountId) => {
  await start();
  const resource = lookup();
  const { answer } = await resource.create(properties(accountType));
  expect(answer).toMatchObject({
    Status: 'SUCCESS',
    PhysicalResourceId: `qualys-account-lookup:${new URL(world.service.apiServer).host}:${accountType}`,
    Data: { AccountId: accountId },
  });
  expect(world.takeRequests()).toEqual(['POST search/am/awsbaseaccount']);
  expect((await resource.delete()).Status).toBe('SUCCESS');
  expect(world.takeRequests()).toEqual([]);
});

test('another account is found at the next update', async () => {
  await start({ qualysAccountIds: { Gov: '000000000042' } });
  const resource = lookup();
  await resource.create(properties('GLOBAL'));
  const { answer, cleanUp } = await resource.update(properties('US_GOVCLOUD'));
  expect([answer.Data!.AccountId, cleanUp!.Status]).toEqual(['000000000042', 'SUCCESS']);
});

test('the customer\'s own base account is never the answer', async () => {
  await start();
  ownAccount('Global');
  const { answer, cleanUp } = await lookup().create(properties());
  expect(answer.Reason).toContain('for account type Global is a base account of your own (012345678901)');
  expect(answer.Reason).toContain('Give accountId explicitly');
  expect(cleanUp!.Status).toBe('SUCCESS');
  expect((await lookup().create(properties('CHINA'))).answer.Status).toBe('SUCCESS');
});

describe.each(NO_SEARCH)('where the search of base accounts has %s', (_, reply) => {
  beforeEach(async () => {
    await start();
    world.service.faults.next({ match: { path: /search\/am\/awsbaseaccount/ } }, { kind: 'answer', ...reply });
  });

  test('CloudView is asked', async () => {
    const { answer } = await lookup().create(properties('US_GOVCLOUD'));
    expect(answer.Data!.AccountId).toBe('017500041238');
    expect(world.takeRequests().at(-1)).toBe('GET connectors/awsBaseAccountId');
  });

  test('CloudView tells an own base account, too', async () => {
    ownAccount('Gov');
    expect((await lookup().create(properties('US_GOVCLOUD'))).answer.Reason).toContain('a base account of your own');
  });

  test('then a connector of the account type', async () => {
    world.service.console.createConnector(BY_HAND);
    world.service.console.createConnector({ ...BY_HAND, arn: 'arn:aws-us-gov:iam::001122334455:role/R', isGovCloudConfigured: true });
    world.service.faults.next({ match: { path: /awsBaseAccountId/ }, times: 2 }, { kind: 'answer', status: 404 });
    expect((await lookup().create(properties('US_GOVCLOUD'))).answer.Data!.AccountId).toBe('017500041238');
  });

  test('and without any of them it says what to give', async () => {
    const { Gateway, PlatformUrl, ...Service } = world.properties().Service;
    const { answer } = await lookup().create({ ...properties(), Service });
    expect(answer.Reason).toContain('neither its read of base accounts nor any connector has it. Give accountId explicitly');
    expect([Gateway, PlatformUrl]).not.toContain(undefined);
  });
});

test('a refusal is no reason to ask elsewhere', async () => {
  await start();
  world.service.licensed = false;
  expect((await lookup().create(properties())).answer.Reason).toContain('HTTP 403');
  expect(world.takeRequests()).toHaveLength(1);
});

test('properties that cannot be read are refused before anything is asked', async () => {
  await start();
  expect((await lookup().create({ ...properties(), AccountType: 'MARS' })).answer.Reason).toContain('property \'AccountType\' is not valid: it must be one of \'GLOBAL\'');
  expect(world.service.requests()).toEqual([]);
});

test.each(['Create', 'Update'])('a type that the function does not serve has its one answer to a %s', async (requestType) => {
  await start();
  const resource = world.resource({ resourceType: 'Custom::SomethingElse' });
  const answer = await resource.send(requestType, properties(), { PhysicalResourceId: 'x' });
  expect(answer).toMatchObject({
    Status: 'FAILED', Reason: expect.stringContaining('does not serve the type of this resource, only Custom::QualysConnector and Custom::QualysAccountLookup'),
  });
  expect(world.service.requests()).toEqual([]);
});
