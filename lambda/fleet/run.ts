import { bringAccounts, LISTED_EVERY, readRows } from './accounts';
import { deployedFleet, wishOf } from './authority';
import { bookOne } from './budget/book';
import { beside, closed, counting } from './budget/budget';
import { Meter } from './budget/meter';
import { countsOf, fleetMetrics } from './metrics';
import { RunState } from './ports';
import { readConnectors } from './read';
import { isReadDue, READ_EVERY } from './read-due';
import { stepOf } from './rows/due';
import { FleetWorld, FOR_END, newRun, Run, wantingOf } from './run-context';
import { takeNewcomers, takeSteps } from './steps/take-steps';
import { isOrdinary, notBefore, reasonOf } from './steps/trouble';
import { TABLE_VARIABLE } from '../../src/wire/fleet';
import { ANSWER_MARGIN, endingEarlier } from '../runtime/calls/deadline';
import { patient } from '../runtime/calls/patience';
import { Invocation } from '../runtime/resource';
import { serviceHost } from '../service/http/origin';

/** Milliseconds until the next run checks whether more calls are left. The checks must not use up the last ten calls. */
const UNTIL_MORE = 540_000;
/** The longest wait in milliseconds. A longer one means that the clock went back, and the run ignores it. */
const LONGEST_WAIT = 86_400_000;

/** One run. It lists the accounts, reads the connectors, and makes as many changes as time and calls allow. */
export async function runFleet(world: FleetWorld, invocation: Invocation): Promise<void> {
  const { clock, env, random } = world;
  const deployed = deployedFleet(env);
  const table = world.table(env[TABLE_VARIABLE] ?? '', invocation.outbound, clock);
  const wish = await table.wish();
  if (wish === undefined) {
    invocation.tell('there is nothing to do yet: the deployment has not finished');
    return;
  }
  const properties = wishOf(wish.properties, deployed);
  const latestEnd = clock.now() + invocation.deadline.remaining() + ANSWER_MARGIN;
  const holder = world.newToken();
  const state = await table.take(holder, clock.now(), latestEnd);
  if (state === undefined) {
    invocation.tell('another run is at work');
    return;
  }
  const meter: Meter = new Meter(() => bookOne(run));
  const deadline = endingEarlier(invocation.deadline, FOR_END);
  const metered = { ...invocation, deadline, outbound: meter.outbound(invocation.outbound) };
  const patiently = patient(invocation.outbound, clock, random);
  const service = world.service(properties.Service, metered, patiently, { waitsForLimits: false, seen: meter.seen });
  const readers = world.readers(invocation.outbound);
  const run: Run = newRun({ world, deployed, properties, service, readers, table, meter, invocation, deadline, holder, latestEnd, state });
  await finished(run, work(run));
}

async function work(run: Run): Promise<void> {
  const { world: { clock }, state } = run;
  run.stopped = state.stopped;
  if (isAskedToWait(state, clock.now())) return;
  await bringAccounts(run);
  const hasWork = run.hasRows || isReadDue(run) || clock.now() >= (state.nextDue ?? 0);
  run.stopped = undefined;
  if (!hasWork) return;
  await readRows(run);
  await takeNewcomers(run);
  if (isReadDue(run) && !await readConnectors(run)) return;
  await takeSteps(run);
}

function isAskedToWait({ notBefore: until = 0 }: RunState, now: number): boolean {
  return now < until && until - now < LONGEST_WAIT;
}

/** Ends a run, also one that failed: shrinks its booking to the calls that were made, gives the lease back, and writes the metrics. */
async function finished(run: Run, worked: Promise<void>): Promise<void> {
  const { world, invocation: { redactor, tell }, table, holder, deployed, properties, meter } = run;
  const failure: unknown = await worked.then(() => undefined, (error: unknown) => error);
  const now = world.clock.now();
  const isStopped = failure !== undefined && !isOrdinary(failure);
  if (isStopped) tell(`stopped for all accounts: ${reasonOf(failure, redactor)}`);
  const counts = run.hasRows ? countsOf([...run.rows.values()], run.state.planned?.excluded.length ?? 0, run.state.counts) : run.state.counts;
  const wait = notBefore(failure, now, world.random) ?? (meter.isShort ? now + UNTIL_MORE : undefined);
  const bookings = run.hasBooked ? closed(run.state.bookings, meter.called, now) : run.state.bookings;
  const end: RunState = {
    ...run.state,
    bookings,
    ...meter.said && { beside: beside(meter.said, counting(bookings, now).reduce((sum, { calls }) => sum + calls, 0)) },
    counts,
    ...wait !== undefined && { notBefore: wait },
    stopped: isStopped ? reasonOf(failure, redactor) : run.stopped,
    nextDue: failure === undefined ? run.hasRows ? nextDue(run) : run.state.nextDue : now,
  };
  await table.release(holder, end);
  const platform = serviceHost(properties.Service);
  world.write(fleetMetrics({ platform, fleet: deployed.name, counts, isStopped: end.stopped !== undefined, heartbeat: true }, now));
}

/** When the next step is due, without accounts that the next list adds. */
function nextDue(run: Run): number {
  const { rows, state: { read, planned } } = run;
  if (read === undefined || isReadDue(run)) return 0;
  const wanting = wantingOf(run);
  const [toRead, toList] = [read.begun + READ_EVERY, (planned?.at ?? 0) + LISTED_EVERY];
  return [...rows.values()].reduce((least, row) => Math.min(least, stepOf(row, wanting)?.at ?? Infinity), Math.min(toRead, toList));
}
