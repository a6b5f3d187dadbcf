import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod/mini';
import { DeployError } from '../runtime/errors';
import { Owner } from '../runtime/owner';

/** What is known of one role. It is written before the role is edited, so that the former document is never lost. */
export interface TrustRecord {
  readonly owner: Owner;
  /** The document as it was found. */
  readonly previous: string;
  /** Fingerprints of the service's statements as they may stand, the one last asked for at the end. */
  readonly written: readonly string[];
  /** The one of them that is known to stand; none while a write is under way, or was cut off. */
  readonly confirmed?: string;
  /** Hash of what the resource was deployed with last, with success. */
  readonly deployed?: string;
  /** By these the service's statements were known, or written, so far. */
  readonly accounts: readonly string[];
  readonly externalIds: readonly string[];
  /** Another resource of the stack, from which this one took over while it was still there, and its statements. */
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
/** IAM takes no longer document. */
const MAXIMUM_DOCUMENT = 131_072;

/** As it stands in Parameter Store: the former document readable, as long as it fits. */
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

/** Parameter Store takes `{{` for a reference to another parameter. */
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

/** The same, before these statements are written. */
export function asked(record: TrustRecord, fingerprint: string): TrustRecord {
  // Three: what was there before, what an attempt that was cut off may have written, and what comes now.
  return { ...record, written: [...record.written.filter((one) => one !== fingerprint), fingerprint].slice(-3), confirmed: undefined };
}
