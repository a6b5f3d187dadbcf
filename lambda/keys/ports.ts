/** What the key engine needs of AWS. Narrow, so that a fake with the real rules can stand in for it. */

export interface UserKey {
  readonly accessKeyId: string;
  /** `Active`, `Inactive`, `Expired`, or whatever IAM adds: only `Active` can be used. */
  readonly status: string;
  readonly created: Date;
}

export interface NewKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** The access keys of one IAM user. */
export interface UserKeys {
  /** Undefined: there is no such user. */
  list(): Promise<UserKey[] | undefined>;
  /** Not repeated on its own: IAM has no token for it, so a repetition makes a second key. */
  create(): Promise<NewKey>;
  /** It can be activated again, unlike a deleted one. Of a key that is gone: succeeds. */
  deactivate(accessKeyId: string): Promise<void>;
  /** Of a key that is gone: succeeds. */
  delete(accessKeyId: string): Promise<void>;
  /** Undefined: never, as far as IAM knows; it may lag behind by hours. */
  lastUsed(accessKeyId: string): Promise<Date | undefined>;
}

/**
 * Labels of versions. Secrets Manager's own are enough for the keys of one user. The other two are this library's: they name the
 * keys of the user before, from the moment at which another one takes AWSCURRENT; see `former-keys.ts`.
 */
export type Stage = 'AWSCURRENT' | 'AWSPREVIOUS' | 'AWSPENDING' | 'FORMER_CURRENT' | 'FORMER_PREVIOUS';

export interface SecretState {
  /** Version IDs by staging label. */
  readonly stages: Readonly<Partial<Record<Stage, string>>>;
  /** Staging labels by version ID. */
  readonly versions: Readonly<Record<string, readonly string[]>>;
  readonly rotationEnabled: boolean;
  /** The note about a key in the making, if there is one. */
  readonly note?: string;
  /** The note that the keys are to go, if there is one. */
  readonly removal?: string;
}

/** The secret that keeps the key. */
export interface KeySecret {
  /** Names it in messages. */
  readonly arn: string;
  /** Undefined: there is no such secret, or it is scheduled for deletion. */
  describe(): Promise<SecretState | undefined>;
  /** Undefined: no such version, or one without a value. */
  read(version: { readonly id: string } | { readonly stage: Stage }): Promise<string | undefined>;
  /** `taken`: the version exists already, with another value. */
  put(versionId: string, value: string, stage: Stage): Promise<'stored' | 'taken'>;
  move(stage: Stage, toVersion: string, fromVersion: string | undefined): Promise<void>;
  /** Takes the label off the version, so that none has it. */
  unstage(stage: Stage, version: string): Promise<void>;
  note(text: string): Promise<void>;
  noteRemoval(text: string): Promise<void>;
}

/** Whom a key signs as. */
export interface Identity {
  readonly accountId: string;
  readonly arn: string;
}

/** Undefined: AWS does not know the key (yet). */
export type WhoAmI = (key: NewKey) => Promise<Identity | undefined>;
