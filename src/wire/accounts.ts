/** What crosses the wire for accounts with the connector role: fleets connect them, and a registration tries its key on them. */
import type { Flag } from './common';

/** Where accounts come from. */
export interface AccountSourceProperties {
  readonly Kind: 'LIST' | 'STACK_SET' | 'UNITS';
  /** IDs of a list, 12 digits each. */
  readonly AccountIds?: string[];
  readonly StackSetName?: string;
  readonly StackSetRegion?: string;
  /** On whose behalf to read the stack set. */
  readonly CallAs?: 'SELF' | 'DELEGATED_ADMIN';
  /** Organizational units, or the root. */
  readonly UnitIds?: string[];
  readonly ExcludedAccounts?: string[];
  readonly RoleName: string;
  /** Begins and ends with `/`. */
  readonly RolePath: string;
  /** Absent if each account has its own external ID in `ExternalIds`. */
  readonly ExternalId?: string;
  /** Whether the account ID is appended to the external ID. */
  readonly AppendsAccountId: Flag;
  /** In the order of `AccountIds`. */
  readonly ExternalIds?: string[];
}
