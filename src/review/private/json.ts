import { Entry, Key, Model, Role } from './model';
import { readJson } from './templates/assembly';
import { Located } from './templates/scope';

/** Raised when the meaning of what stands there changes. */
const SCHEMA = 1;

/** Characters that turn or hide what is beside them; as escapes they read as what they are. */
const HIDDEN = /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

const escaped = (text: string) => text.replace(HIDDEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** One role, one key, one entry a line, so that a diff shows what changed. */
export function toJson({ roles, keys, entries, grants, read }: Model): string {
  const lines = (list: readonly object[]) => (list.length === 0 ? '[]' : `[\n${list.map((one) => `  ${JSON.stringify(one)}`).join(',\n')}\n]`);
  const plain = <T>(list: readonly Located<T>[]) => list.map(({ at: _, ...one }) => one);
  const rights = Object.entries(grants).map(([id, list]) => `  ${JSON.stringify(id)}: ${JSON.stringify(list)}`);
  return escaped(`{
"schema": ${SCHEMA},
"roles": ${lines(plain<Role>(roles))},
"keys": ${lines(plain<Key>(keys))},
"entries": ${lines(entries)},
"grants": ${rights.length === 0 ? '{}' : `{\n${rights.join(',\n')}\n}`},
"read": ${JSON.stringify(read)}
}
`);
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
