import type { StoredKey } from '../../../src/wire/access-key';
import { describeSecret, KeyEngine, labelledKeys } from '../engine';
import { lastAttempt } from '../minting/minting-note';
import { settleAttempt } from '../minting/reap';
import { belongsTo } from '../stored-key';

const LABELS = ['FORMER_CURRENT', 'FORMER_PREVIOUS'] as const;

/**
 * Prepares for another user's key to become the current one. The Delete of the former user takes unnamed keys for somebody else's, and then
 * deletes none. So all of its keys get lasting labels, and the keys of an interrupted attempt are deleted.
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
 * The new current key takes the labels of Secrets Manager from the former user's keys. A rotation may have left two of them. In a rollback,
 * a key of the user that comes back may have such a label, and keeps it.
 */
async function labelFormerKeys(engine: KeyEngine, former: KeyEngine): Promise<void> {
  const state = await describeSecret(engine);
  const labelled = await labelledKeys(engine, state);
  const { AWSCURRENT, AWSPENDING } = state.stages;
  const current = AWSCURRENT === undefined ? undefined : labelled.get(AWSCURRENT);
  if (!current || !belongsTo(current, former.owner)) return;
  if (AWSPENDING !== undefined && AWSPENDING === AWSCURRENT) {
    // The last rotation left the label. Once another version is current, Secrets Manager would take that for a rotation under way.
    await engine.secret.unstage('AWSPENDING', AWSPENDING);
  }
  const theirs = [...await versionsOf(former, labelled)].filter((version) => version === AWSCURRENT || version !== AWSPENDING); // that label stays
  const ours = await versionsOf(engine, labelled);
  const free = LABELS.filter((label) => !ours.has(state.stages[label]));
  // The current version becomes the previous one, so if only one label is left, the other key needs it.
  const others = theirs.filter((version) => version !== AWSCURRENT);
  const needed = free.length === 1 && others.length > 0 ? others : [...theirs.filter((version) => version === AWSCURRENT), ...others];
  for (const [index, label] of free.entries()) {
    const version = needed[index];
    if (version !== undefined && version !== state.stages[label]) await engine.secret.move(label, version, state.stages[label]);
  }
}

/** The versions of the secret whose keys the user still has. */
async function versionsOf({ userKeys }: KeyEngine, labelled: ReadonlyMap<string, StoredKey>): Promise<Set<string | undefined>> {
  const ids = (await userKeys.list() ?? []).map(({ accessKeyId }) => accessKeyId);
  return new Set([...labelled].filter(([, { accessKeyId }]) => ids.includes(accessKeyId)).map(([version]) => version));
}
