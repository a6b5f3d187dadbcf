import { TrustChange } from '../../trust-change';
import { findingsOf, Group, isHere } from '../groups';
import { groupedBy } from '../lists';
import { isKnown, Model, Way } from '../model';
import { callerText, counted, grouped, placesOf, shortened } from '../words';

export interface Table {
  readonly id: string;
  readonly title: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export const ROLE_HEADS = ['Role', 'Where', 'Who may assume it', 'Only with', 'May do'];

/** What a reviewer must not overlook in a long line. */
export const STRIKING = /no external ID|external ID by \w+|every role that trusts \d+|rotates never|Everybody|AdministratorAccess/g;

export const NO_CHANGE = 'Nothing about who may become whom.';

/** What a change amounts to comes before anything else: `3 widened`. */
export function countsOf(model: Model, changes: readonly TrustChange[] = []): (readonly [count: string, what: string])[] {
  const { accounts, words } = placesOf(model.roles);
  const callers = new Set(model.roles.flatMap(({ ways }) => ways.map(({ kind, caller }) => `${kind} ${caller}`)));
  const count = (number: number, what: string) => [grouped(number), number === 1 ? what : `${what}s`] as const;
  return [
    ...[...groupedBy(changes, ({ verdict }) => verdict.toLowerCase())].map(([verdict, list]) => [grouped(list.length), verdict] as const),
    count(model.roles.length, 'role'),
    words.length > 0 ? [accounts > 0 ? `${grouped(accounts)} + ?` : '?', 'accounts'] : count(accounts, 'account'),
    count(callers.size, 'caller'),
    count(model.keys.length, 'long-lived key'),
    [grouped(findingsOf(model).length), 'to look at'],
  ];
}

/** Keys, and what the service is told, where there are any. */
export function tablesOf({ keys, entries }: Model): Table[] {
  const removed = (removal: string) => removal.replace(/ (when its|with its) stack( is deleted)?$/, '');
  const tables = [{
    id: 'keys',
    title: 'Keys',
    heads: ['Key of', 'In', 'Opens', 'Rotates', 'When its stack is deleted'],
    rows: keys.map(({ user, account, opens, rotates, removal }) => [user, account, opens.join('; ') || 'no role', rotates, removed(removal)]),
  }, {
    id: 'service',
    title: 'At the service',
    heads: ['Base account', 'Type', 'Platform', 'Key of', 'Key delivered by', 'When its stack is deleted'],
    rows: entries.map(({ title, account, accountType, platform, user, delivery, removal, isProtected }) => [
      `${title} (${account})`, accountType, platform, user, delivery, `${removed(removal)}; ${isProtected ? 'kept' : 'also'} while connectors use it`,
    ]),
  }];
  return tables.filter(({ rows }) => rows.length > 0);
}

/** What was read, and what was not. */
export function readText({ read, roles }: Model): string[] {
  const inner = read.roles - roles.length;
  const leftOut = inner === 1 ? 'one of them; it is left out' : `${grouped(inner)} of them; these are left out`;
  return [
    `Read from ${counted(read.templates, 'template')} with ${counted(read.roles, 'role')}.`,
    ...inner > 0 ? [`Services, or callers of their own account alone, assume ${leftOut}.`] : [],
    ...read.unread.map((one) => `Not read: ${one}.`),
  ];
}

/** The caller of a way, and whether its account is the business of another app. */
export function callerIn(model: Model, way: Way): string {
  return `${callerText(way)}${way.kind === 'base' && !isHere(model, way.caller) ? ' (its user is not in this app)' : ''}`;
}

/** `444444444444 (aws-us-gov)`: the partition is said where it is another than most. */
export function placesText({ like: { partition }, where }: Group, most: number): string {
  return `${shortened(where, most)}${partition === 'aws' || !isKnown(partition) ? '' : ` (${partition})`}`;
}

/** What is to be known of a role beside its name. */
export function notesOf({ like: { origin, shutOut = [] } }: Group): { readonly notes: readonly string[]; readonly flaws: readonly string[] } {
  return { notes: origin === 'edited' ? ['trust edited here'] : [], flaws: shutOut.map((connector) => `the connector ${connector} cannot get in`) };
}

export function mayText({ like: { may, origin, boundary } }: Group): string {
  const list = origin === 'edited' ? ['what its own template says'] : may.length === 0 ? ['nothing that the templates say'] : may;
  return [...list, ...boundary === undefined ? [] : [`bounded by ${boundary}`]].join('; ');
}

export const onlyText = ({ only, flaw }: Way): string => (only.length > 0 ? only.join(', ') : flaw ? 'no condition at all' : 'nothing further');
