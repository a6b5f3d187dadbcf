import { play, sequences } from './base-account/sequences';
import { holdsFor, LIMIT } from './runs';

test('whatever happens to a base account, in whatever order (faults 14, 17, 33, 41, 42, 44, 45, 67, 79 and 80)', async () => {
  await holdsFor({ share: 0.1, arbitrary: sequences, play });
}, LIMIT);
