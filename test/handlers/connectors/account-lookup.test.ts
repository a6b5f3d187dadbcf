import { CONNECTOR_RESOURCE_TYPE } from '../../../src/wire/connector';
import type { AccountType } from '../../support/connector-service';
import { ROLE } from '../../support/stage/apps/connector';
import { BY_HAND, takeRequests } from '../../support/stage/connector-stage';
import { LookupStage } from '../../support/stage/lookup-stage';

let stage: LookupStage;
beforeEach(() => { stage = new LookupStage(); });

const service = () => stage.world.service;
const found = () => stage.stack.attribute('Lookup', 'AccountId');
const ownAccount = (accountType: AccountType) => service().console.createBaseAccount({
  title: 'Own', awsAccountId: '012345678901', accountType, accessKeyId: 'AKIAEXAMPLE000000001', secretAccessKey: 'x'.repeat(40),
});

test.each([[undefined, '805950163170'], ['US_GOVCLOUD', '017500041238']] as const)('%s is served from %s', async (accountType, accountId) => {
  expect(await stage.deploy({ accountType })).toBe('CREATE_COMPLETE');
  expect(stage.stack.resources.get('Lookup')!.physicalId).toBe(`qualys-account-lookup:qualysapi.connectors.example:${accountType ?? 'GLOBAL'}`);
  expect(found()).toBe(accountId);
  expect(takeRequests(stage.world)).toEqual(['POST search/am/awsbaseaccount']);
  expect(await stage.delete()).toBe('DELETE_COMPLETE');
  expect(takeRequests(stage.world)).toEqual([]);
});

test('another account is found at the next update', async () => {
  stage = new LookupStage({ service: { qualysAccountIds: { Gov: '000000000042' } } });
  await stage.deploy();
  expect(await stage.deploy({ accountType: 'US_GOVCLOUD' })).toBe('UPDATE_COMPLETE');
  expect([found(), stage.failures]).toEqual(['000000000042', []]);
});

test('the customer\'s own base account is never the answer', async () => {
  ownAccount('Global');
  expect(await stage.deploy()).toBe('ROLLBACK_COMPLETE');
  expect(stage.failure).toContain('for account type Global is a base account of your own (012345678901)');
  expect(stage.failure).toContain('Give accountId explicitly');
  await stage.delete();
  expect(await stage.deploy({ accountType: 'US_GOVCLOUD' })).toBe('CREATE_COMPLETE');
});

/** The search is there and has nothing, or is not there at all. */
describe.each([
  ['nothing', { status: 200, body: '{"ServiceResponse":{"responseCode":"SUCCESS","count":0}}' }],
  ['no such API', { status: 404, body: '{"ServiceResponse":{"responseCode":"INVALID_API_VERSION"}}' }],
])('where the search of base accounts has %s', (_, reply) => {
  beforeEach(() => service().faults.next({ match: { path: /search\/am\/awsbaseaccount/ } }, { kind: 'answer', ...reply }));

  test('CloudView is asked', async () => {
    await stage.deploy({ accountType: 'US_GOVCLOUD' });
    expect(found()).toBe('017500041238');
    expect(takeRequests(stage.world).at(-1)).toBe('GET connectors/awsBaseAccountId');
  });

  test('CloudView tells an own base account, too', async () => {
    ownAccount('Gov');
    await stage.deploy({ accountType: 'US_GOVCLOUD' });
    expect(stage.failure).toContain('a base account of your own');
  });

  test('then a connector of the account type', async () => {
    service().console.createConnector({ ...BY_HAND, arn: ROLE });
    service().console.createConnector({ ...BY_HAND, arn: 'arn:aws-us-gov:iam::001122334455:role/R', isGovCloudConfigured: true });
    service().faults.next({ match: { path: /awsBaseAccountId/ }, times: 2 }, { kind: 'answer', status: 404 });
    await stage.deploy({ accountType: 'US_GOVCLOUD' });
    expect(found()).toBe('017500041238');
  });

  test('and without any of them it says what to give', async () => {
    const { Service: { Gateway, PlatformUrl, ...Service } } = await stage.properties('Lookup');
    await stage.deploy({}, { raw: { Lookup: { Service } } });
    expect(stage.failure).toContain('neither its read of base accounts nor any connector has it. Give accountId explicitly');
    expect([Gateway, PlatformUrl]).not.toContain(undefined);
  });
});

test('a refusal is no reason to ask elsewhere', async () => {
  service().licensed = false;
  await stage.deploy();
  expect(stage.failure).toContain('HTTP 403');
  expect(takeRequests(stage.world)).toHaveLength(1);
});

test('properties that cannot be read are refused before anything is asked', async () => {
  await stage.deploy({}, { raw: { Lookup: { AccountType: 'MARS' } } });
  expect(stage.failure).toContain('property \'AccountType\' is not valid: it must be one of \'GLOBAL\'');
  expect(service().requests()).toEqual([]);
});

test.each(['Create', 'Update'] as const)('a type that the function does not serve has its one answer to a %s', async (requestType) => {
  await stage.deploy({}, { without: ['Lookup'] });
  const answer = await stage.ask(requestType, 'Lookup', { resourceType: 'Custom::SomethingElse', physicalId: 'x' });
  expect(answer).toMatchObject({
    Status: 'FAILED', Reason: expect.stringContaining(`does not serve the type of this resource, only ${CONNECTOR_RESOURCE_TYPE} and Custom::QualysAccountLookup`),
  });
  expect(service().requests()).toEqual([]);
});
