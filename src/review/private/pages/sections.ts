import { TrustChange } from '../../trust-change';
import { callersIn, findingsOf, Group, groupsOf, headlineOf, isHere } from '../groups';
import { groupedBy, isKnown, Model, unique, Way } from '../model';
import { callerText, counted, grouped, placesOf, shortened } from '../words';

/** What every page says, in the order in which it says it. */
export interface Page {
  readonly headline: string;
  readonly counts: readonly (readonly [count: string, what: string])[];
  /** Undefined: there is nothing to compare with. */
  readonly changes?: readonly TrustChange[];
  readonly findings: readonly string[];
  readonly groups: readonly Group[];
  readonly keys: Table;
  readonly entries: Table;
  readonly read: readonly string[];
  readonly model: Model;
}

export interface Table {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What a reviewer must not overlook in a long line. */
export const STRIKING = /no external ID|external ID by \w+|every role that trusts \d+|rotates never|Everybody|AdministratorAccess/g;

export const NO_CHANGE = 'Nothing about who may become whom.';

export function pageOf(model: Model, changes?: readonly TrustChange[]): Page {
  const findings = findingsOf(model);
  const { accounts, words } = placesOf(model.roles);
  const callers = callersIn(model).length;
  return {
    headline: headlineOf(model),
    counts: [
      ...verdictsOf(changes ?? []),
      count(model.roles.length, 'role'),
      words.length > 0 ? [accounts > 0 ? `${grouped(accounts)} + ?` : '?', 'accounts'] : count(accounts, 'account'),
      count(callers, 'caller'),
      count(model.keys.length, 'long-lived key'),
      [grouped(findings.length), 'to look at'],
    ],
    changes,
    findings,
    groups: groupsOf(model),
    keys: {
      heads: ['Key of', 'In', 'Opens', 'Rotates', 'When its stack is deleted'],
      rows: model.keys.map(({ user, account, opens, rotates, removal }) => [user, account, opens.join('; ') || 'no role', rotates, removalText(removal)]),
    },
    entries: {
      heads: ['Base account', 'Type', 'Platform', 'Key of', 'Key delivered by', 'When its stack is deleted'],
      rows: model.entries.map(({ title, account, accountType, platform, user, delivery, removal, isProtected }) => [
        `${title} (${account})`, accountType, platform, user, delivery,
        `${removalText(removal)}${isProtected ? '; kept while connectors use it' : '; also while connectors use it'}`,
      ]),
    },
    read: readText(model),
    model,
  };
}

/** What a change amounts to, before anything else: `3 widened`. */
function verdictsOf(changes: readonly TrustChange[]): [string, string][] {
  return [...groupedBy(changes, ({ verdict }) => verdict.toLowerCase())].map(([verdict, list]) => [grouped(list.length), verdict]);
}

const count = (number: number, what: string): [string, string] => [grouped(number), number === 1 ? what : `${what}s`];
const removalText = (removal: string) => removal.replace(/ (when its|with its) stack( is deleted)?$/, '');

function readText({ read, roles }: Model): string[] {
  const inner = read.roles - roles.length;
  return [
    `Read from ${counted(read.templates, 'template')} with ${counted(read.roles, 'role')}.`,
    ...inner > 0 ? [`Services, or callers of their own account alone, assume ${inner === 1 ? 'one' : grouped(inner)} of them; ${inner === 1 ? 'it is' : 'these are'} left out.`] : [],
    ...read.unread.map((one) => `Not read: ${one}.`),
  ];
}

/** The caller of a way, and whether its account is the business of another app. */
export function callerIn(model: Model, way: Way): string {
  return `${callerText(way)}${way.kind === 'base' && !isHere(model, way.caller) ? ' (its user is not in this app)' : ''}`;
}

/** How many roles and accounts a group is. */
export function sizeOf(group: Group): string {
  const { count: roles, where } = group;
  return roles === undefined || roles === 1 ? placesText(group, 2) : `${counted(roles, 'role')}, ${placesText({ ...group, where: [counted(where.length, 'account')] }, 1)}`;
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

/** What the ways of a group ask for, each once. */
export function conditionsOf({ like: { ways } }: Group): string[] {
  return unique(ways.map(onlyText));
}
