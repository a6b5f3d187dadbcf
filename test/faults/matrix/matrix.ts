import { Fault } from '../../support/lambda/faults';
import type { OutboundCall } from '../../support/lambda/traffic';
import { Expectations, Invariants, Observed, standing } from '../invariants';

/** Something a handler does, from its first outbound call to its last. To add one, add an entry to a table in `operations/`. */
export interface Operation<Stage extends Observed = Observed> extends Expectations {
  readonly name: string;
  /** The rows of the fault table that it holds, as they stand in the title. */
  readonly holds?: string;
  /** After some faults the same request cannot be finished, for the reason given here; then a new one is. */
  readonly mayNeedNewRequest?: string;
  /** Faults after which the run itself clears up: no key is left that no version names. */
  readonly tidies?: readonly Fault[];
  /** Faults in which no more can be asked for, each with the reason. */
  readonly without?: Readonly<Partial<Record<Fault, string>>>;
  /** The world just before. Called anew for every fault. */
  prepare(): Promise<Stage>;
  /** Runs it. The same token is the same request, or the same rotation, once more. Answers whether it succeeded. */
  run(stage: Stage, token: string): Promise<boolean>;
  /**
   * What takes the run back: a clean-up or a rollback. Then neither the same request comes again nor a new one. Answers whether it
   * ended as it should.
   *
   * @param isKnown CloudFormation had an answer, and so the ID of what was made
   */
  undo?(stage: Stage, token: string, isKnown: boolean): Promise<boolean>;
  /** What comes of itself later, before the ends are compared. */
  settle?(stage: Stage): Promise<void>;
  /** What else has to hold at every instant: called just before the run, its answer after every call. */
  watch?(stage: Stage): () => readonly string[];
  /** What else stands at the end, for the comparison. */
  stands?(stage: Stage): object;
  /** What else has to hold at the end; throws. */
  end?(stage: Stage): void;
}

const FIRST = '11111111-2222-4333-8444-555555555551';
const SECOND = '11111111-2222-4333-8444-555555555552';

/** Faults that can be told apart at a call: the SDK repeats, HTTP breaks off. */
export function possible(fault: Fault, { surface }: OutboundCall): boolean {
  if (surface === 'aws') return fault !== 'truncated';
  return fault !== 'repeat';
}

/** An untroubled run: how many calls it makes, and what stands at the end. */
export async function rehearse<Stage extends Observed>(
  operation: Operation<Stage>,
): Promise<{ readonly calls: readonly OutboundCall[]; readonly end: object }> {
  const stage = await operation.prepare();
  stage.world.traffic.restart();
  expect(await operation.run(stage, FIRST)).toBe(true);
  const calls = [...stage.world.traffic.calls];
  expect(await followUp(operation, stage, () => {})).toEqual([]);
  await operation.settle?.(stage);
  operation.end?.(stage);
  stage.world.end();
  return { calls, end: all(operation, stage) };
}

/** The run with one call broken, and what follows it; answers what did not hold. */
export async function play<Stage extends Observed>(operation: Operation<Stage>, at: number, fault: Fault, end: object): Promise<string[]> {
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
    if (operation.tidies?.includes(fault)) invariants.rest();
    else invariants.instant();
    traffic.fault = undefined;
    found.push(...await followUp(operation, stage, () => invariants.rest()));
    await operation.settle?.(stage);
    invariants.rest();
    operation.end?.(stage);
    const now = all(operation, stage);
    if (JSON.stringify(now) !== JSON.stringify(end)) found.push(`I6: another end: ${JSON.stringify(now)}\n instead of ${JSON.stringify(end)}`);
  } catch (error) {
    found.push(String(error));
  }
  stage.world.end();
  return [...new Set([...invariants.violations, ...found])].map((text) => `call ${at}, ${fault}: ${text}`);
}

/** The same request again and a new one, or what takes it back; answers what fails. */
async function followUp<Stage extends Observed>(operation: Operation<Stage>, stage: Stage, look: () => void): Promise<string[]> {
  const found: string[] = [];
  const told = () => stage.world.log.filter((line) => line.includes('"reason":"')).at(-1);
  if (operation.undo) {
    if (!await operation.undo(stage, SECOND, stage.world.answers.all(FIRST).length > 0)) found.push(`I6: it cannot be taken back: ${told()}`);
    look();
    return found;
  }
  if (!await operation.run(stage, FIRST) && operation.mayNeedNewRequest === undefined) found.push(`I6: the same request, once more, fails: ${told()}`);
  look();
  if (!await operation.run(stage, SECOND)) found.push('I6: a new request fails');
  look();
  return found;
}

function all<Stage extends Observed>({ stands }: Operation<Stage>, stage: Stage): object {
  return { ...standing(stage), ...stands?.(stage) };
}
