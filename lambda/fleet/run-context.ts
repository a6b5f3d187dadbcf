import { DeployedFleet } from './authority';
import { Meter } from './budget/meter';
import { FleetTable, Row, RunState } from './ports';
import { Wanting } from './rows/due';
import { appliedOf, purposeOf } from './wanted';
import type { ServiceProperties } from '../../src/wire/common';
import type { FleetProperties } from '../../src/wire/fleet';
import { Member } from '../accounts/members';
import { AccountReaders, OrganizationAccount } from '../accounts/ports';
import { Environment } from '../runtime/calls/hosts';
import { Deadline, Invocation, Outbound } from '../runtime/resource';
import { Clock } from '../runtime/world';
import type { QpsService } from '../service/qps/service';
import type { Manner } from '../service/system-qps';

/** What the fleet takes from outside. */
export interface FleetWorld {
  readonly clock: Clock;
  readonly random: () => number;
  readonly env: Environment;
  /** Takes one line of the log. */
  write(line: string): void;
  newToken(): string;
  service(service: ServiceProperties, invocation: Invocation, patiently: Outbound, manner: Manner): QpsService;
  table(name: string, outbound: Outbound, clock: Clock): FleetTable;
  readers(outbound: Outbound): AccountReaders;
}

/** One run, with what it works on. */
export interface Run {
  readonly world: FleetWorld;
  readonly deployed: DeployedFleet;
  readonly properties: FleetProperties;
  readonly purpose: string;
  readonly service: QpsService;
  readonly readers: AccountReaders;
  readonly table: FleetTable;
  readonly meter: Meter;
  readonly invocation: Invocation;
  /** Ends before the function does, so that what was done can be noted. */
  readonly deadline: Deadline;
  /** By which it holds the lease. */
  readonly holder: string;
  /** When the function ends at the latest. */
  readonly latestEnd: number;
  state: RunState;
  readonly rows: Map<string, Row>;
  /** What each row's connector has to have been sent: of ten thousand rows it is made once. */
  readonly applied: WeakMap<Row, string>;
  /** Whether calls were booked. */
  hasBooked?: boolean;
  /** Calls that this run has booked in all. */
  taken: number;
  /** Whether what is free brings all that is due to its end, as was found at first. */
  endsWork?: boolean;
  /** Why nothing is done for all accounts. */
  stopped?: string;
  /** Whether they were read. */
  hasRows: boolean;
  /** All members, where this run has listed them. */
  members?: ReadonlyMap<string, Member>;
  /** The organization, where this run has read it to look an account up. */
  organization?: readonly OrganizationAccount[];
}

/** Milliseconds for what a run notes at its end. */
export const FOR_END = 20_000;
/** Milliseconds that a step has to have: a call of the service ends by itself after 30 seconds. */
const FOR_STEP = 35_000;

export function hasTime({ deadline }: Pick<Run, 'deadline'>, more = 0): boolean {
  return deadline.remaining() > FOR_STEP + more;
}

export function newRun(parts: Omit<Run, 'purpose' | 'rows' | 'applied' | 'hasRows' | 'taken'>): Run {
  return { ...parts, purpose: purposeOf(parts.properties), rows: new Map(), applied: new WeakMap(), hasRows: false, taken: 0 };
}

/** By what a row's next step is decided. */
export function wantingOf({ properties, purpose, state, applied }: Run): Wanting {
  const { Action, AfterSeconds } = properties.OnAccountRemoval;
  return {
    readBegan: state.read?.purpose === purpose ? state.read.begun : -Infinity,
    applied: (row) => {
      const known = applied.get(row) ?? appliedOf(properties, purpose, row);
      applied.set(row, known);
      return known;
    },
    removal: { action: Action, after: Number(AfterSeconds) * 1_000 },
  };
}

/** Writes a row over what was read, and keeps it. */
export async function keep(run: Run, row: Row): Promise<Row> {
  if (JSON.stringify(run.rows.get(row.accountId)) === JSON.stringify(row)) return row;
  const written = await run.table.writeOne(row);
  run.rows.set(written.accountId, written);
  return written;
}
