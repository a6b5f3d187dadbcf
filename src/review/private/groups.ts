import { Flaw, groupedBy, isAccountId, jsonOf, Model, Role, sortedBy, unique, UNREADABLE } from './model';
import { counted, placesOf, roleCount, shortened } from './words';

/** Roles that are alike but for their account. */
export interface Group {
  readonly like: Role;
  readonly roles: readonly Role[];
  readonly where: readonly string[];
  /** Undefined: only the deployment knows. */
  readonly count?: number;
  readonly flaws: readonly Flaw[];
}

/** The groups with something to look at come first, then the rarer ones, then by name. */
export function groupsOf(model: Model): readonly Group[] {
  const known = grouped.get(model) ?? groupsAnew(model);
  grouped.set(model, known);
  return known;
}

const grouped = new WeakMap<Model, readonly Group[]>();

function groupsAnew({ roles }: Model): Group[] {
  const shape = ({ name, partition, origin, ways, may, boundary, shutOut }: Role) => (
    `${JSON.stringify([name, partition, origin, boundary, shutOut])}${jsonOf(ways)}${jsonOf(may)}`);
  const groups = [...groupedBy(roles, shape).values()].map((alike): Group => ({
    like: alike[0]!,
    roles: alike,
    where: unique(alike.flatMap(({ where }) => where)),
    count: roleCount(alike),
    flaws: alike[0]!.ways.flatMap(({ flaw }) => flaw ?? []),
  }));
  const rank = (group: Group) => `${isFlawed(group) ? 0 : 1}${String(group.count ?? 1e9).padStart(10, '0')}`;
  return sortedBy(sortedBy(groups, ({ where, like }) => `${like.name} ${where.join()}`), rank);
}

export const isFlawed = ({ flaws, like: { shutOut } }: Group): boolean => flaws.length > 0 || shutOut !== undefined;

/** What 'To look at' says: one line for each thing that is wrong or that a reviewer should know. */
export function findingsOf(model: Model): string[] {
  const ofRoles = groupsOf(model).flatMap(({ like, where, flaws }) => [...new Set(flaws.map(({ says }) => says))]
    .map((says) => `${like.name} in ${shortened(where, 3)}: ${says}`));
  const notRead = groupsOf(model).filter(({ like }) => like.ways.some(({ caller }) => caller === UNREADABLE))
    .map(({ like, where }) => `${like.name} in ${shortened(where, 3)}: a statement of its trust policy is known when it is deployed`);
  const ofConnectors = groupsOf(model).flatMap(({ like, where }) => (like.shutOut ?? [])
    .map((connector) => `${like.name} in ${shortened(where, 3)}: the connector ${connector} presents another external ID and cannot get in`));
  const ofKeys = model.keys.flatMap(({ user, account, opens, rotates, flaw }) => [
    ...flaw ? [`the key of ${user} in ${account}: ${flaw.says}`] : [],
    ...opens.filter((one) => one === `every role that trusts ${account}`).map(() => `the key of ${user} may ask for every role in every account that trusts ${account}`),
    ...rotates === 'never' ? [`the key of ${user} in ${account} never rotates`] : [],
  ]);
  return [...ofRoles, ...notRead, ...ofConnectors, ...ofKeys];
}

/** `2 roles in 2 accounts: all trust the base account.` */
export function headlineOf({ roles }: Model): string {
  if (roles.length === 0) return 'No role that anybody outside its account may assume.';
  const { accounts, words } = placesOf(roles);
  const places = [...accounts > 0 ? [counted(accounts, 'account')] : [], ...words];
  const together = places.length > 1 ? `${places.slice(0, -1).join(', in ')} and in ${places.at(-1)}` : places[0]!;
  const bases = new Set(roles.flatMap(({ ways }) => ways.filter(({ kind }) => kind === 'base').map(({ caller }) => caller.split(',')[0])));
  const callers: [string, (role: Role) => boolean][] = [
    [bases.size > 1 ? 'a base account' : 'the base account', ({ ways }) => ways.some(({ kind }) => kind === 'base')],
    ['the Qualys account', ({ ways }) => ways.some(({ kind }) => kind === 'qualys')],
    ['another account', ({ ways }) => ways.some(({ kind }) => kind === 'account')],
    ['everybody', ({ ways }) => ways.some(({ kind }) => kind === 'anyone')],
    ['others', ({ ways }) => ways.some(({ kind }) => kind === 'provider' || kind === 'unknown')],
  ];
  const counts = callers.map(([name, is]) => [name, roles.filter(is).length] as const).filter(([, count]) => count > 0);
  const ofAll = counts.filter(([, count]) => count === roles.length).map(([name]) => name).join(' and ');
  const says = [
    ...ofAll === '' ? [] : [`${roles.length === 1 ? 'it trusts' : 'all trust'} ${ofAll}`],
    ...counts.filter(([, count]) => count < roles.length).map(([name, count]) => `${count} ${count === 1 ? 'trusts' : 'trust'} ${name}`),
  ];
  return `${counted(roles.length, 'role')} in ${together}: ${says.join('; ')}.`;
}

/** Each caller once, with whether the app holds its user. */
export function callersIn(model: Model): string[] {
  return unique(model.roles.flatMap(({ ways }) => ways.map(({ kind, caller }) => `${kind} ${caller}`)));
}

/** Whether a base account's user is made or registered by this app. */
export function isHere(model: Model, caller: string): boolean {
  const account = caller.split(',')[0]!;
  return !isAccountId(account) || [...model.keys, ...model.entries].some((one) => one.account === account);
}

