import { bring, ChangedMeanwhile, Wanted } from './bring';
import { replaceStatements } from './policy/document';
import { fingerprintOf, sameRest } from './policy/same';
import { readRole } from './read-role';
import { TrustRecord } from './record';
import { knownCallersOf, CurrentPolicy, Trust, understand } from './trust';
import { DeployError } from '../runtime/errors';
import { isOwner } from '../runtime/owner';

/**
 * Puts the service's former statements back, if the record says that this resource edits them. The statements of others stay as they are
 * now.
 *
 * A renamed construct has two resources for a while. CloudFormation deletes the old one when the renaming succeeded, and the new one in a
 * rollback. Both Deletes look the same, and a Delete that failed is never repeated. So the function asks the stack whether the other
 * resource stays. If it does, it keeps the role; otherwise this was the last one.
 */
export async function restoreTrust(trust: Trust, attempts = 3): Promise<void> {
  const { records, owner, roleName, properties, stack } = trust;
  const stored = await records.read();
  if (!stored) return;
  const { predecessor } = stored;
  const isNew = isOwner(stored?.owner, owner);
  if (!isNew && !(predecessor && isOwner(predecessor?.owner, owner))) return;
  const otherStays = predecessor !== undefined && await stack.keeps((isNew ? predecessor : stored).owner.logicalId);
  if (!isNew && otherStays) return records.write({ ...stored, predecessor: undefined }); // the one that took over has it for good

  const heir = otherStays ? predecessor : undefined;
  try {
    const text = await readRole(trust);
    if (text !== undefined) {
      const current = understand(text, knownCallersOf(properties, stored));
      const after = await bring(trust, stored, stored, current, former(trust, stored, current, heir));
      if (heir) return await records.write({ ...after, owner: heir.owner, predecessor: undefined });
    }
  } catch (error) {
    if (error instanceof ChangedMeanwhile && attempts > 1) return restoreTrust(trust, attempts - 1);
    throw error instanceof DeployError
      ? new DeployError(`the trust of the role ${roleName} was not put back: ${error.message}. To leave the role as it is, delete the parameter `
        + `${properties.RecordName} in Parameter Store, then delete again`)
      : error;
  }
  await records.remove();
}

/** The document to restore. If nobody else changed anything, it is exactly the former document. */
function former({ properties }: Trust, stored: TrustRecord, current: CurrentPolicy, heir: TrustRecord['predecessor']): Wanted {
  // Only the template counts. Otherwise somebody who can write the record could name themselves there, and would be let in.
  const callers = knownCallersOf(properties, undefined);
  const untouched = () => understand(stored.previous, knownCallersOf(properties, stored)).fingerprint;
  if (!stored.written.includes(current.fingerprint) && untouched() !== current.fingerprint) {
    throw new DeployError('the statements that let the connector service in were changed by somebody else since the last '
      + 'deployment');
  }
  if (heir) {
    const { statements } = wayBack(() => understand(`{"Statement":[${heir.statements.join(',')}]}`, callers, true));
    const texts = statements.map((statement) => statement.text);
    return {
      text: replaceStatements(current.document, current.statements, texts),
      fingerprint: fingerprintOf(statements.map(({ content }) => content)),
    };
  }
  const before = wayBack(() => understand(stored.previous, callers));
  const text = sameRest(before.document, before.statements, current.document, current.statements)
    ? stored.previous
    : replaceStatements(current.document, current.statements, before.statements.map((statement) => statement.text));
  return { text, fingerprint: before.fingerprint };
}

function wayBack(understood: () => CurrentPolicy): CurrentPolicy {
  try {
    return understood();
  } catch (error) {
    throw error instanceof DeployError
      ? new DeployError(`the trust policy of before, as the record has it, is not put back, since it would let somebody in of whom the code says nothing: ${error.message}. If it is right, deploy `
        + 'first with the account in formerAccountIds, or with the external ID that it asks for; else look who may write the record')
      : error;
  }
}
