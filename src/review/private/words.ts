import { ACCOUNT, CallerKind, isAccountId, Role, Way } from './model';

const PREFIX: Readonly<Record<CallerKind, string>> = {
  base: 'Base account ', qualys: 'Qualys account ', account: 'Account ', service: 'AWS service ', anyone: '', provider: '', unknown: '',
};

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `Base account 111111111111, user qualys-base-account` */
export function callerText({ kind, caller }: Way): string {
  return capital(`${PREFIX[kind]}${caller}`);
}

/** One line a way in. */
export function wayText(way: Way): string {
  return `${callerText(way)}${way.only.length === 0 ? '' : `, with ${way.only.join(', ')}`}`;
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** Thousands apart, whatever the locale. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** The first of a list, and how many there are more. */
export function shortened(list: readonly string[], most: number): string {
  return list.length <= most + 1 ? list.join(', ') : `${list.slice(0, most).join(', ')} and ${grouped(list.length - most)} more`;
}

const isOneAccount = (where: string) => isAccountId(where) || where === ACCOUNT;

/** `2 roles`, or nothing where only the deployment knows how many accounts there are. */
export function roleCount(roles: readonly Role[]): number | undefined {
  return roles.every(({ where }) => where.every(isOneAccount)) ? roles.reduce((sum, { where }) => sum + where.length, 0) : undefined;
}

/** Accounts by number, and those of stack sets in words. */
export function placesOf(roles: readonly Role[]): { readonly accounts: number; readonly words: string[] } {
  const all = [...new Set(roles.flatMap(({ where }) => where))];
  return { accounts: all.filter(isOneAccount).length, words: all.filter((one) => !isOneAccount(one)).sort() };
}
