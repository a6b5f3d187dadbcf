import { Run } from './run-context';
import { fingerprint } from '../../src/wire/pins';
import { tagIdsOf } from '../connectors/tags';

/** IDs of the tags that the code names, looked up once for what is read and written. Undefined where it names none. */
export async function tagIds(run: Run): Promise<readonly string[] | undefined> {
  const { properties: { DefaultTags }, service } = run;
  if (DefaultTags === undefined) return undefined;
  const purpose = fingerprint([DefaultTags, run.purpose]);
  const { tags } = run.state;
  if (tags?.purpose === purpose) return tags.ids;
  const ids = await tagIdsOf(service, DefaultTags) ?? [];
  run.state = { ...run.state, tags: { purpose, ids } };
  return ids;
}
