import { RegistrationWorld } from './world';
import type { AccountTypeName } from '../../../src/wire/account-types';
import { StackResource } from '../../support/cloudformation/stack-resource';

/* With deletionProtection, no deletion cuts off a connector that nobody was asked about. */

let world: RegistrationWorld;
let resource: StackResource;
const start = async (writeApi = true) => {
  world = await RegistrationWorld.start({ writeApi });
  resource = world.resource();
};
afterEach(() => world.stop());

const connector = (name = 'Production', more: object = {}) => world.service.console.createConnector({
  name, arn: 'arn:aws:iam::222222222222:role/QualysConnector', externalId: '8317265094418823222222222222', ...more,
});
const connectors = (count: number) => { for (let number = 1; number <= count; number++) connector(`Account ${number}`); };
const calls = (path: string) => world.service.requests().filter((request) => request.path.includes(path)).length;

/** Nothing was taken away: the entry has the key that the secret has, and the record says so. */
function expectUntouched(): void {
  expect(world.keyAtService).toBe(world.workingKey);
  expect(world.record()!.status).toBe('REGISTERED');
  expect(calls('/delete/')).toBe(0);
}

describe('through the API', () => {
  beforeEach(async () => {
    await start();
    await resource.create(world.properties());
  });

  test.each([
    [1, '1 connector of account type Global (Account 1)'],
    [5, '5 connectors of account type Global (Account 1, Account 2, Account 3, Account 4, Account 5)'],
    [6, '6 connectors of account type Global (Account 1, Account 2, Account 3, Account 4, Account 5 and 1 more)'],
    [200, '200 connectors of account type Global (Account 1, Account 2, Account 3, Account 4, Account 5 and 195 more)'],
  ])('%i connectors refuse it: named up to five, counted, and what to do', async (count, named) => {
    connectors(count);
    const answer = await resource.delete();
    expect(answer.Status).toBe('FAILED');
    expect(answer.Reason).toContain(`the Global base account at localhost:${new URL(world.service.apiServer).port} is not removed, as ${named} `
      + 'would call from the Qualys account at once; entry, key and user stay. Let their roles trust the Qualys account too (TrustPrincipal.anyOf)');
    expect(answer.Reason).toContain('set deletionProtection: false and deploy, and delete again');
    expectUntouched();
  });

  test('names are told in one line and cut', async () => {
    connector(`two\nlines\u2028${'x'.repeat(100)}`);
    const { Reason } = await resource.delete();
    expect(Reason).toContain(`(two lines ${'x'.repeat(47)}...)`);
    expect(Reason).not.toMatch(/[\n\u2028]/);
  });

  test('disabled connectors and members of an organization connector count: they call again one day', async () => {
    connector('Disabled', { disabled: true });
    world.service.console.attachToOrganizationConnector(connector('Member'));
    expect((await resource.delete()).Reason).toContain('2 connectors of account type Global (Disabled, Member)');
  });

  test('connectors of other account types and deleted ones do not count', async () => {
    connector('Gov', { arn: 'arn:aws-us-gov:iam::222222222222:role/R', isGovCloudConfigured: true });
    connector('China', { arn: 'arn:aws-cn:iam::222222222222:role/R', isChinaConfigured: true });
    world.service.console.deleteConnector(connector('Deleted'));
    expect((await resource.delete()).Status).toBe('SUCCESS');
    expect(world.service.baseAccounts()).toEqual([]);
  });

  test('when the last connector is gone, it goes through', async () => {
    const last = connector();
    expect((await resource.delete()).Status).toBe('FAILED');
    world.service.console.deleteConnector(last);
    expect((await resource.delete()).Status).toBe('SUCCESS');
    expect(world.service.baseAccounts()).toEqual([]);
    expect(world.parameters.size).toBe(0);
  });

  test('the connectors are read right before the entry is removed, and the entry after it', async () => {
    world.service.clearRequests();
    await resource.delete();
    expect(world.service.requests().map(({ path }) => path.split('/').slice(4, 7).join('/'))).toEqual([
      'search/am/awsbaseaccount', 'search/am/awsassetdataconnector', 'delete/am/awsbaseaccount', 'search/am/awsbaseaccount',
    ]);
  });

  test('deletionProtection: false removes the entry under its connectors, and does not list them', async () => {
    connector();
    await resource.update(world.properties({ DeletionProtection: 'false' }));
    expect((await resource.delete()).Status).toBe('SUCCESS');
    expect(world.service.baseAccounts()).toEqual([]);
    expect(calls('/search/am/awsassetdataconnector')).toBe(0);
  });

  test('what was deployed before there was such a property is protected', async () => {
    connector();
    expect(world.properties()).not.toHaveProperty('DeletionProtection');
    expect((await resource.delete()).Status).toBe('FAILED');
    await resource.update(world.properties({ DeletionProtection: 'true' }));
    expect((await resource.delete()).Status).toBe('FAILED');
    expectUntouched();
  });

  test.each([
    ['no right', { kind: 'answer', status: 403, body: '{"ServiceResponse":{"responseCode":"FORBIDDEN"}}' } as const, 'HTTP 403, FORBIDDEN'],
    ['no such API', { kind: 'answer', status: 404, body: '{"ServiceResponse":{"responseCode":"INVALID_API_VERSION"}}' } as const, 'HTTP 404, INVALID_API_VERSION'],
    ['no answer', { kind: 'drop' } as const, 'no connection, or it was lost'],
    ['an answer that is not understood', { kind: 'login-page' } as const, 'the answer is no JSON'],
  ])('connectors that cannot be read refuse it: %s', async (_, fault, why) => {
    world.service.faults.next({ times: 20, match: { path: /awsassetdataconnector/ } }, fault);
    const answer = await resource.delete();
    expect(answer.Status).toBe('FAILED');
    expect(answer.Reason).toContain('is not removed, as nobody knows which connectors still use it; entry, key and user stay');
    expect(answer.Reason).toContain(why);
    expectUntouched();

    await resource.update(world.properties({ DeletionProtection: 'false' }));
    expect((await resource.delete()).Status).toBe('SUCCESS');
  });

  test('an entry that is gone already is not guarded: its connectors left with it', async () => {
    connector();
    world.service.console.deleteBaseAccount('Global');
    expect((await resource.delete()).Status).toBe('SUCCESS');
    expect(world.parameters.size).toBe(0);
    expect(calls('/search/am/awsassetdataconnector')).toBe(0);
  });

  test('an entry of another account stays, and so does one that another stack owns', async () => {
    connector();
    world.service.clearRequests();
    const late = world.resource({ stackName: 'Other' });
    expect((await late.send('Delete', world.properties(), { PhysicalResourceId: resource.physicalId })).Status).toBe('SUCCESS');
    expect(world.service.requests()).toEqual([]);
    expectUntouched();

    world.service.console.editBaseAccount('Global', { awsAccountId: '555555555555' });
    expect((await resource.delete()).Status).toBe('SUCCESS');
    expect(world.service.baseAccounts()).toHaveLength(1);
  });

  test('a replaced entry whose connectors remain is left behind, whole: CloudFormation reports it and goes on', async () => {
    connector();
    Object.assign(world.account, { partition: 'aws-us-gov' });
    const gov = { AccountType: 'US_GOVCLOUD', RecordName: `${world.properties().RecordName}-GOV` } as const;
    const { answer, cleanUp } = await resource.update(world.properties(gov));
    expect(answer.Status).toBe('SUCCESS');
    expect(cleanUp).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('1 connector of account type Global (Production)') });
    expect(world.service.baseAccounts().map(({ accountType }) => accountType)).toEqual(['Global', 'Gov']);
    expectUntouched();
  });
});

describe.each<[AccountTypeName, 'Gov' | 'China', string, object, string]>([
  ['US_GOVCLOUD', 'Gov', 'aws-us-gov', { isGovCloudConfigured: true }, 'US GovCloud'],
  ['CHINA', 'China', 'aws-cn', { isChinaConfigured: true }, 'China'],
])('for %s', (AccountType, accountType, partition, settings, label) => {
  beforeEach(() => start());

  test('its connectors refuse, and others do not count', async () => {
    Object.assign(world.account, { partition });
    const { answer } = await resource.create(world.properties({ AccountType }));
    expect(answer.Status).toBe('SUCCESS');
    connector('Global');
    const own = connector('Own', { arn: `arn:${partition}:iam::222222222222:role/R`, ...settings });
    expect((await resource.delete()).Reason).toContain(`1 connector of account type ${label} (Own)`);
    expect(world.service.baseAccounts()[0]!.accountType).toBe(accountType);
    world.service.console.deleteConnector(own);
    expect((await resource.delete()).Status).toBe('SUCCESS');
    expect(world.service.baseAccounts()).toEqual([]);
  });
});

describe('in console mode', () => {
  const properties = () => world.properties({ Delivery: { Mode: 'CONSOLE' } });
  beforeEach(async () => {
    await start(false);
    await resource.create(properties());
    const { accessKeyId, secretAccessKey } = world.secret.json('AWSCURRENT') as { accessKeyId: string; secretAccessKey: string };
    world.service.console.createBaseAccount({ title: 'Typed', awsAccountId: '111111111111', accountType: 'Global', accessKeyId, secretAccessKey });
  });

  test('it names the connectors with the steps, and passes when a person has removed the entry', async () => {
    connectors(6);
    const answer = await resource.delete();
    expect(answer.Reason).toContain('was entered at the console and is still there; while it is, the user and its key stay too. It is used by 6 connectors of '
      + 'account type Global (Account 1, Account 2, Account 3, Account 4, Account 5 and 1 more). Let the connector roles trust the Qualys account again');
    world.service.console.deleteBaseAccount('Global');
    expect((await resource.delete()).Status).toBe('SUCCESS');
    expect(world.parameters.size).toBe(0);
  });

  test('it says the steps also where the connectors cannot be read, or are not guarded', async () => {
    connector();
    world.service.faults.next({ match: { path: /awsassetdataconnector/ } }, { kind: 'answer', status: 403, body: '{}' });
    const steps = 'the user and its key stay too. Let the connector roles trust the Qualys account again (TrustPrincipal.anyOf), remove the entry';
    expect((await resource.delete()).Reason).toContain(steps);
    await resource.update({ ...properties(), DeletionProtection: 'false' });
    expect((await resource.delete()).Reason).toContain(steps);
  });

  test('a read that lags behind is waited for, and not for long', async () => {
    const { sleep } = world.clock;
    let pauses = 0;
    world.clock.sleep = async (milliseconds) => {
      if (milliseconds > 0 && ++pauses === 2) world.service.console.deleteBaseAccount('Global');
      return sleep.call(world.clock, milliseconds);
    };
    expect((await resource.delete()).Status).toBe('SUCCESS');
    expect(pauses).toBe(2);
  });

  test('and for 15 seconds at most', async () => {
    const before = world.clock.now();
    expect((await resource.delete()).Status).toBe('FAILED');
    expect(world.clock.now() - before).toBe(15_000);
  });
});
