import { describeSecret, KeyEngine, listKeys, readStage } from '../engine';
import { isActive, mintKey, stopIfRemoved } from './mint';
import type { StoredKey } from '../../../src/wire/access-key';
import { Stage } from '../ports';
import { settleAttempt } from './reap';
import { belongsTo } from '../stored-key';

/** The labels of versions that may have a former key of the user, the best first. */
const WAS_CURRENT: readonly Stage[] = ['AWSCURRENT', 'AWSPREVIOUS', 'FORMER_CURRENT'];

/** Whether the secret names a key of the user, active or not. */
export async function hasKey(engine: KeyEngine): Promise<boolean> {
  const state = await describeSecret(engine);
  for (const stage of WAS_CURRENT) {
    const stored = await readStage(engine, state, stage);
    if (stored && belongsTo(stored, engine.owner)) return true;
  }
  return false;
}

/**
 * The user's key: the one that the secret names, or a new one if that does not work. A replay finds the key that the first run stored. A
 * former key is used before a new one is made, so a rolled-back change of the user ends with the key that the service still has.
 *
 * @param versionId the version for a new key: the ID of the request, so that a repeated request finds it
 */
export async function ensureKey(engine: KeyEngine, versionId: string): Promise<StoredKey> {
  const begun = await describeSecret(engine);
  const { stages, note } = begun;
  await stopIfRemoved(engine, versionId, begun, begun);
  const keys = await listKeys(engine);
  for (const stage of WAS_CURRENT) {
    const stored = await readStage(engine, begun, stage);
    if (!stored || !belongsTo(stored, engine.owner) || !isActive(keys, stored.accessKeyId)) continue;
    if (stage !== 'AWSCURRENT') await engine.secret.move('AWSCURRENT', stages[stage]!, stages.AWSCURRENT);
    await settleAttempt(engine, note, versionId);
    return stored;
  }
  return mintKey(engine, versionId, 'AWSCURRENT', begun);
}
