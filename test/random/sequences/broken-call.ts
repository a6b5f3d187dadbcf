import * as fc from 'fast-check';
import { possible } from '../../faults/matrix/matrix';
import { Fault, FAULTS } from '../../support/lambda/faults';
import type { World } from '../../support/lambda/world';

/** One outbound call of a command that goes wrong; the number may be more than the command makes. */
export interface BrokenCall {
  readonly at: number;
  readonly fault: Fault;
}

/** Mostly none. A process that is killed is the fault that leaves most behind. */
export function brokenCall(most: number): fc.Arbitrary<BrokenCall | undefined> {
  const fault = fc.oneof({ weight: 2, arbitrary: fc.constant<Fault>('kill') }, { weight: 3, arbitrary: fc.constantFrom(...FAULTS) });
  return fc.option(fc.record({ at: fc.integer({ min: 1, max: most }), fault }), { nil: undefined, freq: 2 });
}

/** Does the work with that call broken; answers what it did, and whether the fault came to pass. */
export async function during<T>(
  { traffic }: World, broken: BrokenCall | undefined, work: () => Promise<T>,
): Promise<{ readonly result: T; readonly hit: boolean }> {
  let hit = false;
  traffic.calls = [];
  traffic.fault = broken && ((call) => {
    if (call.number !== broken.at || !possible(broken.fault, call)) return undefined;
    hit = true;
    return broken.fault;
  });
  try {
    return { result: await work(), hit };
  } finally {
    traffic.fault = undefined;
  }
}
