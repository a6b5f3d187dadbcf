import { shown } from './validate';

/** The one of this name. Throws for an unknown name; a token is unknown, as the template needs the name. */
export function oneOf<T extends { readonly name: string }>(what: string, name: string, all: readonly T[]): T {
  const found = all.find((one) => one.name === name);
  if (!found) { throw new Error(`${what} must be one of ${all.map((one) => one.name).join(', ')}, got ${shown(name)}`); }
  return found;
}

/** The given ones in the order of `all`, each once, so that another order in the code is no change. */
export function inOrder<T>(given: readonly T[], all: readonly T[]): T[] {
  return all.filter((one) => given.includes(one));
}
