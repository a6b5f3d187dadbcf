import { ACCOUNT, CallerKind, isAccountId, Role, Way } from './model';

const PREFIX: Partial<Record<CallerKind, string>> = { base: 'Base account ', qualys: 'Qualys account ', account: 'Account ', service: 'AWS service ' };

/** `Base account 111111111111, user qualys-base-account` */
export function callerText({ kind, caller }: Way): string {
  const text = `${PREFIX[kind] ?? ''}${caller}`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** One line a way in. */
export function wayText(way: Way): string {
  return `${callerText(way)}${way.only.length === 0 ? '' : `, with ${way.only.join(', ')}`}`;
}

export function counted(count: number, one: string): string {
  return `${grouped(count)} ${one}${count === 1 ? '' : 's'}`;
}

/** Thousands apart, whatever the locale. */
export const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

/** The first of a list, and how many there are more. */
export function shortened(list: readonly string[], most: number): string {
  return list.length <= most + 1 ? list.join(', ') : `${list.slice(0, most).join(', ')} and ${grouped(list.length - most)} more`;
}

const isOneAccount = (where: string) => isAccountId(where) || where === ACCOUNT;

/** How many roles these are; nothing where only the deployment knows in how many accounts. */
export function roleCount(roles: readonly Role[]): number | undefined {
  const where = roles.flatMap((role) => role.where);
  return where.every(isOneAccount) ? where.length : undefined;
}

/** Accounts by number, and those of stack sets in words. */
export function placesOf(roles: readonly Role[]): { readonly accounts: number; readonly words: string[] } {
  const all = [...new Set(roles.flatMap(({ where }) => where))];
  return { accounts: all.filter(isOneAccount).length, words: all.filter((one) => !isOneAccount(one)).sort() };
}

/** Control characters, and those that turn or hide what is beside them, are shown as `\u202e`. */
export function visible(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
