import { ConnectorRequest, nameOf } from './open-request';
import { readDescription } from './ownership';
import { hasTimeFor, RunOutcome, runToEnd } from './run';
import { DeployError } from '../runtime/errors';
import { PROPAGATION } from '../runtime/patience';
import { ConnectorEntry, ConnectorFields } from '../service/connector-api';
import { vendorWords } from '../service/http/vendor-words';

/** Milliseconds. */
const FIRST_WAIT = 10_000;
const PAUSE = 12_000;

/** More runs after those that failed with other words. */
const MAXIMUM_OTHERS = 2;

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
    for (let others = 0; run.outcome === 'FAILED' && clock.now() + PAUSE < settled && hasTimeFor(request, PAUSE);) {
      // A new role may show itself by words that say nothing of access, too; a role that lacks a permission shows itself by the same ones.
      if (!NOT_YET_KNOWN.test(run.entry.lastError ?? '') && ++others > MAXIMUM_OTHERS) break;
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

function failureOf({ redactor, properties }: ConnectorRequest, { outcome, entry }: RunOutcome): string {
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

/** Which account the service calls from, by its own answers. That the run has succeeded stands without them. */
async function proof({ service, properties }: ConnectorRequest, entry: ConnectorEntry): Promise<string> {
  const base = await service.read(properties.AccountType).catch(() => undefined);
  const account = base?.accountId ?? entry.qualysAwsAccountId;
  const whose = base?.isCustomers ? 'base account' : base ? 'the Qualys account' : 'AWS account';
  return `SUCCEEDED: the role was assumed from ${account === undefined ? 'an account that the service does not show' : `${whose} ${account}`}, as the service answers`;
}

/** What was written, and how to look at it: `last` says that there will be no other look. */
export interface Written {
  readonly fields: Partial<ConnectorFields>;
  look(last: boolean): Promise<ConnectorEntry | undefined>;
}

/** Reads back what was written and runs it; undoes the change if that fails, unless a warning is all that was asked for. */
export async function verified(request: ConnectorRequest, entry: ConnectorEntry, undo: () => Promise<string>, written?: Written): Promise<Verdict> {
  try {
    const verdict = await verify(request, written === undefined ? entry : await readBack(request, entry, written));
    if (!verdict.failed || request.properties.Verification === 'WARN') return verdict;
    throw new VerificationFailed(verdict.words);
  } catch (error) {
    const undone = await undo().catch(() => 'That could not be undone: look at it at the Qualys console');
    throw error instanceof VerificationFailed ? new DeployError(`${error.message}. ${undone}`) : error;
  }
}

class VerificationFailed extends Error {}

const PAUSES = [0, 1_000, 2_000, 4_000, 8_000];

/** A read may lag behind. The end of the description matters most: by it the connector is known again, and deleted. */
async function readBack({ clock }: ConnectorRequest, { id, name }: ConnectorEntry, { fields, look }: Written): Promise<ConnectorEntry> {
  const marker = JSON.stringify(readDescription(fields.description).ownership);
  let entry: ConnectorEntry | undefined;
  for (const [index, pause] of PAUSES.entries()) {
    if (pause > 0) await clock.sleep(pause);
    entry = await look(index === PAUSES.length - 1);
    if (entry !== undefined && JSON.stringify(readDescription(entry.description).ownership) === marker) return entry;
  }
  throw new DeployError(entry === undefined
    ? `connector '${name}' (ID ${id}) was written, but the service does not show it. Look at it at the Qualys console`
    : `${nameOf(entry)} was written, but the service does not show the end of its description, which says whose it is. Give it a shorter description`);
}
