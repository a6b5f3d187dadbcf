import { Run } from './run-context';
import { fingerprint } from '../../src/wire/pins';
import { tagIdsOf } from '../connectors/tags';

/** IDs of the tags that the code names. The run looks them up at the service once, and keeps them in its state. Undefined if the code names none. */
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
