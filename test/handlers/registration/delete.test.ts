import { BaseAccountStage } from '../../support/stage/base-account-stage';

let stage: BaseAccountStage;
const service = () => stage.world.service;
const entries = () => service().baseAccounts();
const nothingIsLeft = () => expect([entries(), stage.world.aws.parameters.size]).toEqual([[], 0]);
const type = () => service().console.createBaseAccount({
  title: 'Typed', awsAccountId: '111111111111', accountType: 'Global', accessKeyId: stage.currentKey!, secretAccessKey: stage.secret.json('AWSCURRENT')!.secretAccessKey!,
});

describe('through the API', () => {
  beforeEach(async () => {
    stage = new BaseAccountStage({ writeApi: true });
    await stage.deploy();
  });

  test('removes the entry, verifies, and forgets it, with no more calls than it needs, also twice', async () => {
    stage.world.traffic.calls = [];
    expect(await stage.ask('Delete', 'Registration')).toMatchObject({ Status: 'SUCCESS' });
    expect(stage.world.traffic.calls.map(({ step }) => step.replace(/^POST .*\/rest\/3.0\/(\w+\/am\/\w+).*$/, '$1'))).toEqual([
      'ssm:GetParameter', 'secretsmanager:GetSecretValue', 'search/am/awsbaseaccount', 'search/am/awsassetdataconnector', 'delete/am/awsbaseaccount',
      'search/am/awsbaseaccount', 'ssm:DeleteParameter', 'answer',
    ]);
    nothingIsLeft();
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
  });

  test('an entry that is gone already is no fault', async () => {
    service().console.deleteBaseAccount('Global');
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
    nothingIsLeft();
  });

  test('an entry that now belongs to another account stays', async () => {
    service().console.editBaseAccount('Global', { awsAccountId: '555555555555' });
    expect(await stage.ask('Delete', 'Registration')).toMatchObject({ Status: 'SUCCESS' });
    expect(entries()).toHaveLength(1);
  });

  test('an ID that CloudFormation invented is recognized by the properties', async () => {
    const physicalId = 'CentralSecurity-BaseAccountRegistration1A2B3C4D-1ABCDEFGHIJKL';
    expect(await stage.ask('Delete', 'Registration', { physicalId })).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: physicalId });
    expect(entries()).toEqual([]);
  });

  test('a service that is down keeps the entry, the record, and so the key', async () => {
    service().faults.next({ times: 20 }, { kind: 'drop' });
    expect(await stage.delete()).toBe('DELETE_FAILED');
    expect(stage.failure).toContain('no connection');
    expect([stage.record!.status, stage.keyIds]).toEqual(['REGISTERED', [stage.currentKey]]);
  });
});

describe('an entry that was there', () => {
  beforeEach(async () => {
    stage = new BaseAccountStage({ writeApi: true });
    await stage.deploy({}, { without: ['Registration'] });
    type();
  });

  test('and was adopted is not removed', async () => {
    await stage.deploy({ adoptExisting: true });
    expect(stage.stack.attribute('Registration', 'Status')).toBe('REGISTERED');
    expect(await stage.delete()).toBe('DELETE_FAILED');
    expect(stage.failure).toContain('was there before this stack took it up');
    expect(entries()).toHaveLength(1);
    service().console.deleteBaseAccount('Global');
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
    nothingIsLeft();
  });

  test('is left alone without adoptExisting, by the create and by its clean-up (fault 46)', async () => {
    expect(await stage.deploy()).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(stage.failure).toContain('exists already, for AWS account 111111111111, and this stack did not make it. Set adoptExisting');
    expect(entries()[0]!.title).toBe('Typed');
  });
});

describe('in console mode', () => {
  beforeEach(async () => {
    stage = new BaseAccountStage();
    await stage.deploy({ delivery: 'console' });
  });

  test('while nobody has pasted the key there is nothing to remove', async () => {
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
    nothingIsLeft();
  });

  test('it fails until the entry is gone, and says what to do', async () => {
    stage.enterKey();
    expect(await stage.delete()).toBe('DELETE_FAILED');
    expect(stage.failure).toContain('was entered at the console and is still there; while it is, the user and its key stay too');
    service().console.deleteBaseAccount('Global');
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
  });
});

describe('after a create that came to no end, with connectors that it moved', () => {
  const ID = { physicalId: 'qualys-base-account:qualysapi.connectors.example:GLOBAL' };
  const killAfter = (work: string) => {
    let isDone = false;
    stage.world.traffic.fault = ({ step }) => {
      const wasDone = isDone;
      isDone ||= step.includes(work);
      return wasDone ? 'kill' : undefined;
    };
  };
  beforeEach(async () => {
    stage = new BaseAccountStage({ writeApi: true });
    await stage.deploy({}, { without: ['Registration'] });
    service().console.createConnector({ name: 'Production', arn: 'arn:aws:iam::222222222222:role/QualysConnector' });
  });

  test('a repetition that finds what the first attempt has made does not make it older than it is', async () => {
    for (const work of ['/create/am/', 'sts:']) {
      killAfter(work);
      await stage.ask('Create', 'Registration');
      expect(stage.record).toMatchObject({ status: 'PUSHING', entryWasThere: false });
    }
    stage.world.traffic.fault = undefined;
    expect(await stage.ask('Delete', 'Registration', ID)).toMatchObject({ Status: 'SUCCESS' });
    expect(entries()).toEqual([]);
  });

  test('an entry that a person had made meanwhile is not taken for one of a failed create', async () => {
    service().writeApi = false;
    await stage.deploy({ delivery: 'console' });
    type();
    // From now on the API delivers: the update begins, and ends before it is confirmed.
    service().writeApi = true;
    const seen = new Set<string | undefined>();
    for (let at = 1; at <= 16; at++) {
      stage.world.traffic.restart();
      stage.world.traffic.fault = ({ number }) => (number === at ? 'kill' : undefined);
      await stage.ask('Update', 'Registration', { app: {} });
      seen.add(stage.record?.status);
      stage.world.traffic.fault = undefined;
      expect(await stage.ask('Delete', 'Registration', { app: {} })).toMatchObject({ Status: 'FAILED' });
      expect(stage.world.keyAtService).toBe(stage.currentKey);
    }
    expect(seen).toEqual(new Set(['AWAITING_CONSOLE', 'PUSHING', 'REGISTERED']));
  });
});
