import { KeyEngine, listKeys, readVersion } from '../engine';
import { SecretState, Stage, UserKey } from '../ports';

/** After a rolled-back change of the user, the key of the last rotation has a label of the library. */
const REPLACED: readonly Stage[] = ['AWSPREVIOUS', 'FORMER_PREVIOUS', 'FORMER_CURRENT'];

/** The user's replaced key, if it still exists. There is at most one, because IAM allows two keys. */
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
