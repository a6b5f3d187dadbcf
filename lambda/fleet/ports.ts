import type { Member } from '../accounts/members';
import type { Origin } from '../connectors/notes/mark';
import { DeployError } from '../runtime/errors';

/** What the fleet knows of one account. Times are milliseconds since 1970. */
export interface Row {
  readonly accountId: string;
  /** Which of the sources it comes from; role and external ID are made of it, never read from here. */
  readonly source: number;
  /** As it was last listed: by a change of it the connector of the former role is found. */
  readonly roleArn: string;
  readonly name?: string;
  readonly state: Exclude<Member['state'], 'EXCLUDED'>;
  /** Why the role did not come. */
  readonly reason?: string;
  /** When the account was first listed, or came back. */
  readonly since: number;
  /** When it was first missed. */
  readonly goneSince?: number;
  readonly connectorId?: string;
  readonly origin?: Origin;
  /** By which a connector that is made here is known again. */
  readonly token?: string;
  /** A create was sent, and what became of it is not known. */
  readonly begun?: number;
  /** Until then a second connector of the token counts as a double of ours. */
  readonly doubtUntil?: number;
  /** IDs of such doubles. */
  readonly doubles?: readonly string[];
  /** The service was asked for connectors of this role after the account had been listed. */
  readonly looked?: number;
  /** What the connector was last seen or sent with. */
  readonly applied?: string;
  /** Fingerprint of what the last update sent: what the service does not take is not sent again. */
  readonly sent?: string;
  /** Our tags that it was last sent with. */
  readonly tagIds?: readonly string[];
  /** Disabled from here, as its account had left. */
  readonly disabled?: true;
  /** A connector of somebody else that keeps us from making one. */
  readonly blockedBy?: { readonly connectorId: string; readonly why: string };
  /** On a role that this account was connected by before. */
  readonly former?: { readonly connectorId: string; readonly roleArn: string; readonly token: string };
  /** Why the service, or AWS, refused the last step; in their words. */
  readonly problem?: string;
  readonly attempts?: number;
  readonly notBefore?: number;
  /** Raised by every write. */
  readonly version: number;
}

/** So many calls, which count until then. */
export interface Booking {
  readonly calls: number;
  readonly until: number;
}

/** What the metrics say. */
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
  /** What it is read for: another platform or other settings need another one. */
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
  /** How the operations of stack sets stood. */
  readonly operations: string;
  /** Accounts that have the role and must not; some of them. */
  readonly excluded: readonly string[];
  readonly size: number;
}

/** What one run hands on to the next. */
export interface RunState {
  readonly bookings: readonly Booking[];
  /** Calls an hour beside those of others, as the service let us know last. */
  readonly beside?: number;
  /** The service wants no call before. */
  readonly notBefore?: number;
  readonly planned?: Planning;
  readonly reading?: Reading;
  /** The last read that came to its end. */
  readonly read?: { readonly begun: number; readonly purpose: string };
  /** IDs of the tags that are looked up by name. */
  readonly tags?: { readonly purpose: string; readonly ids: readonly string[] };
  readonly counts?: Counts;
  /** When there is something to do again. */
  readonly nextDue?: number;
  /** Why the last run stopped for all accounts. */
  readonly stopped?: string;
}

/** What is wanted, as the custom resource notes it. */
export interface Wish {
  /** Parsed by whoever works with it. */
  readonly properties: unknown;
  /** Fingerprints of wishes that have passed the check, the last one first. */
  readonly checked: readonly string[];
}

/** The table of a fleet: one item an account, one for what is wanted, one that a run hands on. */
export interface FleetTable {
  wish(): Promise<Wish | undefined>;
  writeWish(wish: Wish): Promise<void>;
  /** Takes the lease and reads the state with it; undefined where another run has it. */
  take(holder: string, now: number, until: number): Promise<RunState | undefined>;
  /** Throws {@link LeaseLost} where another run has taken over. */
  write(holder: string, state: RunState): Promise<void>;
  /** The same, and gives the lease back. */
  release(holder: string, state: RunState): Promise<void>;
  /** Without a lease, for whoever asks how it stands. */
  state(): Promise<RunState | undefined>;
  rows(): Promise<Row[]>;
  /** Whatever stands there. */
  writeAll(rows: readonly Row[], removed: readonly Row[]): Promise<void>;
  /** Over what was read; answers it with its version. Throws {@link LeaseLost} where somebody else has written it since. */
  writeOne(row: Row): Promise<Row>;
}

/** Another run works on the table. */
export class LeaseLost extends DeployError {
  public override readonly name = 'LeaseLost';

  public constructor() {
    super('another run of the fleet has written the table meanwhile, so that this one ended; the next one goes on');
  }
}
