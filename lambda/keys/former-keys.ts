import { describeSecret, KeyEngine, readStage, readVersion, STAGES } from './engine';
import { lastAttempt } from './minting-note';
import { SecretState } from './ports';
import { settleAttempt } from './reap';
import { belongsTo } from './stored-key';

const LABELS = ['FORMER_CURRENT', 'FORMER_PREVIOUS'] as const;

/**
 * Before another user's key becomes the current one: everything that the Delete of the user before has to know gets a name that
 * lasts, as it takes keys without one for somebody else's, and deletes none then. What an interrupted attempt has made is gone.
 *
 * @param former the engine of the user before, whose rights last until CloudFormation has deleted it
 */
export async function keepNames(engine: KeyEngine, former: KeyEngine): Promise<void> {
  if (!await former.userKeys.list()) {
    return;
  }
  const { note } = await former.secret.describe() ?? {};
  // The note has room for one attempt.
  await settleAttempt(former, note, lastAttempt(note) ?? 'none');
  if (former.secret.arn === engine.secret.arn) {
    await labelFormerKeys(engine, former);
  }
}

/**
 * The new current key pushes those of the former user out of the labels of Secrets Manager. A rotation may have left two of
 * them. On the way back from a change, a key of the user to which it goes back may be under such a label, and keeps it.
 */
async function labelFormerKeys(engine: KeyEngine, former: KeyEngine): Promise<void> {
  const state = await describeSecret(engine);
  const current = await readStage(engine, state, 'AWSCURRENT');
  if (!current || !belongsTo(current, former.owner)) {
    return;
  }
  const { AWSCURRENT, AWSPENDING } = state.stages;
  if (AWSPENDING !== undefined && AWSPENDING === AWSCURRENT) {
    // Left by the last rotation. Once another version is the current one, Secrets Manager would take that for one under way.
    await engine.secret.unstage('AWSPENDING', AWSPENDING);
  }
  const theirs = [...await versionsOf(former, state)].filter((version) => version === AWSCURRENT || version !== AWSPENDING); // that label stays
  const ours = await versionsOf(engine, state);
  const free = LABELS.filter((label) => !ours.has(state.stages[label]));
  // The current one becomes the previous one, so where one label is left, the other key needs it more.
  const others = theirs.filter((version) => version !== AWSCURRENT);
  const needed = free.length === 1 && others.length > 0 ? others : [...theirs.filter((version) => version === AWSCURRENT), ...others];
  for (const [index, label] of free.entries()) {
    const version = needed[index];
    if (version !== undefined && version !== state.stages[label]) {
      await engine.secret.move(label, version, state.stages[label]);
    }
  }
}

/** The labelled versions with keys that the user has. */
async function versionsOf(engine: KeyEngine, { stages }: SecretState): Promise<Set<string | undefined>> {
  const keys = await engine.userKeys.list() ?? [];
  const versions = new Set<string | undefined>();
  for (const version of keys.length === 0 ? [] : new Set(STAGES.map((stage) => stages[stage]))) {
    const stored = version === undefined ? undefined : await readVersion(engine, version);
    if (keys.some(({ accessKeyId }) => accessKeyId === stored?.accessKeyId)) {
      versions.add(version);
    }
  }
  return versions;
}
