import { isDeepStrictEqual } from 'node:util';

/** What differs between two values, by path: `Resources.Role.Properties.Path` -> [before, after]. */
export type Difference = Record<string, [before: unknown, after: unknown]>;

/** As a reviewer reads it: what came into a list or went out of it does not change what stands around it. */
export function difference(before: unknown, after: unknown, path = ''): Difference {
  if (isDeepStrictEqual(before, after)) return {};
  if (Array.isArray(before) && Array.isArray(after)) {
    const start = equalItems(before, after);
    const end = equalItems(before.slice(start).reverse(), after.slice(start).reverse());
    return each(before.slice(start, before.length - end), after.slice(start, after.length - end), (key) => `${path}.${Number(key) + start}`);
  }
  if (isObject(before) && isObject(after)) return each(before, after, (key) => (path === '' ? key : `${path}.${key}`));
  return { [path]: [before, after] };
}

function each(before: object, after: object, pathOf: (key: string) => string): Difference {
  const [from, to] = [before, after] as Record<string, unknown>[];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return Object.assign({}, ...[...keys].map((key) => difference(from![key], to![key], pathOf(key))));
}

function equalItems(before: unknown[], after: unknown[]): number {
  const first = before.findIndex((item, index) => !isDeepStrictEqual(item, after[index]));
  return Math.min(first === -1 ? before.length : first, after.length);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
