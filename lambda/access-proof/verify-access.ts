import { atOnce } from './at-once';
import { Outcome, RoleCall, TryRoles } from './ports';
import { Problem, refusalOf } from './refusal';
import { WantedRole, wantedRoles } from './roles';
import type { StoredKey } from '../../src/wire/access-key';
import type { AccountSourceProperties } from '../../src/wire/accounts';
import { AccountReaders } from '../accounts/ports';
import { DeployError } from '../runtime/errors';
import { Deadline } from '../runtime/resource';
import { Clock } from '../runtime/world';

/** Calls at a time. STS takes some hundreds a second. */
const PARALLEL = 20;

/**
 * Milliseconds before a refused role is tried again. A change in IAM takes effect within seconds as a rule, and nearly always within a
 * minute.
 */
const PAUSES = [0, 2_000, 4_000, 8_000, 16_000, 30_000];

/** Milliseconds that the registration needs afterwards. */
const AFTERWARDS = 120_000;

/** How many roles of each source are called with a wrong external ID, and how often when no answer comes. */
const SAMPLE = 5;
const ATTEMPTS = 3;

export interface AccessWorld {
  readonly accounts: AccountReaders;
  readonly tryRoles: TryRoles;
  readonly clock: Clock;
  readonly deadline: Deadline;
  tell(reason: string): void;
}

/** Throws unless the key can assume the role of each account, and no role of a sample with a wrong external ID. It changes nothing. */
export async function verifyAccess(
  world: AccessWorld, key: StoredKey, sources: readonly AccountSourceProperties[], partition: string,
): Promise<void> {
  const roles = await wantedRoles(sources, partition, world.accounts);
  if (roles.length === 0) throw new DeployError('verifyAccessTo has found no account, so that nothing is proven; nothing was sent to the service. Look at its units, stack sets and lists');
  const trial = world.tryRoles(key);
  try {
    const problems = await refused(world, trial.call, roles);
    const failed = new Set(problems.map(({ role }) => role));
    const open = await letInByAny(world, trial.call, roles.filter((role) => !failed.has(role)));
    if (problems.length + open.length > 0) throw new DeployError(refusalOf(key, roles.length, problems, open));
    world.tell(`verifyAccessTo: the user ${key.userName} gets into the roles of all ${roles.length} accounts`);
  } finally {
    trial.end();
  }
}

type Call = (role: RoleCall) => Promise<Outcome>;

async function refused({ clock, deadline }: AccessWorld, call: Call, roles: readonly WantedRole[]): Promise<Problem[]> {
  const missing = roles.flatMap((role) => (role.missing === undefined ? [] : [{ role, why: role.missing }]));
  let left: Problem[] = roles.filter((role) => role.missing === undefined).map((role) => ({ role, why: NOT_TRIED }));
  for (const pause of PAUSES) {
    if (left.length === 0 || deadline.remaining() < AFTERWARDS + pause) break;
    await clock.sleep(pause);
    const outcomes = await atOnce(PARALLEL, left, async ({ role, why }): Promise<Problem | undefined> => {
      if (deadline.remaining() < AFTERWARDS) return { role, why };
      const outcome = await call(role);
      return outcome === 'IN' ? undefined : { role, why: outcome === 'REFUSED' ? 'AWS denies it' : 'AWS does not answer' };
    });
    left = outcomes.filter((one) => one !== undefined);
  }
  return [...missing, ...left];
}

const NOT_TRIED = 'the time was used up before it was tried';

/** Calls some roles of each source, spread over its list, with a wrong external ID. Returns those that accept it. */
async function letInByAny({ clock }: AccessWorld, call: Call, roles: readonly WantedRole[]): Promise<Problem[]> {
  const sources = new Set(roles.map(({ source }) => source));
  const sample = [...sources].flatMap((source) => spread(roles.filter((role) => role.source === source), SAMPLE));
  const outcomes = await atOnce(PARALLEL, sample, async (role): Promise<Problem | undefined> => {
    const wrong = { roleArn: role.roleArn, externalId: almost(role.externalId) };
    for (let attempt = 1; ; attempt++) {
      const outcome = await call(wrong);
      if (outcome === 'REFUSED') return undefined;
      if (outcome === 'IN') return { role, why: 'it lets the user in with a wrong external ID' };
      if (attempt === ATTEMPTS) return { role, why: 'AWS does not answer a call with a wrong external ID' };
      await clock.sleep(1_000);
    }
  });
  return outcomes.filter((one) => one !== undefined);
}

function spread<T>(list: readonly T[], most: number): T[] {
  const step = Math.max(1, list.length / most);
  return Array.from({ length: Math.min(most, list.length) }, (_, index) => list[Math.floor(index * step)]!);
}

/** Another external ID that differs in its last character only. It also finds a trust policy with wildcards in the external ID. */
function almost(externalId: string): string {
  return `${externalId.slice(0, -1)}${externalId.endsWith('0') ? '1' : '0'}`;
}
