/** Sorted by a text, which is made once for each; by code units, so that the order is the same in every locale. */
export function sortedBy<T>(list: readonly T[], textOf: (one: T) => string): T[] {
  return list.map((one) => [textOf(one), one] as const).sort(([one], [other]) => (one < other ? -1 : Number(one > other))).map(([, one]) => one);
}

export function unique(list: readonly string[]): string[] {
  return [...new Set(list)].sort();
}

/** What has the same text, together, in the order of the first of each. */
export function groupedBy<T>(list: readonly T[], textOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) once(groups, textOf(one), () => []).push(one);
  return groups;
}

/** What is known under a key; it is made when it is first asked for. */
export function once<K, V>(known: { get(key: K): V | undefined; set(key: K, value: V): unknown }, key: K, make: () => V): V {
  let value = known.get(key);
  if (value === undefined) known.set(key, value = make());
  return value;
}

/** What of a list is not in the other one. */
export function without<T>(list: readonly T[], others: readonly T[], textOf: (one: T) => string = String): T[] {
  const texts = new Set(others.map(textOf));
  return list.filter((one) => !texts.has(textOf(one)));
}

/** What has the same name before and after, one by one. */
export function paired<T>(before: readonly T[], after: readonly T[], nameOf: (one: T) => string): [T | undefined, T | undefined][] {
  const [former, latter] = [groupedBy(before, nameOf), groupedBy(after, nameOf)];
  return unique([...former.keys(), ...latter.keys()]).flatMap((name) => {
    const [one, other] = [former.get(name) ?? [], latter.get(name) ?? []];
    return Array.from({ length: Math.max(one.length, other.length) }, (_, index): [T | undefined, T | undefined] => [one[index], other[index]]);
  });
}
