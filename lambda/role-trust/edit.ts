import { bring, ChangedMeanwhile } from './bring';
import { fingerprintOf } from './policy/same';
import { readRole } from './read-role';
import { TrustRecord } from './record';
import { accountOfRole, contentsOf, edited, knownCallersOf, CurrentPolicy, Trust, understand } from './trust';
import { fingerprint } from '../../src/wire/pins';
import { DeployError } from '../runtime/errors';
import { isOwner, ownerName } from '../runtime/owner';

/** One way for create, update and their repetitions: look, decide, write down, write. Answers whether that is all: false where it stood so already. */
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
    // So comes the rollback of an update that was refused: nothing was written then, and nothing has to be.
    if (error instanceof DeployError && stored && isOwner(stored?.owner, trust.owner) && isRollback(stored, trust)) return true;
    throw error instanceof DeployError ? new DeployError(`the role ${trust.roleName} was not changed: ${error.message}`) : error;
  }
}

/** The trust policy as it stands, and the record to go on with. */
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
  // A construct that was renamed: the old one is still there, and comes back if the deployment is rolled back.
  return isOwner(stored?.owner, owner) ? { record, current } : {
    record: { ...record, owner, predecessor: { owner: stored.owner, statements: current.statements.map((statement) => statement.text) } },
    current,
  };

  function firstRecord(): TrustRecord {
    return { owner, previous: text!, written: [current.fingerprint], confirmed: current.fingerprint, ...known };
  }
}

/**
 * Whether all is asked for that was deployed last. Another list of accounts, with the same statements, is a change: a role that was opened by hand
 * must not pass with it.
 */
function isRollback({ confirmed, deployed, previous }: TrustRecord, trust: Trust): boolean {
  if (deployed !== undefined) return deployed === fingerprint(trust.properties);
  return confirmed === fingerprintOf(contentsOf(trust.properties, understand(previous, knownCallersOf(trust.properties, undefined))));
}
