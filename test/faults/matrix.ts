import { Expectations, Invariants, standing } from './invariants';
import { BaseAccountStage } from '../support/base-account-stage';
import { Fault } from '../support/lambda/faults';
import type { OutboundCall } from '../support/lambda/traffic';

/** Something a handler does, from its first outbound call to its last. To add one, add an entry to a table in `operations/`. */
export interface Operation extends Expectations {
  readonly name: string;
  /** The rows of the fault table that it holds, as they stand in the title. */
  readonly holds?: string;
  /** After some faults the same request cannot be finished, for the reason given here; then a new one is. */
  readonly mayNeedNewRequest?: string;
  /** The world just before. Called anew for every fault. */
  prepare(): Promise<BaseAccountStage>;
  /** Runs it. The same token is the same request, or the same rotation, once more. Answers whether it succeeded. */
  run(stage: BaseAccountStage, token: string): Promise<boolean>;
  /** What comes of itself later, before the ends are compared. */
  settle?(stage: BaseAccountStage): Promise<void>;
  /** What else has to hold at every instant: called just before the run, its answer after every call. */
  watch?(stage: BaseAccountStage): () => readonly string[];
  /** What else stands at the end, for the comparison. */
  stands?(stage: BaseAccountStage): object;
  /** What else has to hold at the end; throws. */
  end?(stage: BaseAccountStage): void;
}

const FIRST = '11111111-2222-4333-8444-555555555551';
const SECOND = '11111111-2222-4333-8444-555555555552';

/** Faults that can be told apart at a call: the SDK repeats, HTTP breaks off. */
export function possible(fault: Fault, { surface }: OutboundCall): boolean {
  if (surface === 'aws') return fault !== 'truncated';
  return fault !== 'repeat';
}

/** An untroubled run: how many calls it makes, and what stands at the end. */
export async function rehearse(operation: Operation): Promise<{ readonly calls: readonly OutboundCall[]; readonly end: object }> {
  const stage = await operation.prepare();
  stage.world.traffic.restart();
  expect(await operation.run(stage, FIRST)).toBe(true);
  const calls = [...stage.world.traffic.calls];
  expect(await operation.run(stage, FIRST)).toBe(true);
  expect(await operation.run(stage, SECOND)).toBe(true);
  await operation.settle?.(stage);
  operation.end?.(stage);
  return { calls, end: all(operation, stage) };
}

/** The run with one call broken, the same request again, then a new one; answers what did not hold. */
export async function play(operation: Operation, at: number, fault: Fault, end: object): Promise<string[]> {
  const stage = await operation.prepare();
  const { traffic } = stage.world;
  const invariants = new Invariants(stage, operation);
  traffic.restart();
  const found: string[] = [];
  const more = operation.watch?.(stage) ?? (() => []);
  traffic.watch = (call) => {
    invariants.instant(call);
    found.push(...more());
  };
  traffic.fault = ({ number }) => number === at ? fault : undefined;
  try {
    await operation.run(stage, FIRST);
    invariants.instant();
    traffic.fault = undefined;
    if (!await operation.run(stage, FIRST) && operation.mayNeedNewRequest === undefined) found.push(`I6: the same request, once more, fails: ${stage.world.log.filter((line) => line.includes('"reason":"')).at(-1)}`);
    invariants.rest();
    if (!await operation.run(stage, SECOND)) found.push('I6: a new request fails');
    invariants.rest();
    await operation.settle?.(stage);
    invariants.rest();
    operation.end?.(stage);
    const now = all(operation, stage);
    if (JSON.stringify(now) !== JSON.stringify(end)) found.push(`I6: another end: ${JSON.stringify(now)}\n instead of ${JSON.stringify(end)}`);
  } catch (error) {
    found.push(String(error));
  }
  return [...new Set([...invariants.violations, ...found])].map((text) => `call ${at}, ${fault}: ${text}`);
}

function all({ stands }: Operation, stage: BaseAccountStage): object {
  return { ...standing(stage), ...stands?.(stage) };
}
