import { DeadlineExceeded, NoAnswer } from '../errors';
import { errorFields } from '../failure';
import { Log } from '../redaction/log';
import { Deadline, Outbound } from '../resource';
import { within } from './within';
import { Clock } from '../world';

/** Milliseconds for one call, including all retries of the AWS client. A call of the service ends by itself after 30 seconds. */
const CALL_TIMEOUT = 40_000;

export interface CountedOutbound {
  readonly outbound: Outbound;
  /** The step that threw this error, or the last one begun. */
  stepOf(error: unknown): string | undefined;
}

/**
 * Numbers and logs every step. When the time is up, no further step begins: after the answer FAILED a request must not change anything, not
 * even when the function wakes up for the next one. Each call has its own limit, so a call without an answer does not use up the time of
 * the others.
 */
export function createOutbound(deadline: Deadline, clock: Clock, log: Log, callTimeout = CALL_TIMEOUT): CountedOutbound {
  const failed = new WeakMap<object, string>();
  let count = 0;
  let latest: string | undefined;
  const outbound: Outbound = async (step, call, host) => {
    if (deadline.remaining() <= 0) {
      log({ step, host, outcome: 'refused' });
      throw new DeadlineExceeded(step);
    }
    const number = ++count;
    const start = clock.now();
    latest = step;
    try {
      const result = await within(callTimeout, call(), () => new NoAnswer(step, callTimeout));
      log({ step, host, number, outcome: 'done', ms: clock.now() - start });
      return result;
    } catch (error) {
      log({ step, host, number, outcome: 'failed', ms: clock.now() - start, ...errorFields(error) });
      if (typeof error === 'object' && error !== null && !failed.has(error)) failed.set(error, step);
      throw error;
    }
  };
  return { outbound, stepOf: (error) => (typeof error === 'object' && error !== null ? failed.get(error) : undefined) ?? latest };
}
