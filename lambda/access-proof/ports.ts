import type { NewKey } from '../keys/ports';

/** A role, and the external ID that the caller sends. */
export interface RoleCall {
  readonly roleArn: string;
  readonly externalId: string;
}

/** The result of a call: IN; REFUSED, by a policy or because AWS does not know the key yet; or UNDECIDED, because no answer came. */
export type Outcome = 'IN' | 'REFUSED' | 'UNDECIDED';

/** Tries roles with one key. Nothing uses the sessions. */
export interface Trial {
  call(role: RoleCall): Promise<Outcome>;
  end(): void;
}

export type TryRoles = (key: NewKey) => Trial;
