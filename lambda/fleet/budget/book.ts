import { allowed, closed, free, most, nextEnd, opened, portion } from './budget';
import { isReadDue, pagesLeft } from '../read-due';
import { dueSteps, stepOf } from '../rows/due';
import { hasTime, Run, wantingOf } from '../run-context';

/**
 * Books calls for the next step, and answers whether the run may make them.
 *
 * - If too few calls are free and a booking ends soon enough, it waits for that end.
 * - For accounts that have just joined it does not wait, and may use the calls that are kept for them.
 */
export async function hasRoom(run: Run, calls: number, isNewcomers = false): Promise<boolean> {
  const { world: { clock }, meter } = run;
  const limit = limitOf(run);
  while (meter.left < calls) {
    if (meter.isShort || !hasTime(run)) return false;
    const now = clock.now();
    const missing = calls - meter.left;
    const isFree = isNewcomers || endsWork(run);
    const left = isFree ? free(run.state.bookings, limit, now) : allowed(run.state.bookings, { limit, taken: run.taken, step: missing }, now);
    if (left >= missing) {
      await bookMore(run, Math.min(left, Math.max(missing, portion(limit))));
      continue;
    }
    const end = nextEnd(run.state.bookings, now);
    if (isNewcomers || !mayWait(run, missing) || end === undefined || !hasTime(run, end - now)) return false;
    await clock.sleep(end - now);
  }
  return hasTime(run);
}

/** Books one call in the middle of a step, without waiting. Answers whether one was free. */
export async function bookOne(run: Run): Promise<boolean> {
  if (run.meter.isShort || free(run.state.bookings, limitOf(run), run.world.clock.now()) === 0) return false;
  await bookMore(run, 1);
  return true;
}

/** The most calls of this fleet in any hour: `CallsPerHour`, or less if others use up the subscription. */
export function limitOf({ properties: { CallsPerHour }, state: { beside = Infinity } }: Run): number {
  return Math.min(Number(CallsPerHour), beside);
}

/** Whether the free calls suffice for everything that is due. It is computed once a run. */
export function endsWork(run: Run): boolean {
  return run.endsWork ??= callsWanted(run) <= free(run.state.bookings, limitOf(run), run.world.clock.now());
}

function mayWait(run: Run, missing: number): boolean {
  return endsWork(run) || run.taken === 0 || run.taken + missing <= most(limitOf(run));
}

async function bookMore(run: Run, more: number): Promise<void> {
  const { world: { clock }, meter, table, holder, latestEnd, state } = run;
  const [calls, now] = [meter.left + more, clock.now()];
  const before = run.hasBooked ? closed(state.bookings, meter.called, now) : state.bookings;
  const after = { ...state, bookings: opened(before, calls, latestEnd, now) };
  await table.write(holder, after);
  run.state = after;
  run.hasBooked = true;
  run.taken += more;
  meter.open(calls);
}

/** The number of calls that everything due takes. */
function callsWanted(run: Run): number {
  const isDue = isReadDue(run);
  const wanting = wantingOf(run);
  const steps = [...run.rows.values()].map((row) => stepOf(row, isDue ? { ...wanting, readBegan: Infinity } : wanting));
  const due = dueSteps(steps.filter((step) => step !== undefined), run.world.clock.now());
  const forUpdates = due.some(({ name }) => name === 'UPDATE') ? 1 : 0;
  return (isDue ? pagesLeft(run) : 0) + due.reduce((sum, { calls }) => sum + calls, forUpdates);
}
