import type { StoredKey } from '../../../src/wire/access-key';
import { describeSecret, KeyEngine, labelledKeys } from '../engine';
import { lastAttempt } from '../minting/minting-note';
import { settleAttempt } from '../minting/reap';
import { belongsTo } from '../stored-key';

const LABELS = ['FORMER_CURRENT', 'FORMER_PREVIOUS'] as const;

/**
 * Before another user's key becomes the current one: everything that the Delete of the user before has to know gets a name that
 * lasts, as it takes keys without one for somebody else's, and deletes none then. What an interrupted attempt has made is gone.
 *
 * @param former the engine of the user before, whose rights last until CloudFormation has deleted it
 */
export async function keepNames(engine: KeyEngine, former: KeyEngine): Promise<void> {
  if (!await former.userKeys.list()) return;
  const { note } = await former.secret.describe() ?? {};
  // The note has room for one attempt.
  await settleAttempt(former, note, lastAttempt(note) ?? 'none');
  if (former.secret.arn === engine.secret.arn) await labelFormerKeys(engine, former);
}

/**
 * The new current key pushes those of the former user out of the labels of Secrets Manager. A rotation may have left two of
 * them. On the way back from a change, a key of the user to which it goes back may be under such a label, and keeps it.
 */
async function labelFormerKeys(engine: KeyEngine, former: KeyEngine): Promise<void> {
  const state = await describeSecret(engine);
  const labelled = await labelledKeys(engine, state);
  const { AWSCURRENT, AWSPENDING } = state.stages;
  const current = AWSCURRENT === undefined ? undefined : labelled.get(AWSCURRENT);
  if (!current || !belongsTo(current, former.owner)) return;
  if (AWSPENDING !== undefined && AWSPENDING === AWSCURRENT) {
    // Left by the last rotation. Once another version is the current one, Secrets Manager would take that for one under way.
    await engine.secret.unstage('AWSPENDING', AWSPENDING);
  }
  const theirs = [...await versionsOf(former, labelled)].filter((version) => version === AWSCURRENT || version !== AWSPENDING); // that label stays
  const ours = await versionsOf(engine, labelled);
  const free = LABELS.filter((label) => !ours.has(state.stages[label]));
  // The current one becomes the previous one, so where one label is left, the other key needs it more.
  const others = theirs.filter((version) => version !== AWSCURRENT);
  const needed = free.length === 1 && others.length > 0 ? others : [...theirs.filter((version) => version === AWSCURRENT), ...others];
  for (const [index, label] of free.entries()) {
    const version = needed[index];
    if (version !== undefined && version !== state.stages[label]) await engine.secret.move(label, version, state.stages[label]);
  }
}

/** Those of the versions whose keys the user has. */
async function versionsOf({ userKeys }: KeyEngine, labelled: ReadonlyMap<string, StoredKey>): Promise<Set<string | undefined>> {
  const ids = (await userKeys.list() ?? []).map(({ accessKeyId }) => accessKeyId);
  return new Set([...labelled].filter(([, { accessKeyId }]) => ids.includes(accessKeyId)).map(([version]) => version));
}
