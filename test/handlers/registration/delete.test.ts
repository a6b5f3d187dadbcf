import { RECORD, RegistrationWorld } from './world';
import { Calls, Fault } from '../../support/fake-aws/calls';

let world: RegistrationWorld;
afterEach(() => world.stop());
const start = async (writeApi: boolean) => { world = await RegistrationWorld.start({ writeApi }); };
const console = { Delivery: { Mode: 'CONSOLE' } } as const;

const paste = () => {
  const { accessKeyId, secretAccessKey } = world.secret.json('AWSCURRENT') as { accessKeyId: string; secretAccessKey: string };
  world.service.console.createBaseAccount({ title: 'Typed', awsAccountId: '111111111111', accountType: 'Global', accessKeyId, secretAccessKey });
};

describe('through the API', () => {
  beforeEach(() => start(true));

  test('removes the entry, verifies, and forgets it', async () => {
    const resource = world.resource();
    await resource.create(world.properties());
    expect((await resource.delete()).Status).toBe('SUCCESS');
    expect(world.service.baseAccounts()).toEqual([]);
    expect(world.parameters.size).toBe(0);
    expect((await resource.delete()).Status).toBe('SUCCESS');
  });

  test('an entry that is gone already is no fault', async () => {
    const resource = world.resource();
    await resource.create(world.properties());
    world.service.console.deleteBaseAccount('Global');
    expect((await resource.delete()).Status).toBe('SUCCESS');
    expect(world.parameters.size).toBe(0);
  });

  test('an entry that now belongs to another account stays', async () => {
    const resource = world.resource();
    await resource.create(world.properties());
    world.service.console.editBaseAccount('Global', { awsAccountId: '555555555555' });
    expect((await resource.delete()).Status).toBe('SUCCESS');
    expect(world.service.baseAccounts()).toHaveLength(1);
  });

  test('an ID that CloudFormation invented is recognized by the properties', async () => {
    const resource = world.resource();
    await resource.create(world.properties());
    const answer = await resource.send('Delete', world.properties(), { PhysicalResourceId: 'CentralSecurity-BaseAccountRegistration1A2B3C4D-1ABCDEFGHIJKL' });
    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'CentralSecurity-BaseAccountRegistration1A2B3C4D-1ABCDEFGHIJKL' });
    expect(world.service.baseAccounts()).toEqual([]);
  });

  test('a service that is down keeps the entry, the record, and so the key', async () => {
    const resource = world.resource();
    await resource.create(world.properties());
    world.service.faults.next({ times: 20 }, { kind: 'drop' });
    const answer = await resource.delete();
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('no connection') });
    expect(world.record()!.status).toBe('REGISTERED');
  });

  test('an entry that was adopted is not removed', async () => {
    paste();
    const resource = world.resource();
    const { answer } = await resource.create(world.properties({ AdoptExisting: 'true' }));
    expect(answer.Data!.Status).toBe('REGISTERED');
    const deleted = await resource.delete();
    expect(deleted.Reason).toContain('was there before this stack took it up');
    expect(world.service.baseAccounts()).toHaveLength(1);

    world.service.console.deleteBaseAccount('Global');
    expect((await resource.delete()).Status).toBe('SUCCESS');
    expect(world.parameters.size).toBe(0);
  });

  test('without adoptExisting an entry of the same account is left alone, by the create and by its clean-up (fault 46)', async () => {
    paste();
    const { answer, cleanUp } = await world.resource().create(world.properties());
    expect(answer.Reason).toContain('exists already, for AWS account 111111111111, and this stack did not make it. Set adoptExisting');
    expect(cleanUp!.Status).toBe('SUCCESS');
    expect(world.service.baseAccounts()[0]!.title).toBe('Typed');
  });

  test.each((['refuse', 'lose-answer', 'kill'] as Fault[]).flatMap((kind) => Array.from({ length: 14 }, (_, k) => [kind, k + 1] as const)))(
    'a create with the fault %s at call %i, then its clean-up: nothing is left (faults 3 and 4)', async (kind, at) => {
      const resource = world.resource();
      world.calls = new Calls({ at, kind });
      const first = await resource.send('Create', world.properties());
      world.calls = new Calls();
      resource.physicalId = first.PhysicalResourceId;
      const cleanUp = await resource.send('Delete', world.properties());
      expect(cleanUp.Status).toBe('SUCCESS');
      expect(world.service.baseAccounts()).toEqual([]);
      expect(world.parameters.size).toBe(0);

      const { answer } = await resource.create(world.properties());
      expect(answer.Status).toBe('SUCCESS');
      expect(world.keyAtService).toBe(world.workingKey);
    });
});

describe('in console mode', () => {
  beforeEach(() => start(false));

  test('while nobody has pasted the key there is nothing to remove', async () => {
    const resource = world.resource();
    await resource.create(world.properties(console));
    expect((await resource.delete()).Status).toBe('SUCCESS');
    expect(world.parameters.has(RECORD)).toBe(false);
  });

  test('it fails until the entry is gone, and says what to do', async () => {
    const resource = world.resource();
    await resource.create(world.properties(console));
    paste();
    const answer = await resource.delete();
    expect(answer.Status).toBe('FAILED');
    expect(answer.Reason).toContain('was entered at the console and is still there; while it is, the user and its key stay too');
    world.service.console.deleteBaseAccount('Global');
    expect((await resource.delete()).Status).toBe('SUCCESS');
  });
});
