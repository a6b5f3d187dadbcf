import { ConnectorsWorld } from './world';
import type { StackResource } from '../../support/cloudformation/stack-resource';
import { Calls, Fault } from '../../support/fake-aws/calls';

const KINDS: Fault[] = ['refuse', 'lose-answer', 'kill'];
const RUN = { Verification: 'FAIL' } as const;

/** Breaks each outbound call of an act in turn; then CloudFormation's own repetition has to come to the same end. */
async function sweep(
  kind: Fault,
  prepare: (world: ConnectorsWorld) => Promise<StackResource>,
  act: (resource: StackResource, world: ConnectorsWorld) => Promise<unknown>,
  finish: (resource: StackResource, world: ConnectorsWorld) => Promise<void>,
): Promise<number> {
  let count = Infinity;
  for (let at = 1; at <= count; at++) {
    const world = await ConnectorsWorld.start();
    try {
      const resource = await prepare(world);
      world.calls = new Calls({ at, kind });
      await act(resource, world);
      // Less when the fault ends it early; the last round is the one in which nothing was broken.
      if (world.calls.steps.length < at) count = at;
      world.calls = new Calls();
      await finish(resource, world);
    } finally {
      await world.stop();
    }
  }
  return count - 1;
}

describe.each(KINDS)('%s at any call', (kind) => {
  test('of a create, then the same again: one connector', async () => {
    const calls = await sweep(kind,
      async (world) => world.resource(),
      (resource, world) => resource.send('Create', world.properties(RUN)),
      async (resource, world) => {
        const { answer } = await resource.create(world.properties(RUN));
        expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { State: 'FINISHED_SUCCESS' } });
        expect(world.live).toHaveLength(1);
        expect(world.service.connectors().length).toBeLessThanOrEqual(2);
      });
    expect(calls).toBeGreaterThanOrEqual(6);
  });

  test('of a create, then its clean-up: none', async () => {
    await sweep(kind,
      async (world) => world.resource(),
      async (resource, world) => { resource.physicalId = (await resource.send('Create', world.properties(RUN))).PhysicalResourceId; },
      async (resource, world) => {
        expect((await resource.send('Delete', world.properties(RUN))).Status).toBe('SUCCESS');
        expect(world.live).toEqual([]);
      });
  });

  test('of an update, then the same again: the new settings, on the same connector', async () => {
    const calls = await sweep(kind,
      async (world) => {
        const resource = world.resource();
        await resource.create(world.properties());
        return resource;
      },
      (resource, world) => resource.send('Update', world.properties({ ...RUN, Name: 'New' }), { OldResourceProperties: world.properties() }),
      async (resource, world) => {
        const { answer } = await resource.update(world.properties({ ...RUN, Name: 'New' }));
        expect(answer.Status).toBe('SUCCESS');
        expect(world.service.connectors()).toMatchObject([{ isDeleted: false, settings: { name: 'New' } }]);
      });
    expect(calls).toBeGreaterThanOrEqual(6);
  });

  test('of a delete, then the same again: none', async () => {
    const calls = await sweep(kind,
      async (world) => {
        const resource = world.resource();
        await resource.create(world.properties());
        return resource;
      },
      (resource) => resource.delete(),
      async (resource, world) => {
        expect((await resource.delete()).Status).toBe('SUCCESS');
        expect(world.live).toEqual([]);
      });
    expect(calls).toBe(2);
  });
});
