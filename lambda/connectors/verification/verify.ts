import { hasTimeFor, RunOutcome, runToEnd } from './run';
import type { ConnectorProperties } from '../../../src/wire/connector';
import { PROPAGATION } from '../../runtime/calls/patience';
import { DeployError } from '../../runtime/errors';
import { Invocation } from '../../runtime/resource';
import { Clock } from '../../runtime/world';
import { ConnectorEntry } from '../../service/connector-api';
import { vendorWords } from '../../service/http/vendor-words';
import { ServiceApi } from '../../service/service';
import { nameOf } from '../request/open-request';

/** Milliseconds. */
const FIRST_WAIT = 10_000;
const PAUSE = 12_000;

/** How many more runs follow a failure for another reason. */
const MAXIMUM_OTHERS = 2;

/** The words with which AWS refuses a role that is new, or whose trust is new. */
const NOT_YET_KNOWN = /access ?denied|not authorized/i;

export interface Verdict {
  readonly failed: boolean;
  /** What was proven, or why it failed. */
  readonly words: string;
  /** As it was last read. */
  readonly entry: ConnectorEntry;
  /** Whether a run has ended. */
  readonly ended: boolean;
}

/** What a run needs. */
export interface Runner extends Invocation {
  readonly properties: Pick<ConnectorProperties, 'AccountType' | 'RoleArn' | 'Verification' | 'Enabled'>;
  readonly service: ServiceApi;
  readonly clock: Clock;
}

/**
 * Runs the connector, so that the service assumes its role, and returns the result. It makes one call to start the run, one for each read
 * of the state, and one to read which account the service calls from.
 */
export async function verify(request: Runner, entry: ConnectorEntry): Promise<Verdict> {
  const { properties: { Verification, Enabled }, clock } = request;
  if (Verification === 'NONE') return notRun(entry, 'its verification is turned off');
  if (Enabled === 'false') return notRun(entry, 'it is disabled');
  const settled = clock.now() + PROPAGATION;
  try {
    if (hasTimeFor(request, FIRST_WAIT)) await clock.sleep(FIRST_WAIT);
    let run = await runToEnd(request, entry);
    for (let others = 0; run.outcome === 'FAILED' && clock.now() + PAUSE < settled && hasTimeFor(request, PAUSE);) {
      // The service may report a new role in words that do not mention access. It uses the same words for a role without a permission.
      if (!NOT_YET_KNOWN.test(run.entry.lastError ?? '') && ++others > MAXIMUM_OTHERS) break;
      await clock.sleep(PAUSE);
      run = await runToEnd(request, run.entry);
    }
    if (run.outcome !== 'SUCCEEDED') return { failed: true, words: failureOf(request, run), entry: run.entry, ended: run.outcome !== 'TIME_UP' };
    return { failed: false, words: await proof(request, run.entry), entry: run.entry, ended: true };
  } catch (error) {
    if (!(error instanceof DeployError)) throw error;
    return { failed: true, words: `${nameOf(entry)} could not be run: ${error.message}`, entry, ended: false };
  }
}

export function notRun(entry: ConnectorEntry, why: string): Verdict {
  return { failed: false, words: `NOT RUN: ${why}`, entry, ended: false };
}

function failureOf({ redactor, properties }: Runner, { outcome, entry }: RunOutcome): string {
  const state = vendorWords(entry.state ?? 'unknown', redactor);
  switch (outcome) {
    case 'TIME_UP': return `the run of ${nameOf(entry)} was still under way (state ${state}) when the time of this request was nearly used up`;
    case 'GONE': return `${nameOf(entry)} was removed by somebody while it was run`;
    case 'DISABLED': return `${nameOf(entry)} was disabled by somebody while it was run`;
    default: {
      const reason = entry.lastError === undefined ? 'the service gives no reason' : vendorWords(entry.lastError, redactor);
      return `the run of ${nameOf(entry)} ended in state ${state}: ${reason}. Check the trust policy of the role ${properties.RoleArn} `
        + '(principal and external ID), its permissions, and that the roles of the base account (AssumableRoles) cover it';
    }
  }
}

/** Which account the service calls from, by its own answers. The run counts as successful without them. */
async function proof({ service, properties }: Runner, entry: ConnectorEntry): Promise<string> {
  const base = await service.read(properties.AccountType).catch(() => undefined);
  const account = base?.accountId ?? entry.qualysAwsAccountId;
  const whose = base?.isCustomers ? 'base account' : base ? 'the Qualys account' : 'AWS account';
  return `SUCCEEDED: the role was assumed from ${account === undefined ? 'an account that the service does not show' : `${whose} ${account}`}, as the service answers`;
}
