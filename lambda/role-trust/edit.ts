import { bring } from './bring';
import { readRole } from './read-role';
import { isOwner, TrustRecord } from './record';
import { fingerprint } from './same';
import { accountOfRole, contentsOf, edited, marksOf, Standing, Trust, understand } from './trust';
import { DeployError } from '../runtime/errors';
import { ownerName } from '../runtime/owner-name';

/** One way for create, update and their repetitions: look, decide, write down, write. Answers whether that is all: false where it stood so already. */
export async function editTrust(trust: Trust): Promise<boolean> {
  const stored = await trust.records.read();
  try {
    const { record, standing } = await stand(trust, stored);
    const contents = contentsOf(trust.properties, understand(record.previous, marksOf(trust.properties, record)));
    const after = await bring(trust, stored, record, standing, { text: edited(trust.properties, standing, contents), mark: fingerprint(contents) });
    return after !== record;
  } catch (error) {
    // So comes the rollback of an update that was refused: nothing was written then, and nothing has to be.
    if (error instanceof DeployError && stored && isOwner(stored, trust.owner) && isConfirmed(stored, trust)) return true;
    throw error instanceof DeployError ? new DeployError(`the role ${trust.roleName} was not changed: ${error.message}`) : error;
  }
}

/** The trust policy as it stands, and the record to go on with. */
async function stand(trust: Trust, stored: TrustRecord | undefined): Promise<{ readonly record: TrustRecord; readonly standing: Standing }> {
  const { properties, owner, roleName } = trust;
  const adopts = properties.AdoptExisting === 'true';
  const marks = marksOf(properties, stored);
  const known = { accounts: [...marks.accounts].sort(), externalIds: [...marks.externalIds].sort() };
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
  const standing = understand(text, marks);
  if (!stored || !sibling) return { record: firstRecord(), standing };
  const before = understand(stored.previous, marks).mark;
  if (![before, ...stored.written].includes(standing.mark)) {
    if (!adopts) {
      throw new DeployError(`the statements that let the connector service into ${roleName} were changed by somebody else since the last deployment. Put them back, or `
        + 'set adoptExisting to go on from the trust policy as it is');
    }
    return { record: { ...firstRecord(), predecessor: stored.predecessor }, standing };
  }
  const record = { ...stored, ...known };
  // A construct that was renamed: the old one is still there, and comes back if the deployment is rolled back.
  return isOwner(stored, owner) ? { record, standing } : {
    record: { ...record, owner, predecessor: { owner: stored.owner, statements: standing.statements.map((statement) => statement.text) } },
    standing,
  };

  function firstRecord(): TrustRecord {
    return { owner, previous: text!, written: [standing.mark], confirmed: standing.mark, ...known };
  }
}

/** Whether what is asked for is what this resource wrote last. */
function isConfirmed(stored: TrustRecord, { properties }: Trust): boolean {
  return stored.confirmed === fingerprint(contentsOf(properties, understand(stored.previous, marksOf(properties, stored))));
}
