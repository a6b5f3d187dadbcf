/** The effect of a change on who may assume roles. */
export enum TrustVerdict {
  /** More callers may assume a role, or may do more with it. */
  WIDENED = 'WIDENED',
  /** Fewer callers may assume a role, or may do less with it. */
  NARROWED = 'NARROWED',
  /** Other callers may assume a role, or under other conditions, than before. */
  MOVED = 'MOVED',
  /** A key is less protected than before. It rotates less often, opens more roles, or is deleted with its stack. */
  WEAKER = 'WEAKER',
  /** The templates before or after the change do not show the effect. */
  UNKNOWN = 'UNKNOWN',
}

/** One line about the effect of a change. Roles that change in the same way share a line. */
export interface TrustChange {
  /** The effect of the change. */
  readonly verdict: TrustVerdict;
  /** The changed roles or key, with their accounts, for example `QualysConnector in 222222222222, 333333333333`. */
  readonly roles: string;
  /** The change in words, for example `one caller less`. */
  readonly change: string;
  /** The callers, conditions or settings before the change, in words. */
  readonly before: string;
  /** The callers, conditions or settings after the change, in words. */
  readonly after: string;
}
