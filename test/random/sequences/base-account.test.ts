import { play, sequences } from './base-account/sequences';
import { holdsFor, LIMIT } from './runs';

test('whatever happens to a base account, in whatever order (faults 17, 33, 41, 42, 44, 45 and 67)', async () => {
  await holdsFor({ share: 0.1, arbitrary: sequences, play });
}, LIMIT);
