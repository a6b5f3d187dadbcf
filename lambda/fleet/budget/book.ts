import { nextEnd, opened, share, toBook } from './budget';
import { isReadDue, pagesLeft } from '../read';
import { dueSteps, stepOf } from '../rows/due';
import { hasTime, Run, wantingOf } from '../run-context';

/** Books the calls before the first of them. Where too few are left, and a booking ends within the time of the run, it waits for that, once. */
export async function book(run: Run): Promise<boolean> {
  const { world: { clock }, properties: { CallsPerHour }, meter, table, holder, latestEnd } = run;
  const wanted = { limit: Number(CallsPerHour), calls: callsWanted(run) };
  if (wanted.calls === 0) return true;
  let calls = toBook(run.state.bookings, wanted, clock.now());
  const least = Math.min(wanted.calls, share(wanted.limit));
  const end = nextEnd(run.state.bookings, clock.now());
  if (calls < least && end !== undefined && hasTime(run, end - clock.now())) {
    await clock.sleep(end - clock.now());
    calls = toBook(run.state.bookings, wanted, clock.now());
  }
  if (calls === 0) return false;
  run.state = { ...run.state, bookings: opened(run.state.bookings, calls, latestEnd, clock.now()) };
  await table.write(holder, run.state);
  run.hasBooked = true;
  meter.open(calls);
  return true;
}

/** Calls that bring all that is due to its end. */
function callsWanted(run: Run): number {
  const isDue = isReadDue(run);
  const wanting = wantingOf(run);
  const steps = [...run.rows.values()].map((row) => stepOf(row, isDue ? { ...wanting, readBegan: Infinity } : wanting));
  const due = dueSteps(steps.filter((step) => step !== undefined), run.world.clock.now());
  const forUpdates = due.some(({ name }) => name === 'UPDATE') ? 1 : 0;
  return (isDue ? pagesLeft(run) : 0) + due.reduce((sum, { calls }) => sum + calls, forUpdates);
}
