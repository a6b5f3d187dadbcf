import { Identity, WhoAmI } from './ports';
import type { StoredKey } from '../../src/wire/access-key';
import { DeployError } from '../runtime/errors';
import { Deadline } from '../runtime/resource';
import { Clock, Random } from '../runtime/world';

/** A new key reaches all endpoints of AWS within seconds. One endpoint that accepts it says nothing about the next. */
const IN_A_ROW = 3;
const LONGEST = 120_000;

export interface ProofWorld {
  readonly whoAmI: WhoAmI;
  readonly clock: Clock;
  readonly random: Random;
  readonly deadline: Deadline;
}

/**
 * Waits until AWS accepts the key several times in a row, as the user of the secret. Returns the identity. Throws for the key of anybody
 * else.
 */
export async function proveKey(world: ProofWorld, key: StoredKey, times = IN_A_ROW): Promise<Identity> {
  const until = world.clock.now() + Math.min(LONGEST, world.deadline.remaining() / 2);
  for (let successes = 0; ;) {
    const identity = await world.whoAmI(key);
    if (identity) checkIsUser(identity, key);
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

/** The secret says whose key it is, but anybody who can write the secret can write that too. */
function checkIsUser({ arn, accountId }: Identity, { accessKeyId, ...key }: StoredKey): void {
  const [, , service, , account, name = ''] = arn.split(':');
  const isUser = service === 'iam' && account === key.accountId && name.startsWith('user/') && name.split('/').at(-1) === key.userName;
  if (isUser && accountId === key.accountId) return;
  throw new DeployError(`the access key ${accessKeyId} signs as ${arn}, not as the user ${key.userName} of account ${key.accountId}; nothing was sent to the service. Somebody has put another `
    + 'key into the secret: move the label AWSCURRENT back to the version that held the user\'s key, and look who may write the secret');
}
