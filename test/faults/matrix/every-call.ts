import type { Observed } from '../invariants';
import { Operation, play, possible, rehearse } from './matrix';
import { FAULTS } from '../../support/lambda/faults';

/** The tests of a table of operations: every fault at every call of each. */
export function testEveryCall<Stage extends Observed>(operations: ReadonlyArray<Operation<Stage>>): void {
  describe.each(operations.map((operation) => [titleOf(operation), operation] as const))('%s', (_, operation) => {
    let rehearsed: ReturnType<typeof rehearse> | undefined;
    test.each(FAULTS.filter((fault) => operation.without?.[fault] === undefined))('%s at any call', async (fault) => {
      const { calls, end } = await (rehearsed ??= rehearse(operation));
      const found: string[] = [];
      for (const call of calls.filter((one) => possible(fault, one))) found.push(...await play(operation, call.number, fault, end));
      expect(found).toEqual([]);
    }, 120_000);
  });
}

function titleOf({ name, holds }: Pick<Operation, 'name' | 'holds'>): string {
  return holds === undefined ? name : `${name} (${holds})`;
}
