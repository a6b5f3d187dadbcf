import { bring, Wanted } from './bring';
import { replaceStatements } from './document';
import { readRole } from './read-role';
import { isOwner, TrustRecord } from './record';
import { fingerprint, sameRest } from './same';
import { marksOf, Standing, Trust, understand } from './trust';
import { DeployError } from '../runtime/errors';

/** Puts the service's former statements back, if the record says that this resource edits them. Those of others stay as they are now. */
export async function restoreTrust(trust: Trust): Promise<void> {
  const { records, owner, roleName, properties } = trust;
  const stored = await records.read();
  if (!stored) {
    return;
  }
  if (!isOwner(stored, owner)) {
    if (stored.predecessor && isOwner({ ...stored, owner: stored.predecessor.owner }, owner)) {
      await records.write({ ...stored, predecessor: undefined }); // the one that took over has it for good
    }
    return;
  }
  try {
    const text = await readRole(trust);
    if (text !== undefined) {
      const standing = understand(text, marksOf(properties, stored));
      const after = await bring(trust, stored, stored, standing, former(trust, stored, standing));
      if (stored.predecessor) {
        return await records.write({ ...after, owner: stored.predecessor.owner, predecessor: undefined });
      }
    }
  } catch (error) {
    throw error instanceof DeployError
      ? new DeployError(`the trust of the role ${roleName} was not put back: ${error.message}. To leave the role as it is, delete the parameter `
        + `${properties.RecordName} in Parameter Store, then delete again`)
      : error;
  }
  await records.remove();
}

/** What the role is to have again. Where nobody else changed anything, it is the former document as it was. */
function former({ properties }: Trust, stored: TrustRecord, standing: Standing): Wanted {
  const marks = marksOf(properties, stored);
  const before = understand(stored.previous, marks);
  if (![before.mark, ...stored.written].includes(standing.mark)) {
    throw new DeployError('the statements that let the connector service in were changed by somebody else since the last deployment');
  }
  if (stored.predecessor) {
    const { statements } = stored.predecessor;
    return {
      text: replaceStatements(standing.document, standing.statements, statements),
      mark: fingerprint(statements.map((statement) => JSON.parse(statement) as object)),
    };
  }
  const text = sameRest(before.document, before.statements, standing.document, standing.statements)
    ? stored.previous
    : replaceStatements(standing.document, standing.statements, before.statements.map((statement) => statement.text));
  return { text, mark: before.mark };
}
