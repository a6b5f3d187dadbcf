import type { NewKey } from '../keys/ports';

/** A role, and what its caller presents. */
export interface RoleCall {
  readonly roleArn: string;
  readonly externalId: string;
}

/** What AWS makes of a call: IN, REFUSED by somebody's policy or for a key that is not known yet, or UNDECIDED, as nothing could be heard. */
export type Outcome = 'IN' | 'REFUSED' | 'UNDECIDED';

/** Tries roles with one key. What a call lets in to is used for nothing. */
export interface Trial {
  call(role: RoleCall): Promise<Outcome>;
  end(): void;
}

export type TryRoles = (key: NewKey) => Trial;
