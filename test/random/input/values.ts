import * as fc from 'fast-check';
import { anyCharacter } from '../../support/any-character';

/** Halves of surrogate pairs, controls, byte order marks, quotes: what text must not break. */
export const oddText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: anyCharacter, maxLength: 30 }),
  fc.constantFrom('', ' ', '\ud800', 'a\udc00b', '\ufeff{}', '\u0000', '"', '\\', '\u2028', '😀'.repeat(40), '{{resolve:secretsmanager:x}}', '${Token[TOKEN.1]}', '__proto__',
    'constructor', 'toString', '../..', '-1', '1e3', 'NaN', 'true', 'TRUE', 'null', '[object Object]', 'arn:aws:iam::111111111111:role/x', 'https://x.example', '%00', '𝟏𝟐𝟑'),
  fc.integer({ min: 500, max: 5_000 }).map((length) => 'x'.repeat(length)),
  fc.integer({ min: 100, max: 1_500 }).map((length) => '"\\\u0001é'.repeat(length)),
);

/** Objects within objects. */
const deep = fc.tuple(fc.integer({ min: 1, max: 600 }), fc.boolean()).map(([depth, list]) => {
  let value: unknown = 'bottom';
  for (let level = 0; level < depth; level++) value = list ? [value] : { value };
  return value;
});

/** As JSON knows it, with keys that a prototype has. */
export const anyJson: fc.Arbitrary<unknown> = fc.oneof(
  oddText,
  fc.constantFrom<unknown>(null, true, false, 0, -1, 1e21, 1.5, [], {}, [[]], [{}], [null], JSON.parse('{"__proto__":{"RequestType":"Create","polluted":"yes"}}'), { constructor: { prototype: {} } }),
  fc.jsonValue({ maxDepth: 3 }),
  deep,
);

export const notText: fc.Arbitrary<unknown> = anyJson.filter((value) => typeof value !== 'string');

export type Path = readonly (string | number)[];

/** Every value within, the value itself left out. */
export function pathsOf(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  const keys: (string | number)[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return keys.flatMap((key) => [[...at, key], ...pathsOf((value as Record<string | number, unknown>)[key], [...at, key])]);
}

export const MISSING = Symbol('missing');

/** A copy with another value at a path, or none there. */
export function changed(value: unknown, [key, ...rest]: Path, to: unknown): any {
  if (key === undefined) return to;
  const copy: any = Array.isArray(value) ? [...value] : { ...value as object };
  const next = changed(copy[key], rest, to);
  if (next === MISSING && Array.isArray(copy)) copy.splice(Number(key), 1);
  else if (next === MISSING) delete copy[key];
  // Not by assignment, which would set the prototype.
  else Object.defineProperty(copy, key, { value: next, enumerable: true, configurable: true, writable: true });
  return copy;
}

export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown> | undefined)?.[key], value);
}
