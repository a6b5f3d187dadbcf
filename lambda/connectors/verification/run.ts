import { notRun, RunOutcome, Verdict, verdictOf } from './verdict';
import type { ConnectorProperties } from '../../../src/wire/connector';
import { PROPAGATION } from '../../runtime/calls/patience';
import { DeployError } from '../../runtime/errors';
import { Redactor } from '../../runtime/redaction/redact';
import { Deadline } from '../../runtime/resource';
import { Clock } from '../../runtime/world';
import { ConnectorEntry, nameOf } from '../../service/connector-api';
import { ServiceApi } from '../../service/service';

/** What a run needs. */
export interface Runner {
  readonly properties: Pick<ConnectorProperties, 'AccountType' | 'RoleArn' | 'Verification' | 'Enabled'>;
  readonly service: ServiceApi;
  readonly clock: Clock;
  readonly deadline: Deadline;
  readonly redactor: Redactor;
}

/** Milliseconds. */
const FIRST_WAIT = 10_000;
const PAUSE = 12_000;

/** How many more runs follow a failure for another reason. */
const MAXIMUM_OTHERS = 2;

/** The words with which AWS refuses a role that is new, or whose trust is new. */
const NOT_YET_KNOWN = /access ?denied|not authorized/i;

/**
 * Runs the connector, so that the service assumes its role, and returns the result. It makes one call to start the run, one for each read
 * of the state, and one to read which account the service calls from. A run that fails is repeated while AWS may not know the role
 * everywhere yet.
 */
export async function verify(runner: Runner, entry: ConnectorEntry): Promise<Verdict> {
  const { properties: { Verification, Enabled }, clock } = runner;
  if (Verification === 'NONE') return notRun(entry, 'its verification is turned off');
  if (Enabled === 'false') return notRun(entry, 'it is disabled');
  const settled = clock.now() + PROPAGATION;
  try {
    if (hasTimeFor(runner, FIRST_WAIT)) await clock.sleep(FIRST_WAIT);
    let run = await runToEnd(runner, entry);
    for (let others = 0; run.outcome === 'FAILED' && clock.now() + PAUSE < settled && hasTimeFor(runner, PAUSE);) {
      // The service may report a new role in words that do not mention access. It uses the same words for a role without a permission.
      if (!NOT_YET_KNOWN.test(run.entry.lastError ?? '') && ++others > MAXIMUM_OTHERS) break;
      await clock.sleep(PAUSE);
      run = await runToEnd(runner, run.entry);
    }
    return await verdictOf(runner, run);
  } catch (error) {
    if (!(error instanceof DeployError)) throw error;
    return { failed: true, words: `${nameOf(entry)} could not be run: ${error.message}`, entry, ended: false };
  }
}

const FIRST_PAUSE = 2_000;
/** A subscription has 300 calls an hour as a rule. */
const LONGEST_PAUSE = 30_000;

/** Runs a connector once and waits for the end of this run, as long as there is time. */
async function runToEnd(runner: Runner, before: ConnectorEntry): Promise<RunOutcome> {
  const { service: { connectors }, clock } = runner;
  await connectors.run(before);
  let entry = before;
  let begun = false;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE)) {
    if (!hasTimeFor(runner, pause)) return { outcome: 'TIME_UP', entry };
    await clock.sleep(pause);
    const read = await connectors.get(before.accountType, before.id);
    if (read === undefined) return { outcome: 'GONE', entry };
    entry = read;
    const progress = progressOf(entry.state);
    if (progress === 'UNDER_WAY') begun = true;
    else if (begun || isAnother(entry, before)) return { outcome: progress, entry };
  }
}

/** Milliseconds that are kept for the time after the run: to undo a change, and to answer. */
const MARGIN = 45_000;

function hasTimeFor({ deadline }: Runner, milliseconds: number): boolean {
  return deadline.remaining() - milliseconds > MARGIN;
}

/** The service may still show the end of the run before. */
function isAnother(now: ConnectorEntry, before: ConnectorEntry): boolean {
  return now.state !== before.state || now.lastSync !== before.lastSync;
}

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
