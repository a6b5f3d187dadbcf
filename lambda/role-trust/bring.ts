import { sameRest } from './policy/same';
import { readRole } from './read-role';
import { asked, TrustRecord } from './record';
import { CurrentPolicy, knownCallersOf, Trust, understand } from './trust';
import { DeployError } from '../runtime/errors';
import { isOwner } from '../runtime/owner';

/** The document that the role has to have, and the fingerprint of the service's statements in it. */
export interface Wanted {
  readonly text: string;
  readonly fingerprint: string;
}

/**
 * Writes the record, then the document, then the record again. It writes nothing that is there already. A read may be older than the last
 * write, so the record has to confirm it.
 *
 * @param stored the record in Parameter Store
 * @param record the record to write
 */
export async function bring(
  trust: Trust, stored: TrustRecord | undefined, record: TrustRecord, current: CurrentPolicy, wanted: Wanted,
): Promise<TrustRecord> {
  if (current.fingerprint === wanted.fingerprint && record.confirmed === wanted.fingerprint) {
    await keep(trust, stored, record);
    return record;
  }
  // Somebody else may have edited the trust policy that was read.
  if (await readRole(trust) !== current.document.text) throw new ChangedMeanwhile();
  const next = asked(record, wanted.fingerprint);
  await keep(trust, stored, next);
  try {
    await trust.role.write(wanted.text);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    // Nothing was written, and the record says so again. If this write fails, the record allows more states than needed, which does no
    // harm.
    await (stored ? trust.records.write(stored) : trust.records.remove()).catch(() => undefined);
    throw explained(error);
  }
  await checkWritten(trust, next, wanted);
  const confirmed = { ...next, confirmed: wanted.fingerprint };
  await trust.records.write(confirmed);
  return confirmed;
}

/** The trust policy has changed since it was read, so it has to be read again. */
export class ChangedMeanwhile extends DeployError {
  public override readonly name = 'ChangedMeanwhile';

  public constructor() {
    super('somebody else edits its trust policy at the same time: deploy again when that is done');
  }
}

/** Milliseconds between reads. For some seconds IAM shows the former document. */
const PAUSES = [0, 1_000, 2_000, 4_000];

/** Reads the document back. If it is neither this one nor one that this library wrote or found before, somebody else has overwritten it. */
async function checkWritten(trust: Trust, record: TrustRecord, wanted: Wanted): Promise<void> {
  for (const pause of PAUSES) {
    await trust.clock.sleep(pause);
    const text = await readRole(trust);
    const stands = text === undefined ? wanted.fingerprint : fingerprintIn(text, trust, record, wanted);
    if (stands === wanted.fingerprint) return;
    if (stands === undefined || ![...record.written, fingerprintIn(record.previous, trust, record)].includes(stands)) throw new ChangedMeanwhile();
  }
}

/** Fingerprint of the service's statements in a document; undefined when they cannot be recognized, or when the other statements differ. */
function fingerprintIn(text: string, { properties }: Trust, record: TrustRecord, wanted?: Wanted): string | undefined {
  try {
    const callers = knownCallersOf(properties, record);
    const { document, statements, fingerprint } = understand(text, callers);
    if (wanted === undefined) return fingerprint;
    const other = understand(wanted.text, callers);
    return sameRest(document, statements, other.document, other.statements) ? fingerprint : undefined;
  } catch {
    return undefined;
  }
}

async function keep({ records, owner }: Trust, stored: TrustRecord | undefined, next: TrustRecord): Promise<void> {
  if (stored) return JSON.stringify(next) === JSON.stringify(stored) ? undefined : records.write(next);
  if (!await records.claim(next)) {
    const winner = await records.read();
    if (!winner || !isOwner(winner?.owner, owner)) throw new DeployError('another stack began to edit its trust a moment ago. Let one of them do it');
  }
}

/** IAM has refused the change. */
function isRefusal(error: unknown): error is Error {
  return error instanceof Error && (error as { $fault?: unknown }).$fault === 'client';
}

function explained(error: Error): Error {
  const said = `IAM says: ${error.message}`;
  switch (error.name) {
    case 'MalformedPolicyDocumentException':
      return new DeployError(`IAM does not take the new trust policy. The account that it names does not exist (yet), or a principal of another statement was deleted. ${said}`);
    case 'UnmodifiableEntityException':
      return new DeployError(`only the AWS service that made it can edit its trust policy. ${said}`);
    case 'NoSuchEntityException':
      return new DeployError('it was deleted meanwhile');
    case 'LimitExceededException':
      return new DeployError(`IAM does not take the new trust policy: shorten or remove other statements, or ask AWS to raise the quota 'Role trust policy length'. ${said}`);
    default:
      return error;
  }
}
