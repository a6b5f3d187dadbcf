import type { BaseAccountApp } from '../../support/stage/apps/base-account';
import { BaseAccountStage } from '../../support/stage/base-account-stage';

/* With deletionProtection, no deletion cuts off a connector that nobody was asked about. */

let stage: BaseAccountStage;
const service = () => stage.world.service;
const entries = () => service().baseAccounts();

const connector = (name = 'Production', more: object = {}) => service().console.createConnector({
  name, arn: 'arn:aws:iam::222222222222:role/QualysConnector', externalId: '8317265094418823222222222222', ...more,
});
const connectors = (count: number) => { for (let number = 1; number <= count; number++) connector(`Account ${number}`); };
const calls = (path: string) => service().requests().filter((request) => request.path.includes(path)).length;

/** CloudFormation's Delete of the registration alone; why it was refused, if it was. */
async function refusal(): Promise<string | undefined> {
  const { Status, Reason } = (await stage.ask('Delete', 'Registration'))!;
  return Status === 'FAILED' ? Reason : undefined;
}

/** Nothing was taken away: the entry has the key that the secret has, and the record says so. */
function expectUntouched(): void {
  expect(stage.world.keyAtService).toBe(stage.currentKey);
  expect(stage.record!.status).toBe('REGISTERED');
  expect(calls('/delete/')).toBe(0);
}

describe('through the API', () => {
  beforeEach(async () => {
    stage = new BaseAccountStage({ writeApi: true });
    await stage.deploy();
  });

  test.each([
    [1, '1 connector of account type Global (Account 1)'],
    [5, '5 connectors of account type Global (Account 1, Account 2, Account 3, Account 4, Account 5)'],
    [6, '6 connectors of account type Global (Account 1, Account 2, Account 3, Account 4, Account 5 and 1 more)'],
    [200, '200 connectors of account type Global (Account 1, Account 2, Account 3, Account 4, Account 5 and 195 more)'],
  ])('%i connectors refuse it: named up to five, counted, and what to do', async (count, named) => {
    connectors(count);
    const reason = await refusal();
    expect(reason).toContain(`the Global base account at qualysapi.connectors.example is not removed, as ${named} `
      + 'would call from the Qualys account at once; entry, key and user stay. Let their roles trust the Qualys account too (TrustPrincipal.anyOf)');
    expect(reason).toContain('set deletionProtection: false and deploy, and delete again');
    expectUntouched();
  });

  test('names are told in one line and cut', async () => {
    connector(`two\nlines\u2028${'x'.repeat(100)}`);
    const reason = await refusal();
    expect(reason).toContain(`(two lines ${'x'.repeat(47)}...)`);
    expect(reason).not.toMatch(/[\n\u2028]/);
  });

  test('those of a fleet count, whoever made them', async () => {
    connector('aws-Production (222222222222)', { description: '[cdk-qualys-connectors created arn:aws:cloudformation:us-east-1:111111111111:stack/Connectors Fleet 0a1b2c3d]' });
    expect(await refusal()).toContain('1 connector of account type Global (aws-Production (222222222222))');
    expectUntouched();
  });

  test('disabled connectors and members of an organization connector count: they call again one day', async () => {
    connector('Disabled', { disabled: true });
    service().console.attachToOrganizationConnector(connector('Member'));
    expect(await refusal()).toContain('2 connectors of account type Global (Disabled, Member)');
  });

  test('connectors of other account types and deleted ones do not count', async () => {
    connector('Gov', { arn: 'arn:aws-us-gov:iam::222222222222:role/R', isGovCloudConfigured: true });
    connector('China', { arn: 'arn:aws-cn:iam::222222222222:role/R', isChinaConfigured: true });
    service().console.deleteConnector(connector('Deleted'));
    expect(await refusal()).toBeUndefined();
    expect(entries()).toEqual([]);
  });

  test('when the last connector is gone, it goes through: they are read right before the entry is removed, and the entry after it', async () => {
    const last = connector();
    expect(await stage.delete()).toBe('DELETE_FAILED');
    service().console.deleteConnector(last);
    service().clearRequests();
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
    expect(service().requests().map(({ path }) => path.split('/').slice(4, 7).join('/'))).toEqual([
      'search/am/awsbaseaccount', 'search/am/awsassetdataconnector', 'delete/am/awsbaseaccount', 'search/am/awsbaseaccount',
    ]);
    expect([entries(), stage.world.aws.parameters.size]).toEqual([[], 0]);
  });

  test('deletionProtection: false removes the entry under its connectors, and does not list them', async () => {
    connector();
    await stage.deploy({ deletionProtection: false });
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
    expect(entries()).toEqual([]);
    expect(calls('/search/am/awsassetdataconnector')).toBe(0);
  });

  test('what was deployed before there was such a property is protected', async () => {
    connector();
    expect(await stage.deploy({}, { raw: { Registration: { DeletionProtection: undefined } } })).toBe('UPDATE_COMPLETE');
    expect(stage.stack.resources.get('Registration')!.properties).not.toHaveProperty('DeletionProtection');
    expect(await refusal()).toBeDefined();
    await stage.deploy();
    expect(await refusal()).toBeDefined();
    expectUntouched();
  });

  test.each([
    ['no right', { kind: 'answer', status: 403, body: '{"ServiceResponse":{"responseCode":"FORBIDDEN"}}' } as const, 'HTTP 403, FORBIDDEN'],
    ['no such API', { kind: 'answer', status: 404, body: '{"ServiceResponse":{"responseCode":"INVALID_API_VERSION"}}' } as const, 'HTTP 404, INVALID_API_VERSION'],
    ['no answer', { kind: 'drop' } as const, 'no connection, or it was lost'],
    ['an answer that is not understood', { kind: 'login-page' } as const, 'the answer is no JSON'],
  ])('connectors that cannot be read refuse it: %s', async (_, fault, why) => {
    service().faults.next({ times: 20, match: { path: /awsassetdataconnector/ } }, fault);
    const reason = await refusal();
    expect(reason).toContain('is not removed, as nobody knows which connectors still use it; entry, key and user stay');
    expect(reason).toContain(why);
    expectUntouched();
    await stage.deploy({ deletionProtection: false });
    expect(await refusal()).toBeUndefined();
  });

  test('an entry that is gone already is not guarded: its connectors left with it', async () => {
    connector();
    service().console.deleteBaseAccount('Global');
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
    expect(stage.world.aws.parameters.size).toBe(0);
    expect(calls('/search/am/awsassetdataconnector')).toBe(0);
  });

  test('an entry of another account stays, and so does one that another stack owns: its Delete says so', async () => {
    connector();
    const late = await stage.ask('Delete', 'Registration', { stackId: stage.stack.stackId.replace('CentralSecurity', 'Other') });
    expect(late).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('names the resource Registration of the stack CentralSecurity') });
    expectUntouched();

    service().console.editBaseAccount('Global', { awsAccountId: '555555555555' });
    expect(await refusal()).toBeUndefined();
    expect(entries()).toHaveLength(1);
  });

  test('a replaced entry whose connectors remain is left behind, whole: CloudFormation reports it and goes on', async () => {
    connector();
    const there = stage.world.addPlatform();
    expect(await stage.deploy({ platform: 'other' })).toBe('UPDATE_COMPLETE');
    expect(stage.failure).toMatch(/^Registration DELETE_FAILED: .*1 connector of account type Global \(Production\)/);
    expect([entries().length, there.baseAccounts().length]).toEqual([1, 1]);
    expectUntouched();
  });
});

describe.each<[NonNullable<BaseAccountApp['accountType']>, 'Gov' | 'China', string, object, string]>([
  ['US_GOVCLOUD', 'Gov', 'aws-us-gov', { isGovCloudConfigured: true }, 'US GovCloud'],
  ['CHINA', 'China', 'aws-cn', { isChinaConfigured: true }, 'China'],
])('for %s', (accountType, name, partition, settings, label) => {
  const [advice, never] = accountType === 'CHINA'
    ? ['would stop until a base account is registered again; entry, key and user stay. Remove the connectors first', 'Qualys account']
    : ['would call from the Qualys account at once; entry, key and user stay. Let their roles trust the Qualys account too', 'would stop'];

  test('its connectors refuse, and others do not count', async () => {
    stage = new BaseAccountStage({ writeApi: true, partition });
    expect(await stage.deploy({ accountType })).toBe('CREATE_COMPLETE');
    connector('Global');
    const own = connector('Own', { arn: `arn:${partition}:iam::222222222222:role/R`, ...settings });
    const words = await refusal();
    expect(words).toContain(`1 connector of account type ${label} (Own) ${advice}`);
    expect(words).not.toContain(never);
    expect(entries()[0]!.accountType).toBe(name);
    service().console.deleteConnector(own);
    expect(await refusal()).toBeUndefined();
    expect(entries()).toEqual([]);
  });

  test('in console mode the steps are those of its partition', async () => {
    stage = new BaseAccountStage({ partition });
    expect(await stage.deploy({ accountType, delivery: 'console' })).toBe('CREATE_COMPLETE');
    service().console.createBaseAccount({ title: 'Typed', awsAccountId: '111111111111', accountType: name, ...stage.secret.json('AWSCURRENT') as { accessKeyId: string; secretAccessKey: string } });
    const words = await refusal();
    expect(words).toContain(accountType === 'CHINA' ? 'Connectors stop without it, until a base account is registered again.' : 'Let the connector roles trust the Qualys account again (TrustPrincipal.anyOf).');
    expect(words!.includes('TrustPrincipal')).toBe(accountType !== 'CHINA');
  });
});

describe('in console mode', () => {
  beforeEach(async () => {
    stage = new BaseAccountStage();
    await stage.deploy({ delivery: 'console' });
    stage.enterKey();
  });

  test('it names the connectors with the steps, and passes when a person has removed the entry', async () => {
    connectors(6);
    expect(await refusal()).toContain('was entered at the console and is still there; while it is, the user and its key stay too. It is used by 6 connectors of '
      + 'account type Global (Account 1, Account 2, Account 3, Account 4, Account 5 and 1 more). Let the connector roles trust the Qualys account again');
    service().console.deleteBaseAccount('Global');
    expect(await refusal()).toBeUndefined();
    expect(stage.world.aws.parameters.size).toBe(0);
  });

  test('it says the steps also where the connectors cannot be read, or are not guarded', async () => {
    connector();
    service().faults.next({ match: { path: /awsassetdataconnector/ } }, { kind: 'answer', status: 403, body: '{}' });
    const steps = 'the user and its key stay too. Let the connector roles trust the Qualys account again (TrustPrincipal.anyOf). Then remove the entry';
    expect(await refusal()).toContain(steps);
    await stage.deploy({ delivery: 'console', deletionProtection: false });
    expect(await refusal()).toContain(steps);
  });

  test.each([['waited for', 5_000, undefined], ['waited for, and for 15 seconds at most', Infinity, expect.any(String)]])(
    'a read that lags behind is %s', async (_, after, expected) => {
      const { time, traffic } = stage.world;
      const begun = time.now();
      traffic.watch = () => { if (time.now() - begun >= after && entries().length > 0) service().console.deleteBaseAccount('Global'); };
      expect(await refusal()).toEqual(expected);
      expect([time.now() - begun >= Math.min(after, 15_000), time.now() - begun <= 15_000]).toEqual([true, true]);
    });
});
