import { KeyEngine, listKeys, readVersion } from '../engine';
import { SecretState, Stage, UserKey } from '../ports';

/** After a change of the user that was rolled back, the key of the last rotation stands under a label of the library's own. */
const REPLACED: readonly Stage[] = ['AWSPREVIOUS', 'FORMER_PREVIOUS', 'FORMER_CURRENT'];

/** The user's key that another one has replaced, if it is still there. IAM allows two, so there is one at most. */
export async function replacedKey(engine: KeyEngine, { stages }: SecretState): Promise<UserKey | undefined> {
  let keys: UserKey[] | undefined;
  for (const version of new Set(REPLACED.map((stage) => stages[stage]))) {
    if (version === undefined || version === stages.AWSCURRENT || version === stages.AWSPENDING) continue;
    const stored = await readVersion(engine, version);
    keys ??= await listKeys(engine);
    const key = keys.find(({ accessKeyId }) => accessKeyId === stored?.accessKeyId);
    if (key) return key;
  }
  return undefined;
}
