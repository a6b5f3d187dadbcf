import { ConnectorRequest } from './open-request';
import { Progress, progressOf } from './run-state';
import { ConnectorEntry } from '../service/connector-api';

/** Milliseconds left for what comes after the run: putting things back, and the answer. */
const MARGIN = 45_000;
const FIRST_PAUSE = 2_000;
/** A subscription has 300 calls an hour as a rule. */
const LONGEST_PAUSE = 30_000;

export interface RunOutcome {
  /** `TIME_UP`: it may still come to its end. `GONE`: somebody removed the connector. */
  readonly outcome: Exclude<Progress, 'UNDER_WAY'> | 'TIME_UP' | 'GONE';
  /** As it was last read. */
  readonly entry: ConnectorEntry;
}

/** Runs a connector and waits for the end of that very run, as long as there is time. */
export async function runToEnd(request: ConnectorRequest, before: ConnectorEntry): Promise<RunOutcome> {
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

export function hasTimeFor({ deadline }: ConnectorRequest, milliseconds: number): boolean {
  return deadline.remaining() - milliseconds > MARGIN;
}

/** What is shown may still be the end of the run before. */
function isAnother(now: ConnectorEntry, before: ConnectorEntry): boolean {
  return now.state !== before.state || now.lastSync !== before.lastSync;
}
