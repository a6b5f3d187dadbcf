import { RoleCall } from './ports';
import type { AccountSourceProperties } from '../../src/wire/accounts';
import { AccountReaders } from '../accounts/ports';
import { readAccounts } from '../accounts/read-accounts';

/** A role that the key has to be able to assume. */
export interface WantedRole extends RoleCall {
  readonly accountId: string;
  /** Index of the source that it comes from. */
  readonly source: number;
  /** Why it is not tried, in words: the role does not exist. */
  readonly missing?: string;
}

/** The present roles of all sources, each once, without the roles of excluded accounts. */
export async function wantedRoles(
  sources: readonly AccountSourceProperties[], partition: string, { stackSets, organization }: AccountReaders,
): Promise<WantedRole[]> {
  let accounts: ReturnType<typeof organization.accounts> | undefined;
  const readers = { stackSets, organization: { accounts: () => accounts ??= organization.accounts() } };
  const roles = new Map<string, WantedRole>();
  for (const [index, source] of sources.entries()) {
    for (const { accountId, roleArn, externalId, state, reason } of await readAccounts([source], partition, readers)) {
      if (state === 'EXCLUDED' || roles.has(roleArn)) continue;
      const missing = state === 'READY' ? undefined : reason ?? 'its stack instance is not there yet';
      roles.set(roleArn, { accountId, roleArn, externalId, source: index, ...missing !== undefined && { missing } });
    }
  }
  return [...roles.values()];
}
