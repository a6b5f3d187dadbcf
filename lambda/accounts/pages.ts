import { DeployError } from '../runtime/errors';

export interface Page<T> {
  readonly items: readonly T[];
  /** Token of the next page. Undefined or empty after the last page. */
  readonly next?: string;
}

/** Reads all pages, one after the other. Throws when a token comes twice, because the list would never end. */
export async function allPages<T>(what: string, page: (token?: string) => Promise<Page<T>>): Promise<T[]> {
  const found: T[] = [];
  const seen = new Set<string>();
  for (let token: string | undefined; ;) {
    const { items, next } = await page(token);
    found.push(...items);
    if (next === undefined || next === '') return found;
    if (seen.has(next)) throw new DeployError(`AWS answered '${what}' with a page that was read already (${seen.size} pages so far), so the list would never end. Nothing was changed: the next run reads it again`);
    seen.add(next);
    token = next;
  }
}
