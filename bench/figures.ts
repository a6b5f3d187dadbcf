/** Figures of several rounds of one thing. */
export interface Sample {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export function sampleOf(values: readonly number[]): Sample {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return { median, min: sorted[0]!, max: sorted.at(-1)! };
}

/**
 * One figure a side and round. Sides take turns, and each round begins with another one, so that whatever the machine does
 * meanwhile happens to all of them.
 */
export async function interleaved<K extends string, V>(rounds: number, sides: Readonly<Record<K, () => Promise<V>>>): Promise<Record<K, V[]>> {
  const names = Object.keys(sides) as K[];
  const results = Object.fromEntries(names.map((name) => [name, [] as V[]])) as Record<K, V[]>;
  for (let round = 0; round < rounds; round++) {
    for (let index = 0; index < names.length; index++) {
      const name = names[(index + round) % names.length]!;
      results[name].push(await sides[name]());
    }
  }
  return results;
}

/** Ours over theirs, round by round: what disturbs a round disturbs both sides of it. */
export function ratios(ours: readonly number[], theirs: readonly number[]): Sample {
  return sampleOf(ours.map((value, round) => value / theirs[round]!));
}

export function show({ median, min, max }: Sample, digits = 0): string {
  return `${median.toFixed(digits)} (${min.toFixed(digits)}..${max.toFixed(digits)})`;
}

export function bytes(value: number): string {
  return value.toLocaleString('en-US');
}
