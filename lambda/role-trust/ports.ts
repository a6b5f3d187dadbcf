import { TrustRecord } from './record';

/** The trust policy of one role. */
export interface RolePolicy {
  /** As IAM has it, decoded. It may lag behind a write by seconds. Undefined: there is no such role. */
  read(): Promise<string | undefined>;
  /** Replaces the whole document. */
  write(document: string): Promise<void>;
}

/** The record of one role. */
export interface TrustRecords {
  read(): Promise<TrustRecord | undefined>;
  /** False: there is a record already. */
  claim(record: TrustRecord): Promise<boolean>;
  write(record: TrustRecord): Promise<void>;
  /** Of one that is gone: succeeds. */
  remove(): Promise<void>;
}

/** The stack that a request comes from. */
export interface OwnStack {
  /** Whether it has the resource, and is not about to delete it. */
  keeps(logicalId: string): Promise<boolean>;
}
