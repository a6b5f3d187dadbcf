import { Entry, Key, Model, Role } from './model';
import { readJson } from './templates/assembly';
import { Located } from './templates/scope';
import { visible } from './words';

/** Raised when the meaning of what stands there changes. */
const SCHEMA = 1;

/** One role, one key, one entry a line, so that a diff shows what changed. */
export function toJson({ roles, keys, entries, grants, read }: Model): string {
  const json = (value: object | string) => visible(JSON.stringify(value));
  const lines = ([open, close]: string, list: readonly string[]) => (list.length === 0 ? `${open}${close}` : `${open}\n${list.map((one) => `  ${one}`).join(',\n')}\n${close}`);
  const plain = ({ at: _, ...one }: Located<object>) => json(one);
  return `{
"schema": ${SCHEMA},
"roles": ${lines('[]', roles.map(plain))},
"keys": ${lines('[]', keys.map(plain))},
"entries": ${lines('[]', entries.map(json))},
"grants": ${lines('{}', Object.entries(grants).map(([id, list]) => `${json(id)}: ${json(list)}`))},
"read": ${json(read)}
}
`;
}

const HINT = 'it has to be a trust-map.json that this library wrote';

/** Throws one sentence for what is no trust map, or one of another schema. */
export function fromJson(path: string): Model {
  const value = readJson(path, HINT) as Partial<Model> & { readonly schema?: unknown } | null;
  if (typeof value !== 'object' || value === null || value.schema === undefined) throw new Error(`${path} is no trust map: ${HINT}`);
  if (value.schema !== SCHEMA) throw new Error(`${path} has schema ${JSON.stringify(value.schema)}, and this version reads schema ${SCHEMA}: write it anew with the version that reads it`);

  const { roles, keys, entries, grants, read } = value;
  const isWhole = [roles, keys, entries].every(Array.isArray) && [grants, read].every((one) => typeof one === 'object' && one !== null)
    && (roles as Role[]).every(({ name, where, ways, may }) => typeof name === 'string' && [where, ways, may].every(Array.isArray))
    && (keys as Key[]).every(({ user, opens }) => typeof user === 'string' && Array.isArray(opens))
    && (entries as Entry[]).every(({ title }) => typeof title === 'string');
  if (!isWhole) throw new Error(`${path} is no whole trust map: ${HINT}`);
  return { roles: roles!, keys: keys!, entries: entries!, grants: grants!, read: read! };
}
