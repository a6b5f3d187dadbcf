import { ConnectorRequest, nameOf } from './open-request';
import { hasTimeFor, RunOutcome, runToEnd } from './run';
import { DeployError } from '../runtime/errors';
import { ConnectorEntry } from '../service/connector-api';
import { vendorWords } from '../service/http/vendor-words';

/** IAM settles within seconds as a rule, and within a minute nearly always. */
const FIRST_WAIT = 10_000;
const PAUSE = 12_000;
const PROPAGATION = 60_000;

/** How AWS refuses a role that it does not know yet, or whose trust is new. */
const NOT_YET_KNOWN = /access ?denied|not authorized/i;

export interface Verdict {
  readonly failed: boolean;
  /** What was proven, or why it failed. */
  readonly words: string;
  /** As it was last read. */
  readonly entry: ConnectorEntry;
}

/**
 * Runs the connector, which makes the service assume its role, and tells how that ended. On top of the calls that make the
 * change: one to run, one each time its state is looked at, and one that reads which account the service calls from.
 */
export async function verify(request: ConnectorRequest, entry: ConnectorEntry): Promise<Verdict> {
  const { properties: { Verification, Enabled }, clock } = request;
  if (Verification === 'NONE') return notRun(entry, 'its verification is turned off');
  if (Enabled === 'false') return notRun(entry, 'it is disabled');
  const settled = clock.now() + PROPAGATION;
  try {
    if (hasTimeFor(request, FIRST_WAIT)) await clock.sleep(FIRST_WAIT);
    let run = await runToEnd(request, entry);
    while (isTooEarly(run) && clock.now() + PAUSE < settled && hasTimeFor(request, PAUSE)) {
      await clock.sleep(PAUSE);
      run = await runToEnd(request, run.entry);
    }
    if (run.outcome !== 'SUCCEEDED') return { failed: true, words: failureOf(request, run), entry: run.entry };
    return { failed: false, words: await proof(request, run.entry), entry: run.entry };
  } catch (error) {
    if (!(error instanceof DeployError)) throw error;
    return { failed: true, words: `${nameOf(entry)} could not be run: ${error.message}`, entry };
  }
}

export function notRun(entry: ConnectorEntry, why: string): Verdict {
  return { failed: false, words: `NOT RUN: ${why}`, entry };
}

function isTooEarly({ outcome, entry }: RunOutcome): boolean {
  return outcome === 'FAILED' && NOT_YET_KNOWN.test(entry.lastError ?? '');
}

function failureOf({ redactor, properties }: ConnectorRequest, { outcome, entry }: RunOutcome): string {
  const state = vendorWords(entry.state ?? 'unknown', redactor);
  switch (outcome) {
    case 'TIME_UP': return `the run of ${nameOf(entry)} was still under way (state ${state}) when the time of this request was nearly used up`;
    case 'GONE': return `${nameOf(entry)} was removed by somebody while it was run`;
    case 'DISABLED': return `${nameOf(entry)} was disabled by somebody while it was run`;
    default: {
      const reason = entry.lastError === undefined ? 'the service gives no reason' : vendorWords(entry.lastError, redactor);
      return `the run of ${nameOf(entry)} ended in state ${state}: ${reason}. Check the trust policy of the role ${properties.RoleArn} `
        + '(principal and external ID) and its permissions';
    }
  }
}

/** Which account the service calls from, by its own answers. That the run has succeeded stands without them. */
async function proof({ service, properties }: ConnectorRequest, entry: ConnectorEntry): Promise<string> {
  const base = await service.read(properties.AccountType).catch(() => undefined);
  const account = base?.accountId ?? entry.qualysAwsAccountId;
  const whose = base?.isCustomers ? 'base account' : base ? 'the Qualys account' : 'AWS account';
  return `SUCCEEDED: the role was assumed from ${account === undefined ? 'an account that the service does not show' : `${whose} ${account}`}, as the service answers`;
}
