import { ConnectorProperties, TagProperties } from '../../src/wire/connector';
import { DeployError } from '../runtime/errors';
import { ConnectorFields } from '../service/connector-api';
import { ServiceApi } from '../service/service';

/** The tags as a field to send: those in code, and those that people have added at the console. Without tags in code there is no field. */
export async function tagsField(
  service: ServiceApi, { DefaultTags }: ConnectorProperties, shown?: readonly string[], previous?: ConnectorProperties,
): Promise<Pick<Partial<ConnectorFields>, 'tagIds'>> {
  const find = tagSearch(service);
  const tagIds = wantedTags(await idsOf(find, DefaultTags), shown, await formerIdsOf(find, previous?.DefaultTags));
  return tagIds === undefined ? {} : { tagIds };
}

/** The IDs of tags that the template names; a name is looked up at the service. */
export async function tagIdsOf(service: TagApi, tags: readonly TagProperties[] | undefined): Promise<string[] | undefined> {
  return idsOf(tagSearch(service), tags);
}

type TagApi = Pick<ServiceApi, 'tagIds'>;

/** The IDs of all tags that one of the template may mean. */
type TagSearch = (tag: TagProperties) => Promise<readonly string[]>;

/** Looks each name up once. */
function tagSearch(service: TagApi): TagSearch {
  const known = new Map<string, readonly string[]>();
  return async ({ Id, Name = '' }) => {
    if (Id !== undefined) return [Id];
    const found = known.get(Name) ?? await service.tagIds(Name);
    known.set(Name, found);
    return found;
  };
}

async function idsOf(find: TagSearch, tags: readonly TagProperties[] | undefined): Promise<string[] | undefined> {
  if (tags === undefined) return undefined;
  const ids: string[] = [];
  for (const tag of tags) ids.push(onlyOne(tag, await find(tag)));
  return ids;
}

/** Of tags that the template named before. A name that does not stand for one tag is none of ours: the update to it may have failed for that, and is rolled back now. */
async function formerIdsOf(find: TagSearch, tags: readonly TagProperties[] = []): Promise<string[]> {
  const ids: string[] = [];
  for (const tag of tags) {
    const found = await find(tag);
    if (found.length === 1) ids.push(...found);
  }
  return ids;
}

function onlyOne({ Name }: TagProperties, found: readonly string[]): string {
  if (found.length === 1) return found[0]!;
  throw new DeployError(found.length === 0
    ? `the service has no tag named '${Name}' that this user can see. Make it at the Qualys console, or correct the name`
    : `the service has ${found.length} tags named '${Name}' (IDs ${found.slice(0, 5).join(', ')}): use AssetTag.id() with the one that is meant`);
}

/**
 * The tags that the connector has to have: those in code, and those that people have added at the console. Undefined when nothing has to be
 * sent.
 */
export function wantedTags(own: readonly string[] | undefined, shown: readonly string[] = [], before: readonly string[] = []): string[] | undefined {
  if (own === undefined && before.length === 0) return undefined;
  return [...new Set([...shown.filter((id) => !before.includes(id)), ...own ?? []])];
}
