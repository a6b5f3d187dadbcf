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

/** Everything that the fleet takes from outside: clients, clock, random numbers and environment. */
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

/** One run, with its clients and its state. */
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
  /** It ends before the function does, so that the run can still write its state. */
  readonly deadline: Deadline;
  /** The name under which the run holds the lease. */
  readonly holder: string;
  /** When the function ends at the latest. */
  readonly latestEnd: number;
  state: RunState;
  readonly rows: Map<string, Row>;
  /** Fingerprints of the settings that connectors must have, computed once for each row. */
  readonly applied: WeakMap<Row, string>;
  /** Whether calls were booked. */
  hasBooked?: boolean;
  /** Calls that this run has booked in all. */
  taken: number;
  /** Whether the free calls suffice for everything that is due, as it was first computed. */
  endsWork?: boolean;
  /** Why the run stopped for all accounts. */
  stopped?: string;
  /** Whether the rows were read. */
  hasRows: boolean;
  /** All members, if this run has listed them. */
  members?: ReadonlyMap<string, Member>;
  /** The accounts of the organization, if this run has read them. */
  organization?: readonly OrganizationAccount[];
}

/** Milliseconds that are kept for the writes at the end of a run. */
export const FOR_END = 20_000;
/** Milliseconds that a step needs. A call of the service times out after 30 seconds. */
const FOR_STEP = 35_000;

export function hasTime({ deadline }: Pick<Run, 'deadline'>, more = 0): boolean {
  return deadline.remaining() > FOR_STEP + more;
}

export function newRun(parts: Omit<Run, 'purpose' | 'rows' | 'applied' | 'hasRows' | 'taken'>): Run {
  return { ...parts, purpose: purposeOf(parts.properties), rows: new Map(), applied: new WeakMap(), hasRows: false, taken: 0 };
}

/** The conditions that decide about a row's next step. */
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

/** Writes a row if it has changed, and keeps it in the run. */
export async function keep(run: Run, row: Row): Promise<Row> {
  if (JSON.stringify(run.rows.get(row.accountId)) === JSON.stringify(row)) return row;
  const written = await run.table.writeOne(row);
  run.rows.set(written.accountId, written);
  return written;
}
