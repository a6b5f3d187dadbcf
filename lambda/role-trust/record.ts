import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod/mini';
import { DeployError } from '../runtime/errors';
import { Owner } from '../runtime/owner';

/** The record of one role. It is written before the role is edited, so that the former document is never lost. */
export interface TrustRecord {
  readonly owner: Owner;
  /** The document as it was found. */
  readonly previous: string;
  /** Fingerprints of the service's statements that the role may have, the last wanted one at the end. */
  readonly written: readonly string[];
  /** The fingerprint that the role certainly has; undefined during a write, and after an interrupted one. */
  readonly confirmed?: string;
  /** Hash of the last successfully deployed properties. */
  readonly deployed?: string;
  /** The accounts and external IDs by which the service's statements were recognized, or written, so far. */
  readonly accounts: readonly string[];
  readonly externalIds: readonly string[];
  /** Another resource of the stack that still existed when this one took over, and its statements. */
  readonly predecessor?: { readonly owner: Owner; readonly statements: readonly string[] };
}

const owner = z.object({ stackId: z.string(), logicalId: z.string() });
const schema = z.object({
  owner,
  previous: z.optional(z.string()),
  previousDeflated: z.optional(z.string()),
  written: z.array(z.string()),
  confirmed: z.optional(z.string()),
  deployed: z.optional(z.string()),
  accounts: z.array(z.string()),
  externalIds: z.array(z.string()),
  predecessor: z.optional(z.object({ owner, statements: z.array(z.string()) })),
});

/** A standard parameter holds 4 KB. */
const MAXIMUM_BYTES = 4096;
/** The longest document that IAM takes. */
const MAXIMUM_DOCUMENT = 131_072;

/** The text in Parameter Store. The former document is readable if it fits. */
export function packRecord(record: TrustRecord, name: string): string {
  const { previous, ...rest } = record;
  const plain = JSON.stringify(record);
  if (fits(plain)) return plain;
  const packed = JSON.stringify({ ...rest, previousDeflated: deflateRawSync(previous).toString('base64') });
  if (!fits(packed)) {
    throw new DeployError(`the present trust policy is too long to be kept in the parameter ${name}, which holds 4 KB: `
      + 'shorten it first');
  }
  return packed;
}

/** For Parameter Store `{{` is a reference to another parameter. */
function fits(value: string): boolean {
  return Buffer.byteLength(value) <= MAXIMUM_BYTES && !value.includes('{{');
}

export function parseTrustRecord(value: string, name: string): TrustRecord {
  try {
    const { previous, previousDeflated, ...rest } = z.parse(schema, JSON.parse(value));
    return { ...rest, previous: previous ?? inflateRawSync(Buffer.from(previousDeflated!, 'base64'), { maxOutputLength: MAXIMUM_DOCUMENT }).toString() };
  } catch {
    throw new DeployError(`the parameter ${name} in Parameter Store is not a record that this library wrote. If nothing else needs it, delete it and deploy `
      + 'again: the trust policy as it is then becomes the one to put back');
  }
}

/** The record before these statements are written. */
export function asked(record: TrustRecord, fingerprint: string): TrustRecord {
  // Three fingerprints: the former one, one that an interrupted attempt may have written, and the new one.
  return { ...record, written: [...record.written.filter((one) => one !== fingerprint), fingerprint].slice(-3), confirmed: undefined };
}
