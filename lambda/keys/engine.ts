import { KeySecret, SecretState, Stage, UserKey, UserKeys } from './ports';
import { KeyOwner, parseStoredKey } from './stored-key';
import type { StoredKey } from '../../src/wire/access-key';
import { DeployError } from '../runtime/errors';
import { Redactor } from '../runtime/redaction/redact';
import { Clock } from '../runtime/world';

/** What every part of the key engine needs. */
export interface KeyEngine {
  readonly owner: KeyOwner;
  readonly userKeys: UserKeys;
  readonly secret: KeySecret;
  readonly clock: Clock;
  readonly redactor: Redactor;
  /** The stack that makes and removes the key, in the form of {@link stackOf}; undefined in a rotation, which does not change it. */
  readonly stack?: string;
  /** A version ID that was never used: 32 to 64 characters. */
  readonly newVersionId: () => string;
}

const STAGES: readonly Stage[] = ['AWSCURRENT', 'AWSPREVIOUS', 'AWSPENDING', 'FORMER_CURRENT', 'FORMER_PREVIOUS'];

export async function describeSecret(engine: KeyEngine): Promise<SecretState> {
  const state = await engine.secret.describe();
  if (!state) {
    throw new DeployError(`the secret ${engine.secret.arn}, which keeps the access key of ${engine.owner.userName}, does not exist or is scheduled `
      + 'for deletion. Restore it (aws secretsmanager restore-secret), then deploy again');
  }
  return state;
}

export async function readVersion(engine: KeyEngine, versionId: string): Promise<StoredKey | undefined> {
  const value = await engine.secret.read({ id: versionId });
  return value === undefined ? undefined : parseStoredKey(value, engine.secret.arn, engine.redactor);
}

export async function readStage(engine: KeyEngine, { stages }: SecretState, stage: Stage): Promise<StoredKey | undefined> {
  const version = stages[stage];
  return version === undefined ? undefined : readVersion(engine, version);
}

/** The keys in the labelled versions of the secret, by version ID. These keys are the library's own. */
export async function labelledKeys(engine: KeyEngine, { stages }: SecretState): Promise<Map<string, StoredKey>> {
  const versions = new Set(STAGES.map((stage) => stages[stage]).filter((id) => id !== undefined));
  const keys = new Map<string, StoredKey>();
  for (const id of versions) {
    const key = await readVersion(engine, id);
    if (key) keys.set(id, key);
  }
  return keys;
}

/** The IDs of the keys that have a label in the secret. */
export async function namedKeys(engine: KeyEngine, state: SecretState): Promise<Set<string>> {
  return new Set([...(await labelledKeys(engine, state)).values()].map(({ accessKeyId }) => accessKeyId));
}

export async function listKeys(engine: KeyEngine): Promise<UserKey[]> {
  const keys = await engine.userKeys.list();
  if (!keys) throw new DeployError(`the IAM user ${engine.owner.userName} does not exist in account ${engine.owner.accountId}`);
  return keys;
}
