import { TagProperties } from '../../src/wire/connector';
import { DeployError } from '../runtime/errors';
import { ServiceApi } from '../service/service';

/** The IDs of tags that the template names; a name is looked up at the service. */
export async function tagIdsOf(service: Pick<ServiceApi, 'tagIds'>, tags: readonly TagProperties[] | undefined): Promise<string[] | undefined> {
  if (tags === undefined) return undefined;
  const ids: string[] = [];
  for (const { Id, Name } of tags) ids.push(Id ?? await idOf(service, Name ?? ''));
  return ids;
}

async function idOf(service: Pick<ServiceApi, 'tagIds'>, name: string): Promise<string> {
  const found = await service.tagIds(name);
  if (found.length === 1) return found[0]!;
  throw new DeployError(found.length === 0
    ? `the service has no tag named '${name}' that this user can see. Make it at the Qualys console, or correct the name`
    : `the service has ${found.length} tags named '${name}' (IDs ${found.slice(0, 5).join(', ')}): use AssetTag.id() with the one that is meant`);
}

/** What the connector is to have: our own tags, and those that people have added at the console. Undefined: nothing is sent. */
export function wantedTags(own: readonly string[] | undefined, shown: readonly string[] = [], before: readonly string[] = []): string[] | undefined {
  if (own === undefined && before.length === 0) return undefined;
  return [...new Set([...shown.filter((id) => !before.includes(id)), ...own ?? []])];
}
