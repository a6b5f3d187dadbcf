import { ConnectorProperties, TagProperties } from '../../src/wire/connector';
import { DeployError } from '../runtime/errors';
import { ConnectorFields } from '../service/connector-api';
import { ServiceApi } from '../service/service';

/** The tags as a field to send: those in code, and those that people have added at the console. Without tags in code there is no field. */
export async function tagsField(
  service: ServiceApi, { DefaultTags }: ConnectorProperties, shown?: readonly string[], previous?: ConnectorProperties,
): Promise<Pick<Partial<ConnectorFields>, 'tagIds'>> {
  const tagIds = wantedTags(await tagIdsOf(service, DefaultTags), shown, await formerTagIdsOf(service, previous?.DefaultTags));
  return tagIds === undefined ? {} : { tagIds };
}

/** The IDs of tags that the template names; a name is looked up at the service. */
export async function tagIdsOf(service: ServiceApi, tags: readonly TagProperties[] | undefined): Promise<string[] | undefined> {
  if (tags === undefined) return undefined;
  const ids: string[] = [];
  for (const { Id, Name } of tags) ids.push(Id ?? await idOf(service, Name ?? ''));
  return ids;
}

/** Of tags that the template named before. A name that does not stand for one tag is none of ours: the update to it may have failed for that, and is rolled back now. */
async function formerTagIdsOf(service: ServiceApi, tags: readonly TagProperties[] = []): Promise<string[]> {
  const ids: string[] = [];
  for (const { Id, Name } of tags) {
    const found = Id === undefined ? await service.tagIds(Name ?? '') : [Id];
    if (found.length === 1) ids.push(...found);
  }
  return ids;
}

async function idOf(service: ServiceApi, name: string): Promise<string> {
  const found = await service.tagIds(name);
  if (found.length === 1) return found[0]!;
  throw new DeployError(found.length === 0
    ? `the service has no tag named '${name}' that this user can see. Make it at the Qualys console, or correct the name`
    : `the service has ${found.length} tags named '${name}' (IDs ${found.slice(0, 5).join(', ')}): use AssetTag.id() with the one that is meant`);
}

/**
 * The tags that the connector has to have: those in code, and those that people have added at the console. Undefined when nothing has to be
 * sent.
 */
export function wantedTags(own: readonly string[] | undefined, shown: readonly string[] = [], before: readonly string[] = []): string[] | undefined {
  if (own === undefined && before.length === 0) return undefined;
  return [...new Set([...shown.filter((id) => !before.includes(id)), ...own ?? []])];
}
