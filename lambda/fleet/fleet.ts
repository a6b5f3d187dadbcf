import { checkAsked, checkResource, deployedFleet } from './authority';
import { closed, free, opened } from './budget/budget';
import { Meter } from './budget/meter';
import { FleetTable, RunState } from './ports';
import { parseFleetProperties } from './properties';
import { FleetWorld } from './run-context';
import { PARTITIONS } from '../../src/wire/account-types';
import { FLEET_ATTRIBUTES, FleetProperties, TABLE_VARIABLE } from '../../src/wire/fleet';
import { fingerprint } from '../../src/wire/pins';
import { Member } from '../accounts/members';
import { readAccounts } from '../accounts/read-accounts';
import { tagIdsOf } from '../connectors/tags';
import { ANSWER_MARGIN } from '../runtime/calls/deadline';
import { patient } from '../runtime/calls/patience';
import { DeployError } from '../runtime/errors';
import { Attributes, CustomResource, ResourceRequest } from '../runtime/resource';
import { serviceHost } from '../service/http/origin';

/** Milliseconds between two attempts to take the lease. */
const PAUSE = 2_000;
/** Milliseconds that are kept for the check of the service and for the answer. */
const FOR_CHECK = 60_000;
/** Further calls that the check books, for repetitions. */
const SPARE = 5;

/**
 * `Custom::QualysConnectorFleet`: writes the wanted properties into the table, from which the runs work. It fails if accounts or service cannot be
 * read, and does not wait for connectors.
 */
export function fleet(world: FleetWorld): CustomResource<FleetProperties> {
  return {
    parse: parseFleetProperties,
    physicalId: ({ Service, AccountType }) => `qualys-connector-fleet:${serviceHost(Service)}:${AccountType}`,
    create: (request) => bring(world, request),
    update: (request) => bring(world, request),
    // The connectors stay at the service, and the table stays too.
    delete: async () => {},
  };
}

async function bring(world: FleetWorld, request: ResourceRequest<FleetProperties>): Promise<Attributes> {
  const { properties, logicalId, outbound, tell } = request;
  const { clock, random, env } = world;
  const deployed = deployedFleet(env);
  checkResource(logicalId, deployed);
  checkAsked(properties, deployed, 'the event');
  const patiently = patient(outbound, clock, random);
  const table = world.table(env[TABLE_VARIABLE] ?? '', patiently, clock);
  const print = fingerprint(properties);
  const { checked = [] } = await table.wish() ?? {};
  let members: readonly Member[] | undefined;
  try {
    members = await check(world, request, table);
  } catch (error) {
    // A rollback asks for properties that have passed the check before. It has to succeed.
    if (!checked.includes(print) || !(error instanceof DeployError)) throw error;
    tell(`these properties have passed the check before, so the deployment continues: ${error.message}`);
  }
  await table.writeWish({ properties, checked: [print, ...checked.filter((one) => one !== print)].slice(0, 2) });
  return {
    [FLEET_ATTRIBUTES.accountCount]: members === undefined ? 'UNKNOWN' : String(members.length),
    [FLEET_ATTRIBUTES.estimate]: estimate(members?.length ?? 0, Number(properties.CallsPerHour)),
  };
}

/** The accounts to connect. Throws if there are none, or if accounts or service cannot be read. */
async function check(world: FleetWorld, request: ResourceRequest<FleetProperties>, table: FleetTable): Promise<Member[]> {
  const { properties: { Sources, AccountType }, outbound } = request;
  const patiently = patient(outbound, world.clock, world.random);
  const members = (await readAccounts(Sources, PARTITIONS[AccountType], world.readers(patiently))).filter(({ state }) => state !== 'EXCLUDED');
  if (members.length === 0) {
    throw new DeployError('there is no account to connect: the stack set has no instance in an active account, or the units have no account that is not excluded. Check the sources of the '
      + 'accounts, then deploy again');
  }
  await checkService(world, request, table);
  return members;
}

/** Signs in, reads one connector, and looks the tags up. The calls count like those of a run. It makes none while a run is at work. */
async function checkService(world: FleetWorld, request: ResourceRequest<FleetProperties>, table: FleetTable): Promise<void> {
  const { properties, deadline, outbound, requestId, tell } = request;
  const { clock, random } = world;
  const latestEnd = clock.now() + deadline.remaining() + ANSWER_MARGIN;
  const state = await leaseOf(table, requestId, latestEnd, world, deadline.remaining);
  const wanted = 1 + (properties.DefaultTags?.filter(({ Id }) => Id === undefined).length ?? 0);
  const calls = state === undefined ? 0 : Math.min(wanted + SPARE, free(state.bookings, Number(properties.CallsPerHour), clock.now()));
  if (state === undefined || calls < wanted) {
    if (state !== undefined) await table.release(requestId, state);
    tell('the service was not called, because a run is at work or the calls of this hour are used up: the next run shows whether the credentials work');
    return;
  }
  const begun: RunState = { ...state, bookings: opened(state.bookings, calls, latestEnd, clock.now()) };
  await table.write(requestId, begun);
  const meter = new Meter();
  meter.open(calls);
  try {
    const metered = { ...request, outbound: meter.outbound(outbound) };
    const service = world.service(properties.Service, metered, patient(outbound, clock, random), { seen: meter.seen });
    await service.connectors.page(undefined, 1);
    await tagIdsOf(service, properties.DefaultTags);
  } finally {
    await table.release(requestId, { ...begun, bookings: closed(begun.bookings, meter.called, clock.now()), nextDue: 0 });
  }
}

async function leaseOf(
  table: FleetTable, holder: string, until: number, { clock }: FleetWorld, remaining: () => number,
): Promise<RunState | undefined> {
  for (;;) {
    const state = await table.take(holder, clock.now(), until);
    if (state !== undefined || remaining() < FOR_CHECK) return state;
    await clock.sleep(PAUSE);
  }
}

function estimate(accounts: number, callsPerHour: number): string {
  const hours = accounts / callsPerHour;
  const time = hours < 1 ? 'within an hour' : `after about ${Math.ceil(hours * 10) / 10} hours`;
  return `${accounts} ${accounts === 1 ? 'account is' : 'accounts are'} connected, or brought up to a change, ${time} at ${callsPerHour} calls an hour, the newest first`;
}
