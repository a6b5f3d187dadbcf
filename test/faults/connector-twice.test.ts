import type { World } from '../support/lambda/world';
import { ConnectorStage, liveConnectors } from '../support/stage/connector-stage';

/* Lambda delivers a request at least once: the same Create may be at work twice at the same time. The service takes both connectors. */

/** Milliseconds that a call takes. */
const CALL = 100;
/** From both at once to one after the other. */
const APART = Array.from({ length: 14 }, (_, index) => index * CALL / 2);

/** A first deployment whose requests come twice. */
async function twice(apart: number, prepare: (world: World) => void = () => {}): Promise<ConnectorStage> {
  const stage = new ConnectorStage({ seed: apart + 1 });
  const { world, requests } = stage;
  world.traffic.latency = () => CALL;
  prepare(world);
  requests.duplicate = () => apart;
  expect([apart, await stage.deploy(), stage.failure]).toEqual([apart, 'CREATE_COMPLETE', undefined]);
  await requests.settled();
  return stage;
}

test('a Create that comes twice, at whatever distance: one connector stays, and both answers name it (fault 9)', async () => {
  let doubles = 0;
  for (const apart of APART) {
    const { world, requests } = await twice(apart);
    doubles += world.service.connectors().length - 1;
    const answers = world.answers.all(requests.sent[0]!.requestId).map(({ Status, Data }) => [Status, Data?.ConnectorId]);
    const [connector, ...more] = liveConnectors(world);
    expect([apart, more, answers]).toEqual([apart, [], Array(2).fill(['SUCCESS', String(connector?.id)])]);
  }
  expect(doubles).toBeGreaterThan(2); // otherwise nothing was shown
});

test('the later one dies before it has removed its own: its repetition does; without one, a later request tells of it and leaves it, as a person may have made it (fault 9)', async () => {
  for (const next of ['repetition', 'update', 'delete'] as const) {
    let creates = 0;
    const stage = await twice(0, ({ traffic }) => {
      // Without a repetition: it is lost for good.
      traffic.fault = ({ step }) => {
        if (step.includes('/create/') && ++creates === 2) return 'kill';
        return next !== 'repetition' && creates === 2 && step.includes('/delete/') ? 'server-error' : undefined;
      };
    });
    const { world, requests } = stage;
    world.traffic.fault = undefined;
    expect([next, creates, liveConnectors(world).length]).toEqual([next, 2, next === 'repetition' ? 1 : 2]);
    requests.duplicate = undefined;
    if (next === 'update') {
      const first = world.service.connectors()[0]!.id;
      expect(await stage.deploy({ name: 'Other' })).toBe('UPDATE_ROLLBACK_COMPLETE');
      expect(stage.failures[0]).toContain('has 2 connectors');
      expect(liveConnectors(world).map(({ settings: { name } }) => name)).toEqual(['Production', 'Production']);
      world.service.console.deleteConnector(liveConnectors(world).find(({ id }) => id !== first)!.id);
      expect(await stage.deploy({ name: 'Other' })).toBe('UPDATE_COMPLETE');
      expect(liveConnectors(world)).toMatchObject([{ id: first, settings: { name: 'Other' } }]);
    } else if (next === 'delete') {
      const [, later] = world.service.connectors();
      expect(await stage.delete()).toBe('DELETE_COMPLETE');
      expect(liveConnectors(world)).toMatchObject([{ id: later!.id }]);
    }
  }
});

test('two stacks that make a connector on one role at the same time: the first stays, the other one is told whose it is', async () => {
  const one = new ConnectorStage({ stackName: 'One' });
  const { world } = one;
  world.traffic.latency = () => CALL;
  const stages = [one, new ConnectorStage({ beside: one, stackName: 'Other' })];
  const ended = await Promise.all(stages.map((stage) => stage.deploy()));
  expect([...ended].sort()).toEqual(['CREATE_COMPLETE', 'ROLLBACK_COMPLETE']);
  expect(world.service.connectors()).toHaveLength(2);
  expect(liveConnectors(world)).toHaveLength(1);
  const [winner, loser] = ended[0] === 'CREATE_COMPLETE' ? stages : [...stages].reverse();
  expect(liveConnectors(world)[0]!.settings.description).toContain(winner!.stack.stackId);
  expect(loser!.failure).toContain(`is managed by the resource Production of the stack ${winner!.stack.name}`);
});
