import { NoUsableAnswer, ServiceAnswer, Unusable } from './errors';
import { NoAnswer } from '../../runtime/errors';
import { Deadline } from '../../runtime/resource';
import { Clock, Random } from '../../runtime/world';

export interface RetryOptions {
  /** Whether a second request is harmless if the first one took effect. */
  readonly repeatable: boolean;
  /** Answers that are not tried again, because the caller then asks for something else. */
  readonly givesUpAfter?: readonly Unusable[];
  /**
   * Whether to wait and try again when the service refuses for too many calls. A caller with a schedule does not wait.
   *
   * @default true
   */
  readonly waitsForLimits?: boolean;
  readonly deadline: Deadline;
  readonly clock: Clock;
  readonly random: Random;
  /** Who tries again when the time is up; the default is a deployment. */
  readonly again?: string;
}

/**
 * Attempts after network failures. For a rate limit the function waits as long as it has time, because a stack with many connectors makes
 * many calls at once.
 */
const MAXIMUM_ATTEMPTS = 5;
const FIRST_WAIT = 1_000;
/** Shortest wait, even if the service asks for less. */
const SHORTEST_ASKED = 1_000;
const LONGEST_WAIT = 30_000;

const NOT_IMPLEMENTED = 501;

const PASSING: readonly Unusable[] = ['unreachable', 'timeout', 'truncated'];

/** Repeats a call that the service refused for the moment and, if that is harmless, one that failed on the network. */
export async function withRetries<T>(options: RetryOptions, attempt: () => Promise<T>): Promise<T> {
  for (let number = 1; ; number++) {
    try {
      return await attempt();
    } catch (error) {
      if (!mayRepeat(error, options, number)) throw error;
      const wait = waitAfter(error, number, options.random);
      if (wait >= options.deadline.remaining()) throw withWait(error, wait, options.again);
      await options.clock.sleep(wait);
    }
  }
}

function mayRepeat(error: unknown, { repeatable, givesUpAfter = [], waitsForLimits = true }: RetryOptions, attempts: number): boolean {
  if (error instanceof ServiceAnswer && error.isLimit) return waitsForLimits;
  if (!repeatable || attempts >= MAXIMUM_ATTEMPTS) return false;
  if (error instanceof NoUsableAnswer && givesUpAfter.includes(error.reason)) return false;
  return isPassing(error);
}

/** Whether another attempt may succeed: after an internal error of the service, or a network failure. */
export function isPassing(error: unknown): boolean {
  if (error instanceof ServiceAnswer) return error.status >= 500 && error.status !== NOT_IMPLEMENTED && !error.isBadToken;
  return error instanceof NoAnswer || (error instanceof NoUsableAnswer && PASSING.includes(error.reason));
}

/** Adds a random part, so that several functions do not come back at once. Never shorter than asked for. */
function waitAfter(error: unknown, number: number, random: Random): number {
  const asked = error instanceof ServiceAnswer ? error.wait : undefined;
  if (asked === undefined) return Math.ceil(Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (number - 1)) * (0.5 + random()));
  return Math.ceil(Math.max(SHORTEST_ASKED, asked) * (1 + random() / 10));
}

function withWait(error: unknown, wait: number, again = 'deploy again after that'): unknown {
  if (!(error instanceof ServiceAnswer)) return error;
  const advice = `It can be asked again in ${Math.ceil(wait / 1000)} seconds, which is more than is left of this request: ${again}`;
  return new ServiceAnswer({ ...error.details, advice });
}
