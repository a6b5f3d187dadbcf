import type { Member } from '../accounts/members';
import type { Origin } from '../connectors/notes/mark';
import { DeployError } from '../runtime/errors';

/** The fleet's item about one account. Times are milliseconds since 1970. */
export interface Row {
  readonly accountId: string;
  /** Index of the source that the account comes from. Role and external ID are taken from that source, never from the table. */
  readonly source: number;
  /** ARN of the role when the account was last listed. If it changes, the row keeps the connector of the former role. */
  readonly roleArn: string;
  readonly name?: string;
  readonly state: Exclude<Member['state'], 'EXCLUDED'>;
  /** Why the account has no role. */
  readonly reason?: string;
  /** When the account was first listed, or came back. */
  readonly since: number;
  /** When a list first did not have the account. */
  readonly goneSince?: number;
  readonly connectorId?: string;
  readonly origin?: Origin;
  /** The token in the connector's description, by which a later run recognizes it. */
  readonly token?: string;
  /** When a create was sent whose result is not known. */
  readonly begun?: number;
  /** Until this time, a second connector with the token counts as a double of this fleet. */
  readonly doubtUntil?: number;
  /** IDs of the doubles. */
  readonly doubles?: readonly string[];
  /** When a run last searched the service for connectors of this role. */
  readonly looked?: number;
  /** Fingerprint of the settings that the connector was last seen or sent with. */
  readonly applied?: string;
  /** Fingerprint of the last update. A change that the service ignores is not sent again. */
  readonly sent?: string;
  /** IDs of the fleet's tags that the connector was last sent with. */
  readonly tagIds?: readonly string[];
  /** The fleet has disabled the connector, because the account has left. */
  readonly disabled?: true;
  /** A connector of somebody else on the role. While it exists, the fleet makes none. */
  readonly blockedBy?: { readonly connectorId: string; readonly why: string };
  /** The connector on the role that the code named before. */
  readonly former?: { readonly connectorId: string; readonly roleArn: string; readonly token: string };
  /** Why the service refused the last step, in its words. */
  readonly problem?: string;
  readonly attempts?: number;
  readonly notBefore?: number;
  /** Number of writes. Every write raises it. */
  readonly version: number;
}

/** A number of calls, and the time until which they count. */
export interface Booking {
  readonly calls: number;
  readonly until: number;
}

/** The values of the metrics. */
export interface Counts {
  readonly connected: number;
  readonly waiting: number;
  /** When the account that waits longest was first listed. */
  readonly waitingSince?: number;
  readonly problems: number;
  readonly failing: number;
  readonly missing: number;
}

/** A read of all connectors that is under way. */
export interface Reading {
  readonly begun: number;
  /** Fingerprint of platform and settings. If it changes, the read begins again. */
  readonly purpose: string;
  readonly next?: string;
  readonly size: number;
  readonly failing: number;
  readonly missing: number;
}

/** A list of all accounts. */
export interface Planning {
  readonly at: number;
  /** Fingerprint of the sources. */
  readonly sources: string;
  /** IDs and states of the stack sets' operations. */
  readonly operations: string;
  /** Up to 20 excluded accounts that have the role all the same. */
  readonly excluded: readonly string[];
  readonly size: number;
}

/** The state that one run leaves to the next. */
export interface RunState {
  readonly bookings: readonly Booking[];
  /** Calls an hour that other programs leave to the fleet, from the service's last answer. */
  readonly beside?: number;
  /** Time before which the service must not be called. */
  readonly notBefore?: number;
  readonly planned?: Planning;
  readonly reading?: Reading;
  /** The last complete read. */
  readonly read?: { readonly begun: number; readonly purpose: string };
  /** IDs of the tags that are looked up by name. */
  readonly tags?: { readonly purpose: string; readonly ids: readonly string[] };
  readonly counts?: Counts;
  /** When the next step is due. */
  readonly nextDue?: number;
  /** Why the last run stopped for all accounts. */
  readonly stopped?: string;
}

/** The wanted properties, as the custom resource writes them. */
export interface Wish {
  /** Not parsed: `wishOf` does that. */
  readonly properties: unknown;
  /** Fingerprints of properties that have passed the check, the last one first. */
  readonly checked: readonly string[];
}

/** The table of a fleet: one item for each account, one for the wanted properties, one for the state that a run leaves to the next. */
export interface FleetTable {
  wish(): Promise<Wish | undefined>;
  writeWish(wish: Wish): Promise<void>;
  /** Takes the lease and reads the state with it. Undefined if another run has the lease. */
  take(holder: string, now: number, until: number): Promise<RunState | undefined>;
  /** Writes the state. Throws {@link LeaseLost} if another run has taken the lease. */
  write(holder: string, state: RunState): Promise<void>;
  /** Writes the state and gives the lease back. Throws {@link LeaseLost} if another run has taken it. */
  release(holder: string, state: RunState): Promise<void>;
  /** Reads the state without the lease, for `ConfirmCommand`. */
  state(): Promise<RunState | undefined>;
  rows(): Promise<Row[]>;
  /** Writes and removes rows without a look at what the table has. */
  writeAll(rows: readonly Row[], removed: readonly Row[]): Promise<void>;
  /** Writes a row and answers it with its new version. Throws {@link LeaseLost} if the row was written since it was read. */
  writeOne(row: Row): Promise<Row>;
}

/** Thrown when another run works on the table. */
export class LeaseLost extends DeployError {
  public override readonly name = 'LeaseLost';

  public constructor() {
    super('another run of the fleet has written the table meanwhile, so this run ended; the next run continues');
  }
}
