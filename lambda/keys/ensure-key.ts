import { describeSecret, KeyEngine, readVersion } from './engine';
import { isActive, listKeys, mintKey, reapAttempts, stopIfRemoved } from './mint';
import { readNote, settledNote, stackOf } from './minting-note';
import { belongsTo } from './stored-key';
import type { StoredKey } from '../../src/private/contract';

/** Whether the secret names a key of the user, whatever IAM says of it. */
export async function hasKey(engine: KeyEngine): Promise<boolean> {
  const { stages } = await describeSecret(engine);
  for (const version of [stages.AWSCURRENT, stages.AWSPREVIOUS]) {
    const stored = version === undefined ? undefined : await readVersion(engine, version);
    if (stored && belongsTo(stored, engine.owner)) {
      return true;
    }
  }
  return false;
}

/**
 * The user's key: the one that the secret names, or a new one where it names none that works. A replay finds what the
 * first run stored. A key under AWSPREVIOUS is taken back before a new one is made: so a rolled-back change of the user
 * ends with the key that the service still holds.
 *
 * @param versionId where a new key would be stored: the ID of the request, so that a repeated one finds it
 */
export async function ensureKey(engine: KeyEngine, versionId: string): Promise<StoredKey> {
  const begun = await describeSecret(engine);
  const { stages, note } = begun;
  await stopIfRemoved(engine, versionId, begun, begun);
  const keys = await listKeys(engine);
  for (const stage of ['AWSCURRENT', 'AWSPREVIOUS'] as const) {
    const version = stages[stage];
    const stored = version === undefined ? undefined : await readVersion(engine, version);
    if (version === undefined || !stored || !belongsTo(stored, engine.owner) || !isActive(keys, stored.accessKeyId)) {
      continue;
    }
    if (stage === 'AWSPREVIOUS') {
      await engine.secret.move('AWSCURRENT', version, stages.AWSCURRENT);
    }
    if (readNote(note)) { // an attempt ended between its key and its last word
      await reapAttempts(engine);
      await engine.secret.note(settledNote(versionId, stackOf(note)));
    }
    return stored;
  }
  return mintKey(engine, versionId, 'AWSCURRENT', begun);
}
