import { bring, ChangedMeanwhile } from './bring';
import { fingerprintOf } from './policy/same';
import { readRole } from './read-role';
import { TrustRecord } from './record';
import { accountOfRole, contentsOf, edited, knownCallersOf, CurrentPolicy, Trust, understand } from './trust';
import { fingerprint } from '../../src/wire/pins';
import { DeployError } from '../runtime/errors';
import { isOwner, ownerName } from '../runtime/owner';

/**
 * The steps of create, update and their repetitions: read, decide, write the record, write the trust. Returns false when the trust was
 * already as wanted.
 */
export async function editTrust(trust: Trust, attempts = 3): Promise<boolean> {
  const stored = await trust.records.read();
  try {
    const { record, current } = await stand(trust, stored);
    const contents = contentsOf(trust.properties, understand(record.previous, knownCallersOf(trust.properties, record)));
    const wanted = { text: edited(trust.properties, current, contents), fingerprint: fingerprintOf(contents) };
    const next = { ...record, deployed: fingerprint(trust.properties) };
    return await bring(trust, stored, next, current, wanted) !== next;
  } catch (error) {
    if (error instanceof ChangedMeanwhile && attempts > 1) return editTrust(trust, attempts - 1);
    // This is the rollback of a refused update: nothing was written, and nothing has to be.
    if (error instanceof DeployError && stored && isOwner(stored?.owner, trust.owner) && isRollback(stored, trust)) return true;
    throw error instanceof DeployError ? new DeployError(`the role ${trust.roleName} was not changed: ${error.message}`) : error;
  }
}

/** The present trust policy, and the record to continue with. */
async function stand(trust: Trust, stored: TrustRecord | undefined): Promise<{ readonly record: TrustRecord; readonly current: CurrentPolicy }> {
  const { properties, owner, roleName } = trust;
  const adopts = properties.AdoptExisting === 'true';
  const callers = knownCallersOf(properties, stored);
  const known = { accounts: [...callers.accounts].sort(), externalIds: [...callers.externalIds].sort() };
  const sibling = stored && stored.owner.stackId === owner.stackId;
  if (stored && !sibling && !adopts) {
    throw new DeployError(`${ownerName(stored.owner)} edits its trust already. Remove it there, `
      + 'or set adoptExisting to take the role over as it is');
  }
  const text = await readRole(trust);
  if (text === undefined) {
    throw new DeployError(`there is no such role in account ${accountOfRole(properties.RoleArn)}. Give the name of a role that exists, `
      + 'without its path');
  }
  const current = understand(text, callers);
  if (!stored || !sibling) return { record: firstRecord(), current };
  const before = understand(stored.previous, callers).fingerprint;
  if (![before, ...stored.written].includes(current.fingerprint)) {
    if (!adopts) {
      throw new DeployError(`the statements that let the connector service into ${roleName} were changed by somebody else since the last deployment. Put them back, or `
        + 'set adoptExisting to go on from the trust policy as it is');
    }
    return { record: { ...firstRecord(), predecessor: stored.predecessor }, current };
  }
  const record = { ...stored, ...known };
  // The construct was renamed. The old one still exists, and comes back if the deployment is rolled back.
  return isOwner(stored?.owner, owner) ? { record, current } : {
    record: { ...record, owner, predecessor: { owner: stored.owner, statements: current.statements.map((statement) => statement.text) } },
    current,
  };

  function firstRecord(): TrustRecord {
    return { owner, previous: text!, written: [current.fingerprint], confirmed: current.fingerprint, ...known };
  }
}

/**
 * Whether the properties are those of the last deployment. Another list of accounts with the same statements is a change: otherwise a role
 * that was opened by hand would pass.
 */
function isRollback({ confirmed, deployed, previous }: TrustRecord, trust: Trust): boolean {
  if (deployed !== undefined) return deployed === fingerprint(trust.properties);
  return confirmed === fingerprintOf(contentsOf(trust.properties, understand(previous, knownCallersOf(trust.properties, undefined))));
}
