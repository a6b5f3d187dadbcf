import * as fc from 'fast-check';
import { firstModel, Scene } from './connectors/scene';
import { sequences } from './connectors/sequences';
import { holdsFor, LIMIT } from './runs';
import { play } from './stack-scene';

test('whoever makes, changes and removes connectors of a role, in whatever order (faults 17 and 67)', async () => {
  await holdsFor({ share: 0.34, arbitrary: sequences, play: async (sequence) => play(firstModel(), new Scene(sequence.seed), sequence) });
}, LIMIT);

test('a Create of a connector that comes twice at the same time, its calls in any order: one connector, one answer (fault 9)', async () => {
  await holdsFor({
    share: 0.02,
    arbitrary: fc.record({ seed: fc.nat(), scheduler: fc.scheduler() }),
    play: async ({ seed, scheduler }) => {
      const scene = new Scene(seed);
      const { world, stage: { requests } } = scene;
      world.traffic.gate = async ({ step }) => scheduler.schedule(Promise.resolve(), step);
      expect(await scheduler.waitFor(scene.bring(firstModel().desired, false, { again: 'at once' }))).toBe('CREATE_COMPLETE');
      world.traffic.gate = undefined;
      expect(scene.live).toHaveLength(1);
      const answers = world.answers.all(requests.sent[0]!.requestId).map(({ Status, Data }) => [Status, Data?.ConnectorId]);
      expect(answers).toEqual(Array(2).fill(['SUCCESS', String(scene.live[0]!.id)]));
      world.end();
      return { done: [`${world.service.connectors().length} made`] };
    },
  });
}, LIMIT);
