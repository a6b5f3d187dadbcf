import * as z from 'zod/mini';
import type { RegistrationStatus } from '../../../src/wire/base-account';
import { DeployError } from '../../runtime/errors';
import { Owner } from '../../runtime/owner';

/**
 * The ownership record: one per platform and account type, in Parameter Store. Nothing in it is secret. It is written
 * before the first call that changes something at the service, so that a crash never leaves an entry that nobody owns.
 */
export interface OwnershipRecord {
  readonly owner: Owner;
  /** Grows with every write, so that two equal states differ. */
  readonly generation: number;
  /** `CLAIMED` means that nothing was sent, `PUSHING` that something may have arrived. */
  readonly status: 'CLAIMED' | 'PUSHING' | RegistrationStatus;
  readonly delivery: 'API' | 'CONSOLE';
  /** The AWS account of the entry. */
  readonly awsAccountId: string;
  /** The key that is delivered, or that waits for a person. */
  readonly accessKeyId: string;
  /** The key that the service has, as far as known: none before the first delivery. */
  readonly registeredAccessKeyId?: string;
  /** Whether the entry was there before this library. */
  readonly adopted: boolean;
  /**
   * Whether the entry was there when the key began to wait for a person, or when it was first sent. Then the entry says nothing about that
   * key.
   */
  readonly entryWasThere: boolean;
  /** Since when a key waits for a person; ISO 8601, as all times here. */
  readonly awaitingSince?: string;
  /** When a key became the current one by rotation. */
  readonly promoted?: { readonly accessKeyId: string; readonly at: string };
  /** When the replaced key was deactivated. It is deleted 20 hours later at the earliest. */
  readonly deactivated?: { readonly accessKeyId: string; readonly at: string };
  readonly lastRotation?: 'SUCCEEDED' | 'FAILED';
  /** The record of another stack that this one takes over, until the deployment has ended. A failed deployment gives the entry back. */
  readonly takenFrom?: OwnershipRecord;
  /** Hashes of the proofs that the user can assume its roles, the newest last; see `access-proof.ts`. */
  readonly proven?: readonly string[];
  /** Hash of the owner's last successfully deployed properties; see `takeover.ts`. */
  readonly mark?: string;
  /** The resource that had the entry before the owner took it over, and the hash of its properties. */
  readonly former?: { readonly owner: Owner; readonly mark: string };
  /**
   * The Create that wrote the record, and the cancellation that it found when it began; see `cancellation.ts`. It also has the record that
   * it took over, because CloudFormation takes back a finished Create if its answer was lost.
   */
  readonly create?: { readonly requestId: string; readonly found?: string; readonly before?: OwnershipRecord };
}

/** A time as `toISOString` writes it. An invalid one would keep an old key for ever. */
const time = z.string().check(z.refine((value) => /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) && !Number.isNaN(Date.parse(value))));

const owner = z.object({ stackId: z.string(), logicalId: z.string() });
const fields = {
  owner,
  generation: z.number(),
  status: z.enum(['CLAIMED', 'PUSHING', 'REGISTERED', 'AWAITING_CONSOLE']),
  delivery: z.enum(['API', 'CONSOLE']),
  awsAccountId: z.string(),
  accessKeyId: z.string(),
  registeredAccessKeyId: z.optional(z.string()),
  adopted: z.boolean(),
  entryWasThere: z.boolean(),
  awaitingSince: z.optional(time),
  promoted: z.optional(z.object({ accessKeyId: z.string(), at: time })),
  deactivated: z.optional(z.object({ accessKeyId: z.string(), at: time })),
  lastRotation: z.optional(z.enum(['SUCCEEDED', 'FAILED'])),
  proven: z.optional(z.array(z.string())),
  mark: z.optional(z.string()),
  former: z.optional(z.object({ owner, mark: z.string() })),
};
const create = { requestId: z.string(), found: z.optional(z.string()) };
const before = z.optional(z.object({ ...fields, create: z.optional(z.object(create)) }));
const schema = z.object({ ...fields, takenFrom: before, create: z.optional(z.object({ ...create, before })) });

export function parseRecord(value: string, name: string): OwnershipRecord {
  try {
    return z.parse(schema, JSON.parse(value));
  } catch {
    throw new DeployError(`the parameter ${name} in Parameter Store is not a record that this library wrote. If nothing else needs it, delete it and `
      + 'deploy again with adoptExisting');
  }
}

/** Where records are kept. */
export interface Records {
  read(name: string): Promise<OwnershipRecord | undefined>;
  /** False when there is a record already. */
  claim(name: string, record: OwnershipRecord): Promise<boolean>;
  /** Writes for a request of CloudFormation. Throws when another stack has written the record since it was read. */
  write(name: string, record: OwnershipRecord): Promise<void>;
  /** Writes for a rotation or the daily run. Throws when anybody has written or removed the record since it was read. */
  change(name: string, record: OwnershipRecord): Promise<void>;
  /** Succeeds when the record is gone. */
  remove(name: string): Promise<void>;
  /** The cancellation beside the record: the ID of the Delete that wrote it. */
  cancellation(name: string): Promise<string | undefined>;
  cancel(name: string, requestId: string): Promise<void>;
  forgetCancellation(name: string): Promise<void>;
}
