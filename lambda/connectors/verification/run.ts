import { Deadline } from '../../runtime/resource';
import { Clock } from '../../runtime/world';
import { ConnectorEntry } from '../../service/connector-api';
import { ServiceApi } from '../../service/service';

/** What a connector's state means for its run. */
export type Progress = 'SUCCEEDED' | 'FAILED' | 'DISABLED' | 'UNDER_WAY';

/** The enumeration of the Connectors API 3.0. */
const STATES = new Map<string, Progress>(Object.entries({
  FINISHED_SUCCESS: 'SUCCEEDED',
  SUCCESS: 'SUCCEEDED',
  FINISHED_ERRORS: 'FAILED',
  ERROR: 'FAILED',
  INCOMPLETE: 'FAILED',
  DISABLED: 'DISABLED',
  PENDING: 'UNDER_WAY',
  QUEUED: 'UNDER_WAY',
  RUNNING: 'UNDER_WAY',
  PROCESSING: 'UNDER_WAY',
}));

/** CloudView's states are sentences; `Completed successfully` is one. The others are inferred. */
const SENTENCES: ReadonlyArray<readonly [RegExp, Progress]> = [
  [/disabled/i, 'DISABLED'],
  [/error|fail|incomplete|unsuccessful|denied/i, 'FAILED'],
  [/success|completed/i, 'SUCCEEDED'],
];

/** An unknown state does not end the run: another state follows, or the time runs out. */
export function progressOf(state = ''): Progress {
  return STATES.get(state) ?? SENTENCES.find(([words]) => words.test(state))?.[1] ?? 'UNDER_WAY';
}

/** Milliseconds that are kept for the time after the run: to undo a change, and to answer. */
const MARGIN = 45_000;
const FIRST_PAUSE = 2_000;
/** A subscription has 300 calls an hour as a rule. */
const LONGEST_PAUSE = 30_000;

export interface RunOutcome {
  /** `TIME_UP`: the run has not ended yet. `GONE`: somebody removed the connector. */
  readonly outcome: Exclude<Progress, 'UNDER_WAY'> | 'TIME_UP' | 'GONE';
  /** The connector as it was last read. */
  readonly entry: ConnectorEntry;
}

interface RunRequest {
  readonly service: ServiceApi;
  readonly clock: Clock;
  readonly deadline: Deadline;
}

/** Runs a connector and waits for the end of this run, as long as there is time. */
export async function runToEnd(request: RunRequest, before: ConnectorEntry): Promise<RunOutcome> {
  const { connectors } = request.service;
  await connectors.run(before);
  let entry = before;
  let begun = false;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE)) {
    if (!hasTimeFor(request, pause)) return { outcome: 'TIME_UP', entry };
    await request.clock.sleep(pause);
    const read = await connectors.get(before.accountType, before.id);
    if (read === undefined) return { outcome: 'GONE', entry };
    entry = read;
    const progress = progressOf(entry.state);
    if (progress === 'UNDER_WAY') begun = true;
    else if (begun || isAnother(entry, before)) return { outcome: progress, entry };
  }
}

export function hasTimeFor({ deadline }: RunRequest, milliseconds: number): boolean {
  return deadline.remaining() - milliseconds > MARGIN;
}

/** The service may still show the end of the run before. */
function isAnother(now: ConnectorEntry, before: ConnectorEntry): boolean {
  return now.state !== before.state || now.lastSync !== before.lastSync;
}
