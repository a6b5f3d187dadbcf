import { Operation, play, possible, rehearse } from './matrix';
import { FAULTS } from '../support/lambda/faults';

/** The tests of a table of operations: every fault at every call of each. */
export function testEveryCall(operations: readonly Operation[]): void {
  describe.each(operations.map((operation) => [titleOf(operation), operation] as const))('%s', (_, operation) => {
    test.each(FAULTS)('%s at any call', async (fault) => {
      const { calls, end } = await rehearse(operation);
      const found: string[] = [];
      for (const call of calls.filter((one) => possible(fault, one))) found.push(...await play(operation, call.number, fault, end));
      expect(found).toEqual([]);
    }, 120_000);
  });
}

function titleOf({ name, holds }: Operation): string {
  return holds === undefined ? name : `${name} (${holds})`;
}
