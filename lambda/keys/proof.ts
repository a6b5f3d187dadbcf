import { Identity, NewKey, WhoAmI } from './ports';
import { DeployError } from '../runtime/errors';
import { Deadline } from '../runtime/resource';
import { Clock, Random } from '../runtime/world';

/** A new key spreads over AWS' endpoints in seconds, and one that answers is no proof for the next. */
const IN_A_ROW = 3;
const LONGEST = 120_000;

export interface ProofWorld {
  readonly whoAmI: WhoAmI;
  readonly clock: Clock;
  readonly random: Random;
  readonly deadline: Deadline;
}

/** Waits until the key signs several times in a row; answers as whom. */
export async function proveKey(world: ProofWorld, key: NewKey, times = IN_A_ROW): Promise<Identity> {
  const until = world.clock.now() + Math.min(LONGEST, world.deadline.remaining() / 2);
  for (let successes = 0; ;) {
    const identity = await world.whoAmI(key);
    successes = identity ? successes + 1 : 0;
    if (identity && successes >= times) return identity;
    const pause = (identity ? 250 : 1_000) * (0.5 + world.random());
    if (world.clock.now() + pause > until) {
      throw new DeployError(`the access key ${key.accessKeyId} is not accepted by AWS (GetCallerIdentity), tried for up to two minutes. It may have been `
        + 'deleted or deactivated, or the function cannot reach AWS STS; nothing was sent to the service with it');
    }
    await world.clock.sleep(pause);
  }
}
