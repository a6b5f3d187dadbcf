import { FakeStackSet } from '../../support/fake-aws/organization/stack-sets';
import { SESSION_SECRET } from '../../support/fake-aws/sts';
import { EXTERNAL_ID_PREFIX } from '../../support/stage/apps/base-account';
import { BaseAccountStage } from '../../support/stage/base-account-stage';

const ACCOUNTS = ['222222222222', '333333333333', '012345678901'];
const VERIFIED = { verifyAccessTo: [ACCOUNTS] };
/** So many accounts that five of them are a sample. */
const MANY = Array.from({ length: 60 }, (_, index) => String(500_000_000_000 + index));

let stage: BaseAccountStage;
const start = (writeApi = true) => { stage = new BaseAccountStage({ writeApi }); };
beforeEach(() => start());

const roles = () => stage.world.aws.connectedRoles;
const ready = (accounts: readonly string[] = ACCOUNTS) => accounts.forEach((account) => roles().set(account, { externalId: `${EXTERNAL_ID_PREFIX}${account}` }));
const sent = () => stage.world.service.requests().filter(({ path }) => /awsbaseaccount/.test(path) && !/\/search\//.test(path));
const attempts = () => stage.world.traffic.calls.filter(({ step }) => step === 'sts:AssumeRole').length;
const isRight = ({ roleArn, externalId }: { readonly roleArn: string; readonly externalId?: string }) => externalId === `${EXTERNAL_ID_PREFIX}${roleArn.split(':')[4]}`;

describe('before a key is sent', () => {
  test('it gets into the role of each account, with the account\'s own external ID, and into none with a wrong one', async () => {
    ready();
    expect(await stage.deploy(VERIFIED)).toBe('CREATE_COMPLETE');
    const { calls } = roles();
    expect(calls.filter(isRight).map(({ roleArn }) => roleArn)).toEqual(ACCOUNTS.map((account) => `arn:aws:iam::${account}:role/QualysConnector`));
    const wrong = calls.filter((call) => !isRight(call));
    expect(wrong.map(({ roleArn }) => roleArn.split(':')[4])).toEqual(ACCOUNTS);
    // In its last character alone: a trust policy with wildcards would let it in.
    wrong.forEach(({ roleArn, externalId }) => {
      expect(externalId!.slice(0, -1)).toBe(`${EXTERNAL_ID_PREFIX}${roleArn.split(':')[4]}`.slice(0, -1));
    });
    expect(new Set(calls.map(({ callerArn }) => callerArn))).toEqual(new Set(['arn:aws:iam::111111111111:user/qualys-base-account']));
    expect(stage.record).toMatchObject({ status: 'REGISTERED', proven: [expect.stringMatching(/^[0-9a-f]{16}$/)] });
  });

  test.each([true, false])('a role that refuses fails the deployment, and nothing was sent, asked for or written down (write API: %s) (fault 128)', async (writeApi) => {
    start(writeApi);
    ready(['222222222222', '012345678901']);
    expect(await stage.deploy({ ...VERIFIED, notify: true })).toBe('ROLLBACK_COMPLETE');
    expect(stage.failure).toContain('Registration CREATE_FAILED: the key of the user qualys-base-account was tried on 3 roles for verifyAccessTo, and 1 of them is not as needed: 333333333333 (AWS denies it). '
      + 'Nothing was sent to the service, which goes on as before. Let these roles trust the user with the external ID of the code');
    expect(sent()).toEqual([]);
    expect(stage.world.service.baseAccounts()).toEqual([]);
    expect(stage.world.aws.published).toEqual([]);
    expect(stage.record).toBeUndefined();
  });

  test('five of the accounts are named, and the rest counted', async () => {
    ready(MANY.slice(0, 10));
    await stage.deploy({ verifyAccessTo: [MANY] });
    expect(stage.failure).toContain('was tried on 60 roles for verifyAccessTo, and 50 of them are not as needed: 500000000010 (AWS denies it), 500000000011 (AWS denies it), ');
    expect(stage.failure).toContain('500000000014 (AWS denies it) and 45 more. Nothing was sent');
  });

  test('a role that lets the user in with a wrong external ID fails the deployment (fault 129)', async () => {
    ready();
    roles().set('333333333333', { externalId: '', compares: (given) => given.startsWith(EXTERNAL_ID_PREFIX) });
    expect(await stage.deploy(VERIFIED)).toBe('ROLLBACK_COMPLETE');
    expect(stage.failure).toContain('1 of them is not as needed: 333333333333 (it lets the user in with a wrong external ID)');
    expect(stage.failure).toContain('Let the trust policies compare sts:ExternalId by StringEquals, without wildcards');
    expect(sent()).toEqual([]);
  });

  test('of each source five roles are asked with a wrong external ID, from all over its list', async () => {
    ready([...MANY, ...ACCOUNTS]);
    expect(await stage.deploy({ verifyAccessTo: [MANY, ACCOUNTS] })).toBe('CREATE_COMPLETE');
    const wrong = roles().calls.filter((call) => !isRight(call)).map(({ roleArn }) => roleArn.split(':')[4]);
    expect(wrong).toEqual([MANY[0], MANY[12], MANY[24], MANY[36], MANY[48], ...ACCOUNTS]);
    expect(roles().calls.filter(isRight)).toHaveLength(63);
  });

  test('an account in two sources is tried once', async () => {
    ready();
    expect(await stage.deploy({ verifyAccessTo: [ACCOUNTS, ACCOUNTS.slice(1)] })).toBe('CREATE_COMPLETE');
    expect(roles().calls.filter(isRight)).toHaveLength(3);
  });

  test('what is refused while IAM settles is tried again, and no more than that', async () => {
    ready();
    roles().set('333333333333', { externalId: `${EXTERNAL_ID_PREFIX}333333333333`, since: stage.world.time.now() + 20_000 });
    expect(await stage.deploy(VERIFIED)).toBe('CREATE_COMPLETE');
    const tried = (account: string) => roles().calls.filter((call) => isRight(call) && call.roleArn.includes(account)).length;
    expect([tried('222222222222'), tried('333333333333')]).toEqual([1, 5]);
  });

  test('a call without an answer takes ten seconds of its own, and is repeated (fault 130)', async () => {
    ready();
    let hung = 0;
    stage.world.traffic.fault = ({ step }) => (step === 'sts:AssumeRole' && hung++ < 2 ? 'hang' : undefined);
    const begun = stage.world.time.now();
    expect(await stage.deploy(VERIFIED)).toBe('CREATE_COMPLETE');
    expect(stage.world.time.now() - begun).toBeLessThan(30_000);
  });

  test('where AWS answers nothing at all, the deployment fails for that', async () => {
    ready();
    stage.world.traffic.fault = ({ step }) => (step === 'sts:AssumeRole' ? 'server-error' : undefined);
    expect(await stage.deploy(VERIFIED)).toBe('ROLLBACK_COMPLETE');
    expect(stage.failure).toContain('222222222222 (AWS does not answer)');
    expect(sent()).toEqual([]);
  });

  test('a wrong external ID is asked again where no answer comes, and fails the deployment without one', async () => {
    ready();
    const deploy = async (silent: number): Promise<string> => {
      let wrong = 0;
      stage.world.traffic.fault = ({ step }) => (step === 'sts:AssumeRole' && attempts() > 3 && wrong++ < silent ? 'server-error' : undefined);
      return stage.deploy(VERIFIED);
    };
    expect(await deploy(6)).toBe('CREATE_COMPLETE');
    start();
    ready();
    expect(await deploy(9)).toBe('ROLLBACK_COMPLETE');
    expect(stage.failure).toContain('AWS does not answer a call with a wrong external ID');
  });

  test('twenty at a time, within the time of the function; what is not tried then is not in (fault 131)', async () => {
    const accounts = Array.from({ length: 400 }, (_, index) => String(600_000_000_000 + index));
    ready(accounts);
    let [open, most] = [0, 0];
    // Half of it passes before the call takes effect.
    stage.world.traffic.latency = ({ step }) => (step === 'sts:AssumeRole' ? 16_000 : 0);
    stage.world.traffic.watch = ({ step }) => { if (step === 'sts:AssumeRole') open--; };
    stage.world.traffic.gate = async ({ step }) => { if (step === 'sts:AssumeRole') most = Math.max(most, ++open); };
    expect(await stage.deploy({ verifyAccessTo: [accounts] })).toBe('ROLLBACK_COMPLETE');
    expect(most).toBe(20);
    expect(stage.failure).toMatch(/AWS does not answer|the time was used up before it was tried/);
    expect(sent()).toEqual([]);
  });
});

describe('of accounts that the deployment finds', () => {
  const SET = 'roles';
  const set = () => stage.world.aws.stackSets.get(SET)!;
  const inOrganization = () => {
    const { aws } = stage.world;
    for (const account of ACCOUNTS) aws.organization.join(account, undefined, account === '333333333333' ? 'ou-ab12-c3d4e5f6' : 'ou-ab12-00000000');
    aws.stackSets.set(SET, new FakeStackSet(SET, aws.region, aws.partition));
    set().deploy(ACCOUNTS);
    ready();
  };
  const failAndWait = () => {
    set().begin(['333333333333', '012345678901']);
    set().fail('333333333333', 'QualysConnector already exists');
  };
  beforeEach(inOrganization);

  test('the role of each instance of a stack set is tried, and read with the rights of the template', async () => {
    expect(await stage.deploy({ verifyStackSet: [SET] })).toBe('CREATE_COMPLETE');
    expect(roles().calls.filter(isRight)).toHaveLength(3);
  });

  test('instances that wait or have failed count as not in, with the reason; those that are left out count for nothing (fault 134)', async () => {
    failAndWait();
    expect(await stage.deploy({ verifyStackSet: [SET] })).toBe('ROLLBACK_COMPLETE');
    expect(stage.failure).toContain('tried on 3 roles for verifyAccessTo, and 2 of them are not as needed: 333333333333 (the stack instance is FAILED: QualysConnector already exists), 012345678901 (its stack instance is not there yet)');
    start();
    inOrganization();
    failAndWait();
    expect(await stage.deploy({ verifyStackSet: [SET, '333333333333', '012345678901'] })).toBe('CREATE_COMPLETE');
  });

  test('the accounts of units are those that stand in them', async () => {
    expect(await stage.deploy({ verifyUnits: ['ou-ab12-00000000', '012345678901'] })).toBe('CREATE_COMPLETE');
    expect(roles().calls.filter(isRight).map(({ roleArn }) => roleArn.split(':')[4])).toEqual(['222222222222']);
  });

  test('the organization is asked once for all sources', async () => {
    expect(await stage.deploy({ verifyStackSet: [SET], verifyUnits: ['r-ab12'] })).toBe('CREATE_COMPLETE');
    expect(stage.world.traffic.calls.filter(({ step }) => step === 'organizations:ListAccounts')).toHaveLength(1);
  });

  test('no account at all is no proof', async () => {
    set().instances.clear();
    await stage.deploy({ verifyStackSet: [SET] });
    expect(stage.failure).toContain('verifyAccessTo has found no account, so that nothing is proven; nothing was sent to the service');
    expect(sent()).toEqual([]);
  });
});

describe('once the service calls as the user', () => {
  test('nothing is tried again while user and sources stay: a title, a new key, a rotation', async () => {
    ready();
    expect(await stage.deploy(VERIFIED)).toBe('CREATE_COMPLETE');
    const before = attempts();
    ACCOUNTS.forEach((account) => roles().set(account, { externalId: 'broken' }));
    expect(await stage.deploy({ ...VERIFIED, title: 'Another' })).toBe('UPDATE_COMPLETE');
    expect(await stage.rotate()).toMatchObject({ outcome: 'returned' });
    expect(await stage.deploy({ ...VERIFIED, title: 'A third' })).toBe('UPDATE_COMPLETE');
    expect(attempts()).toBe(before);
  });

  test('other sources are proven, and a refusal rolls back, for which nothing is tried again (fault 132)', async () => {
    ready();
    expect(await stage.deploy(VERIFIED)).toBe('CREATE_COMPLETE');
    roles().set('222222222222', { externalId: 'broken' });
    expect(await stage.deploy({ verifyAccessTo: [[...ACCOUNTS, '444444444444']] })).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(stage.failure).toContain('was tried on 4 roles for verifyAccessTo, and 2 of them are not as needed');
    expect(stage.record).toMatchObject({ status: 'REGISTERED' });
    expect(stage.world.keyAtService).toBe(stage.currentKey);
  });

  test('another user is proven before the service hears of its key', async () => {
    ready();
    expect(await stage.deploy(VERIFIED)).toBe('CREATE_COMPLETE');
    ACCOUNTS.forEach((account) => roles().set(account, { externalId: `${EXTERNAL_ID_PREFIX}${account}`, trusts: (arn) => arn.endsWith('/qualys-base-account') }));
    const key = stage.world.keyAtService;
    expect(await stage.deploy({ ...VERIFIED, userName: 'another' })).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(stage.failure).toContain('the key of the user another was tried on 3 roles');
    expect(stage.world.keyAtService).toBe(key);
    expect(stage.world.keyWorks).toBe(true);
  });

  test('a record that says more than the service shows is not believed', async () => {
    ready();
    expect(await stage.deploy(VERIFIED)).toBe('CREATE_COMPLETE');
    stage.world.service.console.deleteBaseAccount('Global');
    ACCOUNTS.forEach((account) => roles().set(account, { externalId: 'broken' }));
    await stage.deploy({ ...VERIFIED, title: 'Another' });
    expect(stage.failures[0]).toContain('was tried on 3 roles for verifyAccessTo, and 3 of them are not as needed');
  });

  test('where a person has to enter the key it is proven at each deployment until the entry is there', async () => {
    start(false);
    ready();
    expect(await stage.deploy(VERIFIED)).toBe('CREATE_COMPLETE');
    expect(stage.record).toMatchObject({ status: 'AWAITING_CONSOLE' });
    const before = attempts();
    expect(await stage.deploy({ ...VERIFIED, title: 'Another' })).toBe('UPDATE_COMPLETE');
    expect(attempts()).toBe(before * 2);
  });

  test('a deletion tries nothing', async () => {
    ready();
    expect(await stage.deploy(VERIFIED)).toBe('CREATE_COMPLETE');
    const before = attempts();
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
    expect(attempts()).toBe(before);
  });
});

describe('whoever can invoke the function (fault 133)', () => {
  beforeEach(async () => {
    ready();
    expect(await stage.deploy(VERIFIED)).toBe('CREATE_COMPLETE');
    stage.world.traffic.calls = [];
  });
  const source = () => stage.stack.resources.get('Registration')!.properties.VerifyAccessTo[0];

  test.each<[string, () => object]>([
    ['other accounts', () => ({ VerifyAccessTo: [{ ...source(), AccountIds: ['999999999999'] }] })],
    ['another role', () => ({ VerifyAccessTo: [{ ...source(), RoleName: 'Administrator' }] })],
    ['another external ID', () => ({ VerifyAccessTo: [{ ...source(), ExternalId: 'guessed-by-somebody' }] })],
    ['a source more', () => ({ VerifyAccessTo: [source(), { ...source(), AccountIds: ['999999999999'] }] })],
    ['no source', () => ({ VerifyAccessTo: undefined })],
    ['a stack set', () => ({ VerifyAccessTo: [{ ...source(), Kind: 'STACK_SET', StackSetName: 'others', StackSetRegion: 'us-east-1', CallAs: 'SELF' }] })],
  ])('cannot have the key tried on %s', async (_, properties) => {
    for (const requestType of ['Create', 'Update'] as const) expect(await stage.forge(requestType, 'Registration', properties())).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('the event asks for another VerifyAccessTo than this function was deployed with; nothing was called') });

    expect(stage.world.traffic.calls.filter(({ step }) => step !== 'answer')).toEqual([]);
  });
});

test('what a session would let in to is on no surface, and the key\'s secret is not either', async () => {
  ready(['222222222222']);
  await stage.deploy(VERIFIED);
  const refused = stage;
  start();
  ready();
  expect(await stage.deploy(VERIFIED)).toBe('CREATE_COMPLETE');
  for (const { world, stack } of [refused, stage]) {
    const attributes = [...stack.resources.values()].map((resource) => resource.attributes);
    const seen = JSON.stringify([world.log, stack.events, attributes, [...world.aws.parameters]]);
    expect(world.secrets()).toContain(SESSION_SECRET);
    for (const secret of world.secrets()) expect(seen).not.toContain(secret);
  }
  expect(stage.world.log.join('\n')).toContain('verifyAccessTo: the user qualys-base-account gets into the roles of all 3 accounts');
});
