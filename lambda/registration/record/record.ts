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
  /** Grows with every write: tells two states apart that look alike. */
  readonly generation: number;
  /** `CLAIMED`: nothing was sent. `PUSHING`: something may have arrived. */
  readonly status: 'CLAIMED' | 'PUSHING' | RegistrationStatus;
  readonly delivery: 'API' | 'CONSOLE';
  /** The AWS account of the entry. */
  readonly awsAccountId: string;
  /** The key that is delivered, or that waits for a person. */
  readonly accessKeyId: string;
  /** The key that the service has, as far as known: none before the first delivery. */
  readonly registeredAccessKeyId?: string;
  /** The entry was there before this library came. */
  readonly adopted: boolean;
  /** The entry was there when the key began to wait for a person, so its being there says nothing about that key; or when it was first sent. */
  readonly entryWasThere: boolean;
  /** Since when a key waits for a person; ISO 8601, as all times here. */
  readonly awaitingSince?: string;
  /** When a key became the current one by rotation. */
  readonly promoted?: { readonly accessKeyId: string; readonly at: string };
  /** When the replaced key was deactivated. It is deleted well after that. */
  readonly deactivated?: { readonly accessKeyId: string; readonly at: string };
  readonly lastRotation?: 'SUCCEEDED' | 'FAILED';
  /** The record of another stack that this one takes over, until its deployment has come to its end: a failed one gives it back. */
  readonly takenFrom?: OwnershipRecord;
  /** What the user was proven to get into, by hashes, the newest last; see `access-proof.ts`. */
  readonly proven?: readonly string[];
  /** What the owner was deployed with last, with success; see `takeover.ts`. */
  readonly mark?: string;
  /** The resource that had the entry before the owner took it over, and what it was deployed with. */
  readonly former?: { readonly owner: Owner; readonly mark: string };
  /**
   * The Create that wrote it, and the cancellation that it found when it began; see `cancellation.ts`. With the record that it took
   * over, as CloudFormation takes a Create back that has come to its end if its answer was lost.
   */
  readonly create?: { readonly requestId: string; readonly found?: string; readonly before?: OwnershipRecord };
}

/** As `toISOString` writes it. What is none would keep an old key for ever. */
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
  /** False: there is a record already. */
  claim(name: string, record: OwnershipRecord): Promise<boolean>;
  /** For a request of CloudFormation. Throws where another stack has written it since it was read. */
  write(name: string, record: OwnershipRecord): Promise<void>;
  /** For what comes by itself. Throws where anybody has written or removed it since it was read. */
  change(name: string, record: OwnershipRecord): Promise<void>;
  /** Of one that is gone: succeeds. */
  remove(name: string): Promise<void>;
  /** Which cancellation stands beside the record: the ID of the Delete that wrote it. */
  cancellation(name: string): Promise<string | undefined>;
  cancel(name: string, requestId: string): Promise<void>;
  forgetCancellation(name: string): Promise<void>;
}
