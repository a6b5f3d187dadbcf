import { describeSecret, KeyEngine, listKeys, readVersion } from '../engine';
import { settledNote, stackOf, writeNote } from './minting-note';
import { NewKey, SecretState, Stage, UserKey } from '../ports';
import { reapAttempts, Remaining } from './reap';
import type { StoredKey } from '../../../src/wire/access-key';
import { DeployError } from '../../runtime/errors';
import { wasRemoved } from '../removal/removal-note';
import { restoreFormerKey } from '../removal/restore-former-key';

/** IAM's limit, which cannot be raised. */
const KEYS_PER_USER = 2;

/**
 * Makes a key and stores it as the version `versionId` under the given label. A crash at any point leaves at most a key
 * that the next attempt recognizes by the note and removes; running it twice with one version ID gives one key.
 *
 * @param begun the secret as it was when the work began
 */
export async function mintKey(engine: KeyEngine, versionId: string, stage: Stage, begun: SecretState): Promise<StoredKey> {
  const { keys, note } = await clearRoom(engine);
  const stack = engine.stack ?? stackOf(note);
  const attempt = { at: engine.clock.now(), attempt: versionId, before: keys.map((key) => key.accessKeyId), userName: engine.owner.userName };
  await engine.secret.note(writeNote(attempt, stack));
  await stopIfRemoved(engine, versionId, begun, await describeSecret(engine));
  const made = await create(engine);
  const stored = await store(engine, made, versionId, stage);
  await stopIfRemoved(engine, versionId, begun, await describeSecret(engine), stored);
  await engine.secret.note(settledNote(versionId, stack));
  return stored;
}

/** Undoes it if the resource was deleted while its key was made. */
export async function stopIfRemoved(engine: KeyEngine, attempt: string, begun: SecretState, now: SecretState, made?: StoredKey): Promise<void> {
  if (!wasRemoved(engine.owner.userName, attempt, begun, now)) return;
  if (made) {
    await restoreFormerKey(engine, now);
    await engine.userKeys.delete(made.accessKeyId);
  }
  throw new DeployError(`the keys of ${engine.owner.userName} were removed while one was being made, as CloudFormation does when it cancels a deployment; `
    + 'no key was left. Deploy again');
}

/** Removes what an earlier attempt left, and returns the remaining keys. Throws when there is no room for another one. */
async function clearRoom(engine: KeyEngine): Promise<Remaining> {
  const left = await reapAttempts(engine);
  if (left.keys.length >= KEYS_PER_USER) {
    const ids = left.keys.map((key) => key.accessKeyId).join(' and ');
    throw new DeployError(`the user ${engine.owner.userName} has two access keys already (${ids}), IAM's limit, so no key can be made; nothing was `
      + 'deleted. Delete the one that is not in use, then deploy again');
  }
  return left;
}

async function create(engine: KeyEngine): Promise<NewKey> {
  try {
    const made = await engine.userKeys.create();
    engine.redactor.protect(made.secretAccessKey);
    return made;
  } catch (error) {
    // The answer may have been lost. Then the key exists, and nobody can get its secret any more.
    await reapAttempts(engine).catch(() => undefined);
    throw error;
  }
}

async function store(engine: KeyEngine, made: NewKey, versionId: string, stage: Stage): Promise<StoredKey> {
  const key: StoredKey = { accessKeyId: made.accessKeyId, secretAccessKey: made.secretAccessKey, ...engine.owner };
  const value = JSON.stringify(key);
  try {
    if (await engine.secret.put(versionId, value, stage) === 'stored') return key;
    const winner = await usableVersion(engine, versionId);
    if (winner) { // the same request, delivered twice: the first one counts
      await engine.userKeys.delete(made.accessKeyId);
      return winner;
    }
    await engine.secret.put(engine.newVersionId(), value, stage);
    return key;
  } catch (error) {
    if (await readVersion(engine, versionId).then((found) => found?.accessKeyId === made.accessKeyId, () => false)) return key; // stored after all, only the answer was lost

    await engine.userKeys.delete(made.accessKeyId);
    throw error;
  }
}

/** The key of an existing version, if it is still active. */
async function usableVersion(engine: KeyEngine, versionId: string): Promise<StoredKey | undefined> {
  const stored = await readVersion(engine, versionId);
  const keys = await listKeys(engine);
  return stored && isActive(keys, stored.accessKeyId) ? stored : undefined;
}

export function isActive(keys: readonly UserKey[], accessKeyId: string): boolean {
  return keys.some((key) => key.accessKeyId === accessKeyId && key.status === 'Active');
}
