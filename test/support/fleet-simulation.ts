import type { LimitOptions } from './connector-service/http/limits';
import { seededRandom } from './seeded';
import { account, accounts, FleetStage, HOUR, MINUTE } from './stage/fleet-stage';

/** A first onboarding, and what happens meanwhile. */
export interface Onboarding {
  readonly accounts: number;
  readonly seed: number;
  readonly callsPerHour?: number;
  /** Share of runs that are killed at some call. */
  readonly killed?: number;
  /** Share of calls of the service that it answers with 500. */
  readonly errors?: number;
  /** Calls an hour of other programs of the subscription. */
  readonly others?: number;
  /** Median of a create, in seconds. */
  readonly createSeconds?: number;
  readonly limits?: LimitOptions;
  /** So many accounts join meanwhile. */
  readonly joins?: number;
}

export interface Onboarded {
  readonly hours: number;
  /** Of the service, repetitions too. */
  readonly calls: number;
  readonly mostInAnHour: number;
  readonly duplicates: number;
  readonly refused: number;
  readonly othersRefused: number;
  readonly others: number;
  /** Share of the budget that was used while work waited. */
  readonly used: number;
  /** Minutes from the join to the connector, of those that joined meanwhile. */
  readonly joins: readonly number[];
}

/** What a subscription has as a rule. */
export const USUAL: LimitOptions = { rate: { calls: 300, windowSeconds: 3_600, sliding: true }, concurrency: 2 };

const LONGEST = 100 * HOUR;

/** The bundled handler with its client against the stand-in, whose clock runs ahead of ours. Repeats itself with its seed. */
export async function onboard(asked: Onboarding): Promise<Onboarded> {
  const { accounts: count, seed, callsPerHour = 240, killed = 0, errors = 0, others = 0, createSeconds = 1.5, limits = USUAL, joins = 0 } = asked;
  const random = seededRandom(seed);
  const stage = new FleetStage({ seed, service: { limits } });
  const { time, traffic, aws } = stage.world;
  stage.join(...accounts(count));
  if (await stage.deploy({ callsPerHour }) !== 'CREATE_COMPLETE') throw new Error(stage.failure);
  const begun = time.now();
  const times: number[] = [];
  const waiting = new Map<string, number>();
  const took: number[] = [];
  let [othersRefused, othersMade, joined, call, kill] = [0, 0, 0, 0, 0];
  traffic.restart();
  traffic.latency = ({ surface, step }) => (surface === 'service' ? 1_000 * (step.includes('/create/') ? createSeconds : 1) * (0.5 + random()) : 20);
  traffic.fault = ({ surface }) => {
    call += 1;
    if (call === kill) return 'kill';
    return surface === 'service' && random() < errors ? 'server-error' : undefined;
  };
  traffic.watch = ({ surface }) => {
    if (surface === 'service') times.push(time.now());
    for (const [accountId, since] of waiting) {
      if (stage.row(accountId)?.connectorId === undefined) continue;
      waiting.delete(accountId);
      took.push((time.now() - since) / MINUTE);
    }
  };
  const isDone = () => [...stage.table.keys()].filter((id) => id.startsWith('account#')).length >= count && (stage.table.json('run').counts?.connected ?? 0) >= aws.organization.accounts.size;
  for (let tick = begun; !isDone(); tick += 5 * MINUTE) {
    if (time.now() < tick) time.advance(tick - time.now());
    if (time.now() - begun > LONGEST) throw new Error(`it has not come to its end after ${LONGEST / HOUR} hours`);
    [call, kill] = [0, random() < killed ? 1 + Math.floor(random() * 60) : 0];
    traffic.calls.length = 0;
    stage.world.log.length = 0;
    await stage.run();
    // Somewhere in the time until the next run.
    const rest = Math.max(0, tick + 5 * MINUTE - time.now());
    const events = poisson(others / 12, random);
    for (let event = 0; event < events; event++) {
      time.advance(Math.floor(rest / (events + 1)));
      othersMade += 1;
      if (stage.service.otherCall()) othersRefused += 1;
    }
    if (joined < joins && random() < 0.1) {
      const accountId = account(900_000 + joined++);
      time.advance(Math.floor(random() * Math.max(0, tick + 5 * MINUTE - time.now())));
      stage.join(accountId);
      waiting.set(accountId, time.now());
    }
  }
  const arns = stage.live.map(({ settings: { arn } }) => arn);
  const hours = (times.at(-1)! - begun) / HOUR;
  return {
    hours,
    calls: times.length,
    mostInAnHour: mostInAnHour(times),
    duplicates: arns.length - new Set(arns).size,
    refused: stage.service.requests().filter(({ status }) => status === 409).length,
    othersRefused,
    others: othersMade,
    used: Math.min(1, times.length / Math.max(1, hours * callsPerHour)),
    joins: took.sort((one, other) => one - other),
  };
}

/** In any 3,600 seconds. */
export function mostInAnHour(times: readonly number[]): number {
  let [most, from] = [0, 0];
  for (let to = 0; to < times.length; to++) {
    while (times[from]! <= times[to]! - HOUR) from += 1;
    most = Math.max(most, to - from + 1);
  }
  return most;
}

function poisson(mean: number, random: () => number): number {
  let count = 0;
  for (let product = random(); product > Math.exp(-mean); product *= random()) count += 1;
  return count;
}
