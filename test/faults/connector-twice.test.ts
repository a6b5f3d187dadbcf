import { Requests } from '../support/cloudformation/requests';
import { Stack } from '../support/cloudformation/stack';
import { connectorResource, liveConnectors } from '../support/connector-resource';
import { World } from '../support/lambda/world';

/* Lambda delivers a request at least once: the same Create may be at work twice at the same time. The service takes both connectors. */

/** Milliseconds that a call takes. */
const CALL = 100;
/** From both at once to one after the other. */
const APART = Array.from({ length: 14 }, (_, index) => index * CALL / 2);

interface Twice {
  readonly world: World;
  readonly requests: Requests;
  readonly stack: Stack;
  /** How many connectors there ever were. */
  readonly made: number;
}

async function twice(apart: number, prepare: (world: World) => void = () => {}): Promise<Twice> {
  const world = new World({ seed: apart + 1 });
  world.traffic.latency = () => CALL;
  prepare(world);
  const requests = new Requests(world);
  requests.duplicate = () => apart;
  const stack = new Stack(requests);
  expect([apart, await stack.deploy({ Connector: connectorResource(world) })]).toEqual([apart, 'CREATE_COMPLETE']);
  await requests.settled();
  return { world, requests, stack, made: world.service.connectors().length };
}

test('a Create that comes twice, at whatever distance: one connector stays, and both answers name it (fault 9)', async () => {
  let doubles = 0;
  for (const apart of APART) {
    const { world, requests, made } = await twice(apart);
    doubles += made - 1;
    const answers = world.answers.all(requests.sent[0]!.requestId).map(({ Status, Data }) => [Status, Data?.ConnectorId]);
    const [connector, ...more] = liveConnectors(world);
    expect([apart, more, answers]).toEqual([apart, [], Array(2).fill(['SUCCESS', String(connector?.id)])]);
  }
  expect(doubles).toBeGreaterThan(2); // otherwise nothing was shown
});

test('the later one dies before it has removed its own: its repetition does, and so does the next update or delete (fault 9)', async () => {
  for (const next of ['repetition', 'update', 'delete'] as const) {
    let creates = 0;
    const { world, requests, stack } = await twice(0, ({ traffic }) => {
      // Without a repetition: it is lost for good.
      traffic.fault = ({ step }) => {
        if (step.includes('/create/') && ++creates === 2) return 'kill';
        return next !== 'repetition' && creates === 2 && step.includes('/delete/') ? 'server-error' : undefined;
      };
    });
    world.traffic.fault = undefined;
    expect([next, creates, liveConnectors(world).length]).toEqual([next, 2, next === 'repetition' ? 1 : 2]);
    requests.duplicate = undefined;
    if (next === 'update') {
      expect(await stack.deploy({ Connector: connectorResource(world, { Name: 'Other' }) })).toBe('UPDATE_COMPLETE');
      expect(liveConnectors(world)).toMatchObject([{ id: world.service.connectors()[0]!.id, settings: { name: 'Other' } }]);
    } else if (next === 'delete') {
      expect(await stack.delete()).toBe('DELETE_COMPLETE');
      expect(liveConnectors(world)).toEqual([]);
    }
  }
});

test('two stacks that make a connector on one role at the same time: the first stays, the other one is told whose it is', async () => {
  const world = new World();
  world.traffic.latency = () => CALL;
  const requests = new Requests(world);
  const stacks = ['One', 'Other'].map((name) => new Stack(requests, name));
  const ended = await Promise.all(stacks.map((stack) => stack.deploy({ Connector: connectorResource(world) })));
  expect([...ended].sort()).toEqual(['CREATE_COMPLETE', 'ROLLBACK_COMPLETE']);
  expect(world.service.connectors()).toHaveLength(2);
  expect(liveConnectors(world)).toHaveLength(1);
  const [winner, loser] = ended[0] === 'CREATE_COMPLETE' ? stacks : [...stacks].reverse();
  expect(liveConnectors(world)[0]!.settings.description).toContain(winner!.stackId);
  expect(loser!.events[0]).toContain(`is managed by the resource Connector of the stack ${winner!.name}`);
});
