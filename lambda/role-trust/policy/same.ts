import { createHash } from 'node:crypto';
import { Statement, TrustDocument } from './document';
import { accountOf } from './principals';

/**
 * A value in normal form. IAM returns a document in another form than it was written: an account ID as the ARN of its root, a list of one
 * as a text, lists in another order. Case does not matter in the names of condition keys and actions.
 */
function meaning(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    const items = [...new Set(value.map((item) => meaning(item, key)))].sort();
    return items.length === 1 ? items[0] : items;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([name, item]) => [/:/.test(name) ? name.toLowerCase() : name, meaning(item, name)] as const);
    return Object.fromEntries(entries.filter(([name, item]) => name !== 'Sid' || item !== '').sort(([a], [b]) => (a < b ? -1 : 1)));
  }
  const text = String(value);
  if (key === 'Action') return text.toLowerCase();
  const account = key === 'AWS' ? accountOf(text) : undefined;
  return account?.kind === 'root' ? account.accountId : text;
}

/** A fingerprint of the meaning of statements. */
export function fingerprintOf(contents: readonly object[]): string {
  const texts = contents.map((content) => JSON.stringify(meaning(content))).sort();
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 16);
}

/** Whether two documents mean the same, without some of their statements. */
export function sameRest(one: TrustDocument, theirs: readonly Statement[], other: TrustDocument, others: readonly Statement[]): boolean {
  const rest = ({ version, id, statements }: TrustDocument, without: readonly Statement[]) => (
    JSON.stringify([version, id, statements.filter((statement) => !without.includes(statement)).map(({ content }) => meaning(content))]));
  return rest(one, theirs) === rest(other, others);
}
