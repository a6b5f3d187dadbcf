/** The calls of AWS that the key engine needs. There are few, so that a fake with the real rules can replace AWS. */

export interface UserKey {
  readonly accessKeyId: string;
  /** `Active`, `Inactive`, `Expired`, or a later status of IAM. Only an `Active` key works. */
  readonly status: string;
  readonly created: Date;
}

export interface NewKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** The access keys of one IAM user. */
export interface UserKeys {
  /** Undefined when there is no such user. */
  list(): Promise<UserKey[] | undefined>;
  /** The client must not retry it: IAM has no token for it, so a retry makes a second key. */
  create(): Promise<NewKey>;
  /** Deactivates a key, which can be activated again. Succeeds when the key is gone. */
  deactivate(accessKeyId: string): Promise<void>;
  /** Succeeds when the key is gone. */
  delete(accessKeyId: string): Promise<void>;
  /** Undefined when the key was never used, as far as IAM knows. IAM may lag behind by hours. */
  lastUsed(accessKeyId: string): Promise<Date | undefined>;
}

/**
 * Staging labels of versions. Those of Secrets Manager are enough for the keys of one user. The other two are this library's: they name the
 * keys of the former user once another user's key is AWSCURRENT; see `former-keys.ts`.
 */
export type Stage = 'AWSCURRENT' | 'AWSPREVIOUS' | 'AWSPENDING' | 'FORMER_CURRENT' | 'FORMER_PREVIOUS';

export interface SecretState {
  /** Version IDs by staging label. */
  readonly stages: Readonly<Partial<Record<Stage, string>>>;
  /** Staging labels by version ID. */
  readonly versions: Readonly<Record<string, readonly string[]>>;
  readonly rotationEnabled: boolean;
  /** The note about a key that is being made, if any. */
  readonly note?: string;
  /** The note that the keys have to be deleted, if any. */
  readonly removal?: string;
}

/** The secret that keeps the key. */
export interface KeySecret {
  /** The name of the secret in messages. */
  readonly arn: string;
  /** Undefined when there is no such secret, or it is scheduled for deletion. */
  describe(): Promise<SecretState | undefined>;
  /** Undefined when there is no such version, or it has no value. */
  read(version: { readonly id: string } | { readonly stage: Stage }): Promise<string | undefined>;
  /** `taken`: the version exists already, with another value. */
  put(versionId: string, value: string, stage: Stage): Promise<'stored' | 'taken'>;
  move(stage: Stage, toVersion: string, fromVersion: string | undefined): Promise<void>;
  /** Removes the label from the version, so that no version has it. */
  unstage(stage: Stage, version: string): Promise<void>;
  note(text: string): Promise<void>;
  noteRemoval(text: string): Promise<void>;
}

/** Whom a key signs as. */
export interface Identity {
  readonly accountId: string;
  readonly arn: string;
}

/** Undefined when AWS does not know the key (yet). */
export type WhoAmI = (key: NewKey) => Promise<Identity | undefined>;
