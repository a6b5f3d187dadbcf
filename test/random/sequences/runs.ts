import * as fc from 'fast-check';

/**
 * The gate plays the same sequences each time: a change that turns it red is then the change's doing, and nobody has to
 * look at a failure that is not there on the next run. New sequences are for `MODEL_SEED=random` (or a number) and for more
 * of them, `MODEL_RUNS`, of all models together; what they find becomes a test in regressions.test.ts.
 */
const TOTAL = Number(process.env.MODEL_RUNS ?? 6_000);
const SEED = process.env.MODEL_SEED === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(process.env.MODEL_SEED ?? 20_260_115);

/** Far above what the runs need: nothing is judged by time. */
export const LIMIT = 60_000 + TOTAL * 600;

export interface Played {
  /** What has really been done, in order; commands that were not possible are not among it. */
  readonly done: readonly string[];
}

export interface ModelOptions<T> {
  /** Of all sequences, how many are of this model: from 0 to 1. */
  readonly share: number;
  readonly arbitrary: fc.Arbitrary<T>;
  play(input: T): Promise<Played>;
}

/** Plays sequences until one fails; fast-check then shrinks it and prints seed and path. Tells what was played. */
export async function holdsFor<T>({ share, arbitrary, play }: ModelOptions<T>): Promise<void> {
  const lengths = new Map<number, number>();
  const commands = new Map<string, number>();
  let sequences = 0;
  await fc.assert(fc.asyncProperty(arbitrary, async (input) => {
    const { done } = await play(input);
    sequences++;
    count(lengths, done.length);
    done.forEach((name) => count(commands, name));
  }), { numRuns: Math.ceil(TOTAL * share), seed: SEED, endOnFailure: process.env.MODEL_SHRINK === 'no' });
  process.stdout.write(`${sequences} sequences, seed ${SEED}\n  lengths: ${told(lengths)}\n  commands: ${told(commands)}\n`);
}

function count<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function told(counts: ReadonlyMap<unknown, number>): string {
  return [...counts].sort(([one], [other]) => (String(one) < String(other) ? -1 : 1)).sort(([one], [other]) => Number(one) - Number(other))
    .map(([key, number]) => `${key} ${number}`).join(', ');
}
