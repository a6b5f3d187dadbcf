import { firstModel, Scene } from './role-trust/scene';
import { sequences } from './role-trust/sequences';
import { holdsFor, LIMIT } from './runs';
import { play } from './stack-scene';

test('whoever edits the trust of a role, in whatever order: the service is let in, and the others are left alone', async () => {
  await holdsFor({
    share: 0.42,
    arbitrary: sequences,
    play: async (sequence) => {
      const model = firstModel(sequence.others);
      return play(model, new Scene(model, sequence.seed), sequence);
    },
  });
}, LIMIT);
