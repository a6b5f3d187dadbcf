import { DeadlineExceeded } from './errors';
import { errorFields } from './failure';
import { Log } from './log';
import { Deadline, Outbound } from './resource';
import { Clock } from './world';

export interface CountedOutbound {
  readonly outbound: Outbound;
  /** The step that threw this error, or the last one begun. */
  stepOf(error: unknown): string | undefined;
}

/**
 * Numbers and logs every step. Once the time is up no step begins any more: a request that was answered FAILED must not
 * go on changing things, not even when the function wakes up again for the next one.
 */
export function createOutbound(deadline: Deadline, clock: Clock, log: Log): CountedOutbound {
  const failed = new WeakMap<object, string>();
  let count = 0;
  let latest: string | undefined;
  const outbound: Outbound = async (step, call) => {
    if (deadline.remaining() <= 0) {
      log({ step, outcome: 'refused' });
      throw new DeadlineExceeded(step);
    }
    const number = ++count;
    const start = clock.now();
    latest = step;
    try {
      const result = await call();
      log({ step, number, outcome: 'done', ms: clock.now() - start });
      return result;
    } catch (error) {
      log({ step, number, outcome: 'failed', ms: clock.now() - start, ...errorFields(error) });
      if (typeof error === 'object' && error !== null && !failed.has(error)) failed.set(error, step);
      throw error;
    }
  };
  return { outbound, stepOf: (error) => (typeof error === 'object' && error !== null ? failed.get(error) : undefined) ?? latest };
}
