import { isAccessDenied, isNamed } from './aws-errors';
import { Outbound } from '../resource';
import { Clock, Random } from '../world';

/** IAM settles within seconds as a rule, and within a minute nearly always. */
export const PROPAGATION = 60_000;
const LONGEST_PAUSE = 8_000;

/**
 * Repeats a call that IAM refuses for want of a right, for as long as a new policy may take to spread: one budget for
 * the whole request. Any other refusal is final at once.
 */
export function patient(outbound: Outbound, clock: Clock, random: Random, alsoNotYetKnown: readonly string[] = []): Outbound {
  const until = clock.now() + PROPAGATION;
  // A right, or a user, that the same deploy has just made may not be known everywhere yet.
  const isNotYetKnown = (error: unknown) => isAccessDenied(error) || isNamed(error, ...alsoNotYetKnown);
  return async (step, call, host) => {
    for (let pause = 500; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      try {
        return await outbound(step, call, host);
      } catch (error) {
        const wait = pause * (0.5 + random());
        if (!isNotYetKnown(error) || clock.now() + wait > until) throw error;
        await clock.sleep(wait);
      }
    }
  };
}
