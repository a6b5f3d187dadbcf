import { RegistrationWorld } from './world';
import { StackResource } from '../../support/cloudformation/stack-resource';
import { Calls, Fault } from '../../support/fake-aws/calls';

/* A deletion that is broken at any of its calls, and repeated. */

let world: RegistrationWorld;
let resource: StackResource;
afterEach(() => world.stop());

const KINDS: Fault[] = ['refuse', 'lose-answer', 'kill'];
const at = (calls: number) => KINDS.flatMap((kind) => Array.from({ length: calls }, (_, k) => [kind, k + 1] as const));
const connector = () => world.service.console.createConnector({ name: 'Production', arn: 'arn:aws:iam::222222222222:role/QualysConnector' });

async function start(writeApi = true): Promise<void> {
  world = await RegistrationWorld.start({ writeApi });
  resource = world.resource();
}

async function stepsOf(action: () => Promise<unknown>): Promise<string[]> {
  world.calls = new Calls();
  await action();
  return world.calls.steps;
}

async function broken(kind: Fault, call: number, action: () => Promise<{ readonly Status: string }>): Promise<string> {
  world.calls = new Calls({ kind, at: call });
  const { Status } = await action();
  world.calls = new Calls();
  return Status;
}

const DELETE = [
  'ssm:GetParameter', 'service:search awsbaseaccount', 'service:search connectors', 'service:delete base account', 'service:search awsbaseaccount',
  'ssm:DeleteParameter',
];

test('these are the calls of a deletion', async () => {
  await start();
  await resource.create(world.properties());
  expect(await stepsOf(() => resource.delete())).toEqual(DELETE);
});

test.each(at(DELETE.length))('%s at call %i: the repetition ends with neither entry nor record', async (kind, call) => {
  await start();
  await resource.create(world.properties());
  const status = await broken(kind, call, () => resource.delete());
  if (status === 'SUCCESS') {
    expect(world.service.baseAccounts()).toEqual([]);
  } else if (world.service.baseAccounts().length > 0) {
    expect(world.keyAtService).toBe(world.workingKey);
    expect(world.record()!.status).toBe('REGISTERED');
  }
  expect((await resource.delete()).Status).toBe('SUCCESS');
  expect(world.service.baseAccounts()).toEqual([]);
  expect(world.parameters.size).toBe(0);
});

test.each(at(3))('%s at call %i of one that connectors refuse: it fails, and nothing is gone', async (kind, call) => {
  await start();
  await resource.create(world.properties());
  connector();
  for (const status of [await broken(kind, call, () => resource.delete()), (await resource.delete()).Status]) {
    expect(status).toBe('FAILED');
    expect(world.keyAtService).toBe(world.workingKey);
    expect(world.record()!.status).toBe('REGISTERED');
  }
});

test.each(at(7))('%s at call %i in console mode: it fails until a person has removed the entry', async (kind, call) => {
  await start(false);
  await resource.create(world.properties({ Delivery: { Mode: 'CONSOLE' } }));
  const { accessKeyId, secretAccessKey } = world.secret.json('AWSCURRENT') as { accessKeyId: string; secretAccessKey: string };
  world.service.console.createBaseAccount({ title: 'Typed', awsAccountId: '111111111111', accountType: 'Global', accessKeyId, secretAccessKey });
  expect(await broken(kind, call, () => resource.delete())).toBe('FAILED');
  expect(world.keyAtService).toBe(world.workingKey);
  world.service.console.deleteBaseAccount('Global');
  expect((await resource.delete()).Status).toBe('SUCCESS');
});

describe('after a create that failed, with connectors that it moved', () => {
  const CREATE = 16;

  test('these are so many calls', async () => {
    await start();
    expect(await stepsOf(() => resource.create(world.properties()))).toHaveLength(CREATE);
  });

  test.each(at(CREATE))('%s at call %i: its entry is removed and they are back where they were, unless it was confirmed', async (kind, call) => {
    await start();
    connector();
    const status = await broken(kind, call, async () => {
      const answer = await resource.send('Create', world.properties());
      resource.physicalId = answer.PhysicalResourceId;
      return answer;
    });
    const confirmed = world.record()?.status === 'REGISTERED';
    if (status === 'SUCCESS') expect(confirmed).toBe(true);
    const cleanUp = await resource.send('Delete', world.properties());
    expect([cleanUp.Status, world.service.baseAccounts().length, world.parameters.size]).toEqual(confirmed ? ['FAILED', 1, 1] : ['SUCCESS', 0, 0]);
    if (confirmed) expect(world.keyAtService).toBe(world.workingKey);
  });

  test('a repetition that finds what the first attempt has made does not make it older than it is', async () => {
    await start();
    connector();
    for (let attempt = 1; attempt <= 2; attempt++) {
      world.calls = new Calls({ kind: 'kill', at: attempt === 1 ? 13 : 12 });
      expect((await resource.send('Create', world.properties())).Status).toBe('FAILED');
      expect(world.record()).toMatchObject({ status: 'PUSHING', entryWasThere: false });
    }
    world.calls = new Calls();
    resource.physicalId = `qualys-base-account:${new URL(world.service.apiServer).host}:GLOBAL`;
    expect((await resource.send('Delete', world.properties())).Status).toBe('SUCCESS');
    expect(world.service.baseAccounts()).toEqual([]);
  });

  test('an entry that a person had made meanwhile is not taken for one of a failed create', async () => {
    await start(false);
    await resource.create(world.properties({ Delivery: { Mode: 'CONSOLE' } }));
    const { accessKeyId, secretAccessKey } = world.secret.json('AWSCURRENT') as { accessKeyId: string; secretAccessKey: string };
    world.service.console.createBaseAccount({ title: 'Typed', awsAccountId: '111111111111', accountType: 'Global', accessKeyId, secretAccessKey });
    connector();
    // From now on the API delivers: the update begins, and ends before it is confirmed.
    world.service.writeApi = true;
    const seen = new Set<string | undefined>();
    for (let call = 1; call <= 14; call++) {
      await broken('kill', call, () => resource.send('Update', world.properties(), { OldResourceProperties: world.properties() }));
      seen.add(world.record()?.status);
      expect((await resource.send('Delete', world.properties())).Status).toBe('FAILED');
      expect(world.keyAtService).toBe(world.workingKey);
    }
    expect(seen).toEqual(new Set(['AWAITING_CONSOLE', 'PUSHING', 'REGISTERED']));
  });
});
