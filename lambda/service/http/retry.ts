import { NoUsableAnswer, ServiceAnswer, Unusable } from './errors';
import { NoAnswer } from '../../runtime/errors';
import { Deadline } from '../../runtime/resource';
import { Clock, Random } from '../../runtime/world';

export interface RetryOptions {
  /** Whether a second request does no harm if the first one took effect. */
  readonly repeatable: boolean;
  /** Not repeated after these, as the caller then asks for something else. */
  readonly givesUpAfter?: readonly Unusable[];
  /**
   * Whether a refusal for too many calls is waited out. Who comes again later anyway does not sleep.
   *
   * @default true
   */
  readonly waitsForLimits?: boolean;
  readonly deadline: Deadline;
  readonly clock: Clock;
  readonly random: Random;
  /** Who asks next, where the time is up; a deployment unless given. */
  readonly again?: string;
}

/** After failures on the way. A limit is waited out as long as there is time: with many connectors in a stack, many calls come at once. */
const MAXIMUM_ATTEMPTS = 5;
const FIRST_WAIT = 1_000;
/** However short the time is that the service asks for. */
const SHORTEST_ASKED = 1_000;
const LONGEST_WAIT = 30_000;

const NOT_IMPLEMENTED = 501;

const PASSING: readonly Unusable[] = ['unreachable', 'timeout', 'truncated'];

/** Repeats what the service refused for now and, where that is harmless, what may have failed on the way. */
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

/** What may be gone when it is asked again: an error of the service's own, or a failure on the way. */
export function isPassing(error: unknown): boolean {
  if (error instanceof ServiceAnswer) return error.status >= 500 && error.status !== NOT_IMPLEMENTED && !error.isBadToken;
  return error instanceof NoAnswer || (error instanceof NoUsableAnswer && PASSING.includes(error.reason));
}

/** Spread, so that several functions told to wait do not come back at once; never shorter than asked for. */
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
