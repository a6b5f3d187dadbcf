import { act } from './act';
import { isOneAccounts, withProblem } from './trouble';
import { Each, MOST_TOGETHER, updateTogether } from './update';
import { mayHaveArrived, ServiceAnswer } from '../../service/http/errors';
import { bringAccounts } from '../accounts';
import { endsWork, hasRoom, limitOf } from '../budget/book';
import { share } from '../budget/budget';
import { isSearchDearer } from '../read-due';
import { dueSteps, guard, isShown, Step, StepName, stepOf } from '../rows/due';
import { keep, Run, wantingOf } from '../run-context';

/** After so many errors 5xx in a row, the run stops for all accounts. */
const MOST_FAILURES = 3;

/**
 * Takes one step after the other, as far as time and calls allow:
 *
 * 1. creates without an answer are looked up;
 * 2. new connectors are made, for the newest accounts first;
 * 3. connectors are updated;
 * 4. doubles and connectors on former roles are removed;
 * 5. connectors of accounts that have left are disabled or removed.
 */
export async function takeSteps(run: Run): Promise<void> {
  const each = stepping(run);
  await takeSingly(run, each, ['LOOK']);
  await takeSingly(run, each, ['CREATE']);
  await takeUpdates(run, each);
  await takeSingly(run, each, ['DOUBLE', 'RETIRE']);
  await takeLeave(run, each);
}

/** Connects accounts that joined since the last read. Calls are kept for them, so that they do not wait for the end of a first onboarding. */
export async function takeNewcomers(run: Run): Promise<void> {
  const { state: { read }, purpose } = run;
  if (read?.purpose !== purpose || isSearchDearer(run, read.begun)) return;
  const each = stepping(run);
  for (const step of stepsOf(run, ['CREATE'])) {
    if (isShown(step.row, read.begun)) continue;
    if (!await hasRoom(run, step.calls, true)) return;
    await each(step, () => act(run, step));
  }
}

async function takeSingly(run: Run, each: Each, names: readonly StepName[]): Promise<void> {
  for (const step of stepsOf(run, names)) {
    if (!await hasRoom(run, step.calls)) return;
    await each(step, () => act(run, step));
  }
}

async function takeUpdates(run: Run, each: Each): Promise<void> {
  for (let due = stepsOf(run, ['UPDATE']); due.length > 0 && await hasRoom(run, 2);) {
    await updateTogether(run, due.slice(0, endsWork(run) ? MOST_TOGETHER : share(limitOf(run))), each);
    const left = stepsOf(run, ['UPDATE']);
    if (left.length === due.length) return;
    due = left;
  }
}

/** Handles the accounts that have left, after a new list of all accounts in the same run. */
async function takeLeave(run: Run, each: Each): Promise<void> {
  const { properties: { OnAccountRemoval: { Action, MaxAtOnce } } } = run;
  if (Action === 'KEEP') return;
  if (stepsOf(run, ['ORPHAN']).length > 0 && run.members === undefined) await bringAccounts(run, true);
  run.stopped = guard([...run.rows.values()], Number(MaxAtOnce));
  if (run.stopped !== undefined) {
    run.invocation.tell(run.stopped);
    return;
  }
  await takeSingly(run, each, ['ORPHAN']);
}

function stepsOf(run: Run, names: readonly StepName[]): Step[] {
  const wanting = wantingOf(run);
  const steps = [...run.rows.values()].map((row) => stepOf(row, wanting)).filter((step) => step !== undefined && names.includes(step.name)) as Step[];
  return dueSteps(steps, run.world.clock.now());
}

/** Notes an error of one account in its row, so that the others continue. Throws for an error that concerns all accounts. */
function stepping(run: Run): Each {
  let failures = 0;
  return async ({ row: { accountId } }, work) => {
    try {
      await work();
      failures = 0;
    } catch (error) {
      const row = run.rows.get(accountId);
      if (!isOneAccounts(error) || row === undefined) throw error;
      failures = error.status >= 500 ? failures + 1 : 0;
      const { attempts = 0 } = row;
      // A create without a clear answer is looked up a minute later.
      const isOpen = mayHaveArrived(error) && row.begun !== undefined && attempts < MOST_FAILURES;
      await keep(run, isOpen ? { ...row, attempts: attempts + 1 } : withProblem(row, error, run.invocation.redactor, run.world.clock.now()));
      if (failures >= MOST_FAILURES) throw new ServiceAnswer({ ...error.details, advice: 'It happened several times in a row. The next run tries again' });
    }
  };
}
