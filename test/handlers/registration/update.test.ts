import { RegistrationWorld } from './world';
import { ensureKey } from '../../../lambda/keys/ensure-key';
import { WRITE_API_PRESET } from '../../../src/base-account/private/write-api-preset';
import { CertificateAuthority } from '../../support/certificates';
import { StackResource } from '../../support/cloudformation/stack-resource';
import { Calls } from '../../support/fake-aws/calls';

let world: RegistrationWorld;
let resource: StackResource;
beforeEach(async () => {
  world = await RegistrationWorld.start({ writeApi: true });
  resource = world.resource();
  await resource.create(world.properties());
});
afterEach(() => world.stop());

const entry = () => world.service.baseAccounts()[0];

test('a new title is edited in place', async () => {
  const { answer, cleanUp } = await resource.update(world.properties({ Title: 'Security & <Audit> "é"' }));
  expect(answer.Status).toBe('SUCCESS');
  expect(cleanUp).toBeUndefined();
  expect(entry()).toMatchObject({ title: 'Security & <Audit> "é"', accessKeyId: world.workingKey });
  expect(world.service.requests().filter((request) => request.path.includes('/update/am/awsbaseaccount'))).toHaveLength(1);
});

test('a new key is brought in place', async () => {
  const before = world.workingKey;
  await world.newKey();
  const { answer, cleanUp } = await resource.update(world.properties());
  expect(answer.Data!.RegisteredAccessKeyId).toBe(world.workingKey);
  expect(cleanUp).toBeUndefined();
  expect(world.keyAtService).toBe(world.workingKey);
  expect(world.keyAtService).not.toBe(before);
});

test('the current key goes out, whatever key the template knows', async () => {
  const { answer } = await resource.update(world.properties({ AccessKeyId: 'AKIAOLDOLDOLDOLDOLD0', Title: 'New' }));
  expect(answer.Data!.RegisteredAccessKeyId).toBe(world.workingKey);
});

test('another AWS account is edited in place', async () => {
  const stored = world.secret.json('AWSCURRENT')!;
  world.secret.put('v-other', JSON.stringify({ ...stored, accountId: '222222222222' }), 'AWSCURRENT');
  Object.assign(world.account, { accountId: '222222222222' });
  const { answer } = await resource.update(world.properties({ AwsAccountId: '222222222222' }));
  expect(answer.Status).toBe('SUCCESS');
  expect(entry()!.awsAccountId).toBe('222222222222');
});

test('another account type replaces: the new entry is there before the old one goes (fault 2)', async () => {
  Object.assign(world.account, { partition: 'aws-us-gov' });
  const { answer, cleanUp } = await resource.update(world.properties({ AccountType: 'US_GOVCLOUD', RecordName: '/cdk-qualys-connectors/base-account/localhost/US_GOVCLOUD' }));
  expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: expect.stringMatching(/:US_GOVCLOUD$/) });
  expect(cleanUp!.Status).toBe('SUCCESS');
  expect(world.service.baseAccounts().map((one) => one.accountType)).toEqual(['Gov']);
  expect([...world.parameters.keys()]).toEqual(['/cdk-qualys-connectors/base-account/localhost/US_GOVCLOUD']);
  const paths = world.service.requests().map((request) => request.path);
  expect(paths.findIndex((path) => path.includes('/delete/'))).toBeGreaterThan(paths.map((path) => path.includes('/create/')).lastIndexOf(true));
});

test('another platform replaces: the entry there is made before the one here goes (fault 2)', async () => {
  const tls = await CertificateAuthority.create();
  const here = await RegistrationWorld.start({ writeApi: true, tls });
  const there = await RegistrationWorld.standIn({ writeApi: true, tls });
  try {
    const moved = here.resource();
    await moved.create(here.properties());
    const { apiServer: ApiServer, gateway: Gateway, platformUrl: PlatformUrl } = there;
    const RecordName = '/cdk-qualys-connectors/base-account/there/GLOBAL';
    const both: number[] = [];
    here.calls = new Calls(undefined, () => { both.push(here.service.baseAccounts().length + there.baseAccounts().length); });
    const Service = { ...here.properties().Service, ApiServer, Gateway, PlatformUrl };
    const { answer, cleanUp } = await moved.update(here.properties({ Service, RecordName }));
    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: `qualys-base-account:${new URL(ApiServer).host}:GLOBAL` });
    expect(cleanUp!.Status).toBe('SUCCESS');
    expect(Math.min(...both)).toBe(1);
    expect(Math.max(...both)).toBe(2);
    expect([here.service.baseAccounts(), there.baseAccounts()]).toEqual([[], [expect.objectContaining({ accessKeyId: here.workingKey })]]);
  } finally {
    await here.stop();
    await there.stop();
  }
});

test('a replacement that fails is undone: the old entry stays, the new one goes (fault 2)', async () => {
  Object.assign(world.account, { partition: 'aws-us-gov' });
  const RecordName = '/cdk-qualys-connectors/base-account/localhost/US_GOVCLOUD';
  // The new entry is made and read back; only the last word about it is not written.
  world.calls = new Calls({ at: world.calls.steps.length - 1, kind: 'refuse' });
  const id = resource.physicalId;
  const answer = await resource.send('Update', world.properties({ AccountType: 'US_GOVCLOUD', RecordName }), { OldResourceProperties: world.properties() });
  expect(world.calls.steps).toContain('service:delete base account');
  expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: id });
  expect(world.service.baseAccounts().map((one) => one.accountType)).toEqual(['Global']);
  expect(world.parameters.has(RecordName)).toBe(false);
});

test('an entry that somebody removed at the console is made again (fault 45)', async () => {
  world.service.console.deleteBaseAccount('Global');
  const { answer } = await resource.update(world.properties({ Title: 'Again' }));
  expect(answer.Status).toBe('SUCCESS');
  expect(entry()).toMatchObject({ title: 'Again', accessKeyId: world.workingKey });
});

test('an entry that somebody gave to another account is not overwritten (faults 45 and 46)', async () => {
  world.service.console.editBaseAccount('Global', { awsAccountId: '555555555555' });
  const { answer } = await resource.update(world.properties({ Title: 'Mine' }));
  expect(answer.Reason).toContain('is of AWS account 555555555555');
  expect(entry()).toMatchObject({ awsAccountId: '555555555555', title: 'Central Security' });
});

test('a failed update keeps the ID, and the rollback restores title and key', async () => {
  world.service.faults.next({ match: { path: /search\/am\/awsbaseaccount/ }, times: 1 }, { kind: 'answer', status: 403 });
  const id = resource.physicalId;
  const { answer, rollback } = await resource.update(world.properties({ Title: 'Never' }));
  expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: id });
  expect(rollback).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: id });
  expect(entry()).toMatchObject({ title: 'Central Security', accessKeyId: world.workingKey });
});

test('from the API to the console: the service has the key already, so nothing waits', async () => {
  const { answer } = await resource.update(world.properties({ Delivery: { Mode: 'CONSOLE' } }));
  expect(answer.Data).toMatchObject({ Status: 'REGISTERED', RegisteredAccessKeyId: world.workingKey });
});

test('in console mode a new key waits beside an entry that is there already', async () => {
  await resource.update(world.properties({ Delivery: { Mode: 'CONSOLE' } }));
  const before = world.keyAtService;
  await world.newKey();
  const { answer } = await resource.update(world.properties({ Delivery: { Mode: 'CONSOLE' } }));
  expect(answer.Data).toMatchObject({ Status: 'AWAITING_CONSOLE', RegisteredAccessKeyId: before });
  expect(answer.Data!.NextStep).toContain('select the Global entry, Edit');
  // The entry was there before, so that it is there says nothing about the new key.
  const { answer: later } = await resource.update(world.properties({ Delivery: { Mode: 'CONSOLE' }, Title: 'Later' }));
  expect(later.Data!.Status).toBe('AWAITING_CONSOLE');
});

test('a change that the service refuses leaves the record as it was: nothing has arrived', async () => {
  const before = world.record()!;
  world.service.faults.next({ match: { path: /update\/am/ } }, { kind: 'answer', status: 400, body: '{"ServiceResponse":{"responseCode":"INVALID_REQUEST"}}' });
  await resource.send('Update', world.properties({ Title: 'Never' }), { OldResourceProperties: world.properties() });
  expect(world.record()).toEqual({ ...before, generation: before.generation + 1 });
});

test('a key that a rotation promotes while the old one is being pushed is brought after it', async () => {
  const key = { accessKeyId: 'none' };
  world.calls = new Calls(undefined, () => {
    if (key.accessKeyId === 'none' && world.calls.steps.at(-1) === 'service:update base account') {
      Object.assign(key, world.account.createKey('qualys-base-account'));
      const stored = { ...world.secret.json('AWSCURRENT')!, accessKeyId: key.accessKeyId, secretAccessKey: world.account.keys.at(-1)!.secretAccessKey };
      world.secret.put('rotation', JSON.stringify(stored), 'AWSCURRENT');
    }
  });
  const { answer } = await resource.update(world.properties({ Title: 'Meanwhile' }));
  expect(answer.Data!.RegisteredAccessKeyId).toBe(key.accessKeyId);
  expect(world.keyAtService).toBe(key.accessKeyId);
});

describe('ownership', () => {
  test('a second stack is told who manages the entry', async () => {
    const { answer, cleanUp } = await world.resource({ stackName: 'Second' }).create(world.properties({ Title: 'Second' }));
    expect(answer.Reason).toContain('is managed by the resource BaseAccountRegistration1A2B3C4D of the stack CentralSecurity');
    expect(answer.Reason).toContain('set adoptExisting');
    expect(cleanUp!.Status).toBe('SUCCESS');
    expect(entry()!.title).toBe('Central Security');
    expect(world.record()!.status).toBe('REGISTERED');
  });

  test('with adoptExisting it takes over, and the late delete of the first changes nothing', async () => {
    const second = world.resource({ stackName: 'Second' });
    const { answer } = await second.create(world.properties({ Title: 'Second', AdoptExisting: 'true' }));
    expect(answer.Status).toBe('SUCCESS');
    const late = await resource.delete();
    expect(late.Status).toBe('SUCCESS');
    expect(entry()).toMatchObject({ title: 'Second', accessKeyId: world.workingKey });
  });

  test('a lost record does not keep the stack from its own entry', async () => {
    world.parameters.clear();
    const { answer } = await resource.update(world.properties({ Title: 'Found' }));
    expect(answer.Status).toBe('SUCCESS');
    expect(entry()!.title).toBe('Found');
    expect(world.record()).toMatchObject({ status: 'REGISTERED' });
  });

  test('a parameter that is no record is not overwritten', async () => {
    world.parameters.set([...world.parameters.keys()][0]!, 'somebody else\'s');
    const { answer } = await resource.update(world.properties({ Title: 'X' }));
    expect(answer.Reason).toContain('is not a record that this library wrote');
  });
});

describe('a fault at any call of an update', () => {
  test('is mended by the next one', async () => {
    const count = async () => {
      world.calls = new Calls();
      await resource.update(world.properties({ Title: 'Counting' }));
      return world.calls.steps.length;
    };
    const steps = await count();
    expect(steps).toBeGreaterThan(8);
    for (const kind of ['refuse', 'lose-answer', 'kill'] as const) {
      for (let at = 1; at <= steps; at++) {
        const Title = `${kind} ${at}`;
        world.calls = new Calls({ at, kind });
        await resource.send('Update', world.properties({ Title }), { OldResourceProperties: world.properties() });
        world.calls = new Calls();
        const { answer } = await resource.update(world.properties({ Title }));
        expect(answer.Status).toBe('SUCCESS');
        expect(entry()).toMatchObject({ title: Title, accessKeyId: world.workingKey });
        expect(world.record()!.status).toBe('REGISTERED');
      }
    }
  });
});

test('the user\'s new key after a change of its name is pushed for the new user', async () => {
  world.account.users.add('renamed');
  await ensureKey(world.engine(new Calls(), 'renamed'), '0b1de7a2-4f61-4f0c-9d0e-6f1f0d3b2c02');
  const { answer } = await resource.update(world.properties({ UserName: 'renamed', Delivery: { Mode: 'API', Api: WRITE_API_PRESET } }));
  expect(answer.Status).toBe('SUCCESS');
  expect(world.keyAtService).toBe(world.workingKey);
});
