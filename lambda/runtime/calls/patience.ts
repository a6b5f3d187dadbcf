import { isAccessDenied, isNamed } from './aws-errors';
import { Outbound } from '../resource';
import { Clock, Random } from '../world';

/** A change in IAM takes effect within seconds as a rule, and nearly always within a minute. */
export const PROPAGATION = 60_000;
const LONGEST_PAUSE = 8_000;

/**
 * Repeats a call that IAM denies, for as long as a new policy may take to become effective. The whole request has one time limit for this.
 * Any other refusal is final at once.
 */
export function patient(outbound: Outbound, clock: Clock, random: Random, alsoNotYetKnown: readonly string[] = []): Outbound {
  const until = clock.now() + PROPAGATION;
  // The same deployment may have just made the right or the user, and AWS may not know it everywhere yet.
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
