import { Json, Scope } from './scope';
import { ACCOUNT, jsonOf } from '../model';

/** A function that is more than text around the partition. */
const DEPENDS = /"Ref": ?"(?!AWS::Partition")|"Fn::(?!Join")/;
const BEFORE_END = /"sts:ExternalId": ?"[^"\\]*$/;

/**
 * Thousands of accounts have the same documents: one in which only the partition is filled in, and which does not name its own account
 * but at the end of an external ID, is worked out once for all of them.
 */
export class Alike<T> {
  private readonly known = new Map<string, Map<string, T>>();

  /** `name` is what else the result depends on. */
  public of({ place }: Scope, document: Json, name: string, work: () => T): T {
    const text = typeof document === 'object' && document !== null ? withoutAccount(jsonOf(document), place.account) : undefined;
    if (text === undefined) return work();
    const kind = `${place.partition} ${name}`;
    let alike = this.known.get(kind);
    if (!alike) this.known.set(kind, alike = new Map());
    let result = alike.get(text);
    if (result !== undefined) return result;
    result = work();
    if (!DEPENDS.test(text)) alike.set(text, result);
    return result;
  }
}

/** JSON without the account at the end of external IDs, as the map shows these. Nothing, where it names the account elsewhere. */
export function withoutAccount(json: string, account: string): string | undefined {
  if (!json.includes(account)) return json;
  const parts = json.split(`${account}"`);
  // What is denied is told as it stands. A text that names the account elsewhere is nobody else's, and not worth keeping.
  const isAlike = parts.slice(0, -1).every((part) => BEFORE_END.test(part)) && !parts.some((part) => part.includes(account)) && !json.includes('"Deny"');
  return isAlike ? parts.join(`${ACCOUNT}"`) : undefined;
}
