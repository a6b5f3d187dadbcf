import { TrustRecord } from './record';

/** The trust policy of one role. */
export interface RolePolicy {
  /** The decoded document of IAM. It may lag behind a write by seconds. Undefined when there is no such role. */
  read(): Promise<string | undefined>;
  /** Replaces the whole document. */
  write(document: string): Promise<void>;
}

/** The record of one role. */
export interface TrustRecords {
  read(): Promise<TrustRecord | undefined>;
  /** False when there is a record already. */
  claim(record: TrustRecord): Promise<boolean>;
  write(record: TrustRecord): Promise<void>;
  /** Succeeds when the record is gone. */
  remove(): Promise<void>;
}

/** The stack that a request comes from. */
export interface OwnStack {
  /** Whether the stack has the resource, and is not deleting it. */
  keeps(logicalId: string): Promise<boolean>;
}
