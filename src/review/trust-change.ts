/** What a change does to who may become whom. */
export enum TrustVerdict {
  /** Somebody gets in who did not before, or may do more. */
  WIDENED = 'WIDENED',
  /** Somebody gets in no longer, or may do less. */
  NARROWED = 'NARROWED',
  /** Something else is let in, or asked for, than before. */
  MOVED = 'MOVED',
  /** A key is guarded less: it rotates more seldom, opens more, or is deleted with its stack. */
  WEAKER = 'WEAKER',
  /** One side is not known from the templates. */
  UNKNOWN = 'UNKNOWN',
}

/** One line of what a change does. Roles that change alike are one line. */
export interface TrustChange {
  /** What it amounts to. */
  readonly verdict: TrustVerdict;
  /** Which roles or key, and in which accounts: `QualysConnector in 222222222222, 333333333333`. */
  readonly roles: string;
  /** The change in words: `one caller less`. */
  readonly change: string;
  /** What was let in, asked for or set before, in words. */
  readonly before: string;
  /** What is from now on, in words. */
  readonly after: string;
}
