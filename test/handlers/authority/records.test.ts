import { MINTING_TAG } from '../../../src/wire/access-key';
import { CANCELLATION_SUFFIX } from '../../../src/wire/base-account';
import { BASE, EXTERNAL_ID, QUALYS } from '../../support/stage/apps/role-trust';
import { BaseAccountStage, DAY } from '../../support/stage/base-account-stage';
import { documentOf, ORIGINAL, RoleTrustStage, SOMEBODY, VENDOR } from '../../support/stage/role-trust-stage';

const ATTACKER = '666666666666';
const letIn = (account: string, externalId = EXTERNAL_ID) => VENDOR.replace(QUALYS, account).replace(EXTERNAL_ID, externalId);

describe('whoever can write the record of a role\'s trust does not get into the role (fault 88)', () => {
  let stage: RoleTrustStage;
  beforeEach(async () => {
    stage = new RoleTrustStage();
    expect(await stage.deploy({ trust: 'base' })).toBe('CREATE_COMPLETE');
  });
  const plant = (changes: object) => {
    const { parameters } = stage.world.aws;
    parameters.set(stage.recordName, JSON.stringify({ ...JSON.parse(parameters.get(stage.recordName)!), ...changes }));
  };
  const trusts = (account: string) => stage.document.includes(account);

  test.each<[string, object]>([
    ['with an account of his, which the record calls the service', { previous: documentOf(letIn(ATTACKER), SOMEBODY), accounts: [BASE, QUALYS, ATTACKER] }],
    ['with an external ID of his', { previous: documentOf(letIn(QUALYS, 'mine-alone'), SOMEBODY), externalIds: [EXTERNAL_ID, 'mine-alone'] }],
    ['with everybody', { previous: documentOf(VENDOR.replace(`{"AWS":"arn:aws:iam::${QUALYS}:root"}`, '"*"')) }],
  ])('by a former document %s: it does not come back, and what to do is said', async (_, planted) => {
    plant(planted);
    expect(await stage.deploy({ trust: 'both' })).toMatch(/COMPLETE$/);
    const answer = await stage.ask('Delete', 'Trust');
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('is not put back') });
    expect([trusts(ATTACKER), stage.document.includes('mine-alone'), stage.document.includes('"*"')]).toEqual([false, false, false]);
  });

  test('by a statement of his beside the service\'s in the former document: that one does not come back', async () => {
    plant({ previous: documentOf(VENDOR, SOMEBODY.replace('ec2.amazonaws.com', 'lambda.amazonaws.com')) });
    expect(await stage.ask('Delete', 'Trust')).toMatchObject({ Status: 'SUCCESS' });
    expect([stage.document.includes('lambda.amazonaws.com'), stage.document.includes('ec2.amazonaws.com'), trusts(QUALYS)]).toEqual([false, true, true]);
  });

  test.each<[string, string]>([
    ['everybody', '{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}'],
    ['an account of his', letIn(ATTACKER)],
    ['somebody beside the service', SOMEBODY],
  ])('by the statements of an heir that name %s', async (_, statement) => {
    plant({ predecessor: { owner: { stackId: stage.stack.stackId, logicalId: 'Trust' }, statements: [VENDOR, statement] }, owner: { stackId: stage.stack.stackId, logicalId: 'Trust' } });
    const before = stage.document;
    const answer = await stage.ask('Delete', 'Trust');
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('is not put back') });
    expect(stage.document).toBe(before);
  });

  test('the genuine one comes back', async () => {
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
    expect(stage.document).toBe(ORIGINAL);
  });
});

describe('whoever can write the record of a registration', () => {
  let stage: BaseAccountStage;
  beforeEach(async () => {
    stage = new BaseAccountStage({ writeApi: true });
    expect(await stage.deploy()).toBe('CREATE_COMPLETE');
  });
  const plant = (changes: object) => stage.world.aws.parameters.set(stage.recordName, JSON.stringify({ ...stage.record, ...changes }));

  test.each<[string, () => void]>([
    ['another owner', () => plant({ owner: { stackId: 'arn:aws:cloudformation:us-east-1:111111111111:stack/Somebody/1', logicalId: 'X' } })],
    ['none', () => stage.world.aws.parameters.delete(stage.recordName)],
  ])('and gives it %s does not have the key removed under the entry (fault 89)', async (_, change) => {
    change();
    expect(await stage.delete()).toBe('DELETE_FAILED');
    expect(stage.failure).toContain('delete this resource with the stack option to retain it');
    expect([stage.world.service.baseAccounts().length, stage.world.serviceCalls()]).toEqual([1, true]);
  });

  test.each(['someday', '2999', '2026-13-45T00:00:00.000Z', ''])('and writes a date that is none, %p, does not keep an old key for ever beside a healthy heartbeat (fault 90)', async (at) => {
    await stage.rotate();
    plant({ promoted: { accessKeyId: stage.currentKey, at } });
    stage.world.time.advance(30 * DAY);
    expect(await stage.dailyRun()).toMatchObject({ outcome: 'threw', error: { message: expect.stringContaining('is not a record that this library wrote') } });
    const line = stage.world.log.filter((one) => one.includes('"_aws"')).at(-1)!;
    expect(JSON.parse(line)).not.toHaveProperty('Heartbeat');
    expect(line).not.toContain('null');
  });

  describe('between a read and the write after it', () => {
    const TOKEN = '11111111-2222-4333-8444-555555555555';
    const OTHER = { stackId: 'arn:aws:cloudformation:us-east-1:111111111111:stack/Other/1', logicalId: 'Registration' };
    /** Once. */
    const beforeWrite = (change: object) => {
      stage.world.traffic.fault = ({ step }) => {
        if (step !== 'ssm:PutParameter') return undefined;
        stage.world.traffic.fault = undefined;
        plant(change);
        return undefined;
      };
    };
    test('for another stack: a deployment looks anew, and leaves it (fault 91)', async () => {
      const { owner, mark } = stage.record!;
      beforeWrite({ owner: OTHER, former: { owner, mark } });
      expect(await stage.deploy({ title: 'New' })).toBe('UPDATE_ROLLBACK_COMPLETE');
      expect(stage.failure).toContain('is managed by the resource Registration of the stack Other');
      expect([stage.record!.owner, stage.world.service.baseAccounts().map(({ title }) => title)]).toEqual([OTHER, ['Central Security']]);
    });

    const rotating = () => {
      stage.world.time.advance(90 * DAY);
      stage.secret.beginRotation(TOKEN);
    };

    test('for another stack: a rotation ends, and it stays the other one\'s (fault 91)', async () => {
      rotating();
      await stage.step('createSecret', TOKEN);
      beforeWrite({ owner: OTHER });
      expect(await stage.step('setSecret', TOKEN)).toMatchObject({ outcome: 'threw', error: { message: expect.stringContaining('was written by somebody else at the same time') } });
      expect(stage.record!.owner).toEqual(OTHER);
    });

    test('for the same resource: what the rotation knows is written into it (fault 91)', async () => {
      rotating();
      for (const step of ['createSecret', 'setSecret', 'testSecret']) await stage.step(step, TOKEN);
      beforeWrite({ generation: 99 });
      expect((await stage.step('finishSecret', TOKEN)).outcome).toBe('returned');
      expect(stage.record).toMatchObject({ generation: 100, promoted: { accessKeyId: stage.currentKey } });
    });
  });
});

test('whoever can write beside the record does not undo a Create: only a Delete of this resource can sign its note (fault 92)', async () => {
  const stage = new BaseAccountStage({ writeApi: true });
  const { traffic, aws } = stage.world;
  traffic.watch = ({ step }) => { if (step.includes('/create/am/awsbaseaccount')) aws.parameters.set(stage.recordName + CANCELLATION_SUFFIX, '00000000-0000-4000-8000-000000000000 00'); };
  expect(await stage.deploy()).toBe('CREATE_COMPLETE');
  expect(stage.world.service.baseAccounts()).toHaveLength(1);
  expect(stage.world.log.some((line) => line.includes('was not written by this library, and is not heeded'))).toBe(true);
});

test('whoever can write the tags of the secret does not have a key deleted that a person uses (fault 93)', async () => {
  const stage = new BaseAccountStage({ writeApi: true });
  await stage.deploy();
  const { account } = stage.world.aws;
  const own = account.createKey('qualys-base-account');
  account.use(own);
  const since = new Date(stage.world.time.now() - 60_000).toISOString();
  stage.secret.tags.set(MINTING_TAG, `since ${since} 11111111-2222-4333-8444-555555555555 ${stage.currentKey} user:qualys-base-account of a1b2c3`);
  account.keys.find(({ accessKeyId }) => accessKeyId === stage.currentKey)!.status = 'Inactive';
  await stage.dailyRun();
  expect(stage.keyIds).toContain(own.accessKeyId);
  expect(await stage.delete()).toBe('DELETE_FAILED');
  expect(stage.keyIds).toContain(own.accessKeyId);
});
