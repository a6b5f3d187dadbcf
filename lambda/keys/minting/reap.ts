import { describeSecret, KeyEngine, listKeys, namedKeys } from '../engine';
import { madeByAttempt, unfinishedAttempt, settledNote, stackOf } from './minting-note';
import { UserKey } from '../ports';

/** Milliseconds. */
const UNTIL_STORED = [0, 2_000, 8_000];

export interface Remaining {
  readonly keys: UserKey[];
  /** The note as it was. */
  readonly note?: string;
}

/** Deletes the keys that an interrupted attempt made and that no version of the secret names. Returns the other keys. */
export async function reapAttempts(engine: KeyEngine): Promise<Remaining> {
  const keys = await listKeys(engine);
  const state = await describeSecret(engine);
  const attempt = unfinishedAttempt(state.note, engine.owner.userName);
  const suspects = keys.filter((key) => madeByAttempt(attempt, key));
  if (suspects.length === 0) return { keys, note: state.note };
  const orphans = await unnamed(engine, suspects);
  for (const orphan of orphans) await engine.userKeys.delete(orphan.accessKeyId);

  return { keys: keys.filter((key) => !orphans.includes(key)), note: state.note };
}

/** An attempt stores its key at once. If the request was delivered twice, the other delivery may be doing that now. */
async function unnamed(engine: KeyEngine, suspects: readonly UserKey[]): Promise<readonly UserKey[]> {
  let orphans = suspects;
  for (const pause of UNTIL_STORED) {
    await engine.clock.sleep(pause);
    const named = await namedKeys(engine, await describeSecret(engine));
    orphans = orphans.filter((key) => !named.has(key.accessKeyId));
    if (orphans.length === 0) return [];
  }
  return neverUsed(engine, orphans);
}

/**
 * Nobody can use a key whose answer was lost, because nobody has its secret. A key that is used belongs to somebody else. The note is no
 * proof: it is a tag, which others may write.
 */
export async function neverUsed({ userKeys }: KeyEngine, keys: readonly UserKey[]): Promise<readonly UserKey[]> {
  const unused: UserKey[] = [];
  for (const key of keys) if (await userKeys.lastUsed(key.accessKeyId) === undefined) unused.push(key);

  return unused;
}

/** Ends an interrupted attempt: deletes the keys that it made and that nothing names. */
export async function settleAttempt(engine: KeyEngine, note: string | undefined, attempt: string): Promise<void> {
  if (unfinishedAttempt(note, engine.owner.userName)) {
    await reapAttempts(engine);
    await engine.secret.note(settledNote(attempt, stackOf(note)));
  }
}
