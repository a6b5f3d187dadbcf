import * as fc from 'fast-check';
import { Deploy } from './base-account/deploy';
import { Model, Scene } from './base-account/scene';
import { play } from './base-account/sequences';

type Step = fc.AsyncCommand<Model, Scene>;

/** Sequences that failed once, as fast-check shrank them. */
const FAILED: ReadonlyArray<readonly [name: string, steps: readonly Step[]]> = [
  [
    'a rollback to the former user that fails does not delete the keys of that user (faults 13 and 14)',
    [new Deploy({ change: { registrationId: 'Renamed', newUser: true }, broken: { at: 19, fault: 'refuse' } })],
  ],
];

test.each(FAILED)('%s', async (_, commands) => {
  await play({ seed: 0, hasWriteApi: true, commands });
});
