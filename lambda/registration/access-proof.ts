import { RegistrationWorld } from './open-registration';
import { OwnershipRecord } from './record/record';
import { AccessProof, Registration, showsAccount } from './registration';
import type { StoredKey } from '../../src/wire/access-key';
import { PARTITIONS } from '../../src/wire/account-types';
import type { AccountSourceProperties } from '../../src/wire/accounts';
import { fingerprint } from '../../src/wire/pins';
import { verifyAccess } from '../access-proof/verify-access';
import { patient } from '../runtime/calls/patience';
import { isOwner } from '../runtime/owner';
import { Invocation } from '../runtime/resource';
import { BaseAccountEntry } from '../service/base-account-api';

export function accessProof(
  world: RegistrationWorld, { properties, clock }: Registration, sources: readonly AccountSourceProperties[], invocation: Invocation,
): AccessProof {
  const { AccountType, AwsAccountId, UserName } = properties;
  const { outbound, deadline, tell } = invocation;
  // The rights to list accounts may be new.
  const accounts = world.accounts(patient(outbound, clock, world.random));
  const proven = new Set<string>();
  return {
    hash: fingerprint([AwsAccountId, UserName, sources]),
    prove: async (key) => {
      if (proven.has(key.accessKeyId)) return;
      await verifyAccess({ accounts, tryRoles: world.tryRoles(outbound), clock, deadline, tell }, key, sources, PARTITIONS[AccountType]);
      proven.add(key.accessKeyId);
    },
  };
}

/** How many proofs the record keeps: those that a rollback may need. */
const REMEMBERED = 5;

/**
 * Tests the roles that have to be tested, and returns all proofs. If the service already calls as this user, it does not repeat a former
 * proof: a rollback must not fail for a role that broke later, and it moves no connector. The service itself has to show that, because
 * others may write the record.
 */
export async function proveBefore(
  { accessProof: proof, properties, owner }: Registration, entry: BaseAccountEntry, found: OwnershipRecord | undefined, key: StoredKey,
): Promise<readonly string[] | undefined> {
  const before = isOwner(found?.owner, owner) ? found?.proven ?? [] : [];
  if (!proof) return before.length === 0 ? undefined : before;
  if (showsAccount(entry, properties.AwsAccountId) && before.includes(proof.hash)) return before;
  await proof.prove(key);
  return [...before.filter((hash) => hash !== proof.hash), proof.hash].slice(-REMEMBERED);
}
