import { RegistrationWorld } from './world';
import { StackResource } from '../../support/cloudformation/stack-resource';
import { Calls, Fault } from '../../support/fake-aws/calls';

/* A stack was deleted and has left everything; a second one takes it up. Connectors rely on the entry all the time. */

let world: RegistrationWorld;
let first: StackResource;
let second: StackResource;
beforeEach(async () => {
  world = await RegistrationWorld.start({ writeApi: true });
  first = world.resource({ stackName: 'First' });
  await first.create(world.properties());
  world.service.console.createConnector({ name: 'Production', arn: 'arn:aws:iam::222222222222:role/QualysConnector' });
  second = world.resource({ stackName: 'Second' });
});
afterEach(() => world.stop());

const adopting = () => world.properties({ AdoptExisting: 'true', Title: 'Taken up' });
const owner = () => world.record()?.owner.stackId.split('/')[1];
const KINDS: Fault[] = ['refuse', 'lose-answer', 'kill'];
const CALLS = 16;

test('with adoptExisting it takes the entry over, with the same key, and the record says whose it is', async () => {
  const key = world.keyAtService;
  const { answer } = await second.create(adopting());
  expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'REGISTERED', RegisteredAccessKeyId: key } });
  expect(world.service.baseAccounts()).toMatchObject([{ title: 'Taken up', accessKeyId: key }]);
  expect(owner()).toBe('Second');
  expect(world.record()).not.toHaveProperty('takenFrom');
});

test('from then on it is guarded, and goes with it; the first stack changes nothing any more', async () => {
  await second.create(adopting());
  expect((await second.delete()).Reason).toContain('1 connector of account type Global (Production)');
  expect((await first.delete()).Status).toBe('SUCCESS');
  expect(world.service.baseAccounts()).toHaveLength(1);
  await second.update({ ...adopting(), DeletionProtection: 'false' });
  expect((await second.delete()).Status).toBe('SUCCESS');
  expect(world.service.baseAccounts()).toEqual([]);
});

test('without adoptExisting it fails, says so, and its clean-up leaves everything', async () => {
  const { answer, cleanUp } = await second.create(world.properties());
  expect(answer.Reason).toContain('is managed by the resource BaseAccountRegistration1A2B3C4D of the stack First (');
  expect(answer.Reason).toContain('or set adoptExisting to take it over');
  expect(cleanUp!.Status).toBe('SUCCESS');
  expect(world.keyAtService).toBe(world.workingKey);
  expect(owner()).toBe('First');
});

test('what the service refuses leaves the entry as it was, and the record with the first stack', async () => {
  const before = world.record();
  world.service.faults.next({ match: { path: /update.am.awsbaseaccount/ } }, { kind: 'answer', status: 400, body: '{"ServiceResponse":{"responseCode":"INVALID_REQUEST"}}' });
  const { answer, cleanUp } = await second.create(adopting());
  expect(answer.Reason).toContain('INVALID_REQUEST');
  expect(cleanUp!.Status).toBe('SUCCESS');
  expect(world.service.baseAccounts()).toMatchObject([{ title: 'Central Security', accessKeyId: world.workingKey }]);
  expect({ ...world.record(), generation: before!.generation }).toEqual(before);
  expect(world.record()!.generation).toBeGreaterThan(before!.generation);
});

test('these are so many calls', async () => {
  world.calls = new Calls();
  await second.create(adopting());
  expect(world.calls.steps).toHaveLength(CALLS);
});

test.each(KINDS.flatMap((kind) => Array.from({ length: CALLS }, (_, k) => [kind, k + 1] as const)))(
  '%s at call %i: the clean-up leaves the entry with its key, and the next attempt takes it over', async (kind, at) => {
    world.calls = new Calls({ kind, at });
    const answer = await second.send('Create', adopting());
    world.calls = new Calls();
    second.physicalId = answer.PhysicalResourceId;
    const taken = owner() === 'Second' && world.record()!.takenFrom === undefined;
    const cleanUp = await second.send('Delete', adopting());
    // Taken over in whole, it is guarded like any other.
    expect(cleanUp.Status).toBe(taken ? 'FAILED' : 'SUCCESS');
    expect(owner()).toBe(taken ? 'Second' : 'First');
    expect(world.keyAtService).toBe(world.workingKey);

    expect((await second.create(adopting())).answer.Status).toBe('SUCCESS');
    expect(owner()).toBe('Second');
    expect(world.keyAtService).toBe(world.workingKey);
  });

test('where the service may have a key of the second stack, that one stays', async () => {
  await world.newKey();
  world.calls = new Calls({ kind: 'kill', at: CALLS - 3 });
  const { answer, cleanUp } = await second.create(adopting());
  world.calls = new Calls();
  expect(answer.Status).toBe('FAILED');
  expect(cleanUp!.Status).toBe('FAILED');
  const again = await second.send('Delete', adopting());
  expect(again.Reason).toContain(`may have the key ${world.workingKey} of this stack now; entry, key and user stay`);
  expect(world.keyAtService).toBe(world.workingKey);
  expect((await second.create(adopting())).answer.Status).toBe('SUCCESS');
});

test('a key that waits for a person is taken over as it waits', async () => {
  await first.delete();
  world.service.writeApi = false;
  const console = { Delivery: { Mode: 'CONSOLE' } } as const;
  world.parameters.clear();
  world.service.console.deleteBaseAccount('Global');
  await first.create(world.properties(console));
  const { answer } = await second.create(world.properties({ ...console, AdoptExisting: 'true' }));
  expect(answer.Data!.Status).toBe('AWAITING_CONSOLE');
  expect(owner()).toBe('Second');
  expect(world.record()).toMatchObject({ entryWasThere: false });
  expect(world.record()).not.toHaveProperty('takenFrom');
});
