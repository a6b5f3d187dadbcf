/** What crosses the wire for accounts and the role that stands in each: fleets connect them, and a registration tries its key on them. */
import type { Flag } from './common';

/** Where accounts come from. */
export interface AccountSourceProperties {
  readonly Kind: 'LIST' | 'STACK_SET' | 'UNITS';
  /** Of a list: 12 digits each. */
  readonly AccountIds?: string[];
  readonly StackSetName?: string;
  readonly StackSetRegion?: string;
  /** On whose behalf the stack set is asked about. */
  readonly CallAs?: 'SELF' | 'DELEGATED_ADMIN';
  /** Organizational units, or the root. */
  readonly UnitIds?: string[];
  readonly ExcludedAccounts?: string[];
  readonly RoleName: string;
  /** Begins and ends with `/`. */
  readonly RolePath: string;
  /** There unless each account has an external ID of its own in `ExternalIds`. */
  readonly ExternalId?: string;
  /** The account ID comes after the external ID. */
  readonly AppendsAccountId: Flag;
  /** In the order of `AccountIds`. */
  readonly ExternalIds?: string[];
}
