import { groupedBy, once, sortedBy, unique } from './lists';
import { CallerKind, isAccountId, Model, Role, UNREADABLE } from './model';
import { counted, placesOf, roleCount, shortened } from './words';

/** Roles that are alike but for their account. */
export interface Group {
  readonly like: Role;
  readonly where: readonly string[];
  /** Undefined: only the deployment knows. */
  readonly count?: number;
}

/** The groups with something to look at come first, then the rarer ones, then by name. */
export const groupsOf = (model: Model): readonly Group[] => once(known, model, () => groupsAnew(model));

const known = new WeakMap<Model, readonly Group[]>();

function groupsAnew({ roles }: Model): Group[] {
  const shapeOf = ({ name, partition, origin, ways, may, boundary, shutOut }: Role) => (
    JSON.stringify([name, partition, origin, ways, may, boundary, shutOut]));
  const groups = [...groupedBy(roles, shapeOf).values()].map((alike): Group => ({
    like: alike[0]!,
    where: unique(alike.flatMap(({ where }) => where)),
    count: roleCount(alike),
  }));
  const rank = (group: Group) => `${isFlawed(group) ? 0 : 1}${String(group.count ?? 1e9).padStart(10, '0')}`;
  return sortedBy(sortedBy(groups, ({ where, like }) => `${like.name} ${where.join()}`), rank);
}

export const isFlawed = ({ like: { ways, shutOut } }: Group): boolean => shutOut !== undefined || ways.some(({ flaw }) => flaw);

/** What 'To look at' says: one line for each thing that is wrong or that a reviewer should know. */
export function findingsOf(model: Model): string[] {
  const ofGroups = (sayings: (group: Group) => readonly string[]) => groupsOf(model).flatMap((group) => (
    [...new Set(sayings(group))].map((says) => `${group.like.name} in ${shortened(group.where, 3)}: ${says}`)));
  return [
    ...ofGroups(({ like }) => like.ways.flatMap(({ flaw }) => flaw?.says ?? [])),
    ...ofGroups(({ like }) => like.ways.filter(({ caller }) => caller === UNREADABLE).map(() => 'a statement of its trust policy is known when it is deployed')),
    ...ofGroups(({ like }) => (like.shutOut ?? []).map((connector) => `the connector ${connector} presents another external ID and cannot get in`)),
    ...model.keys.flatMap(({ user, account, opens, rotates, flaw }) => [
      ...flaw ? [`the key of ${user} in ${account}: ${flaw.says}`] : [],
      ...opens.includes(`every role that trusts ${account}`) ? [`the key of ${user} may ask for every role in every account that trusts ${account}`] : [],
      ...rotates === 'never' ? [`the key of ${user} in ${account} never rotates`] : [],
    ]),
  ];
}

/** `2 roles in 2 accounts: all trust the base account.` */
export function headlineOf({ roles }: Model): string {
  if (roles.length === 0) return 'No role that anybody outside its account may assume.';
  const { accounts, words } = placesOf(roles);
  const places = [...accounts > 0 ? [counted(accounts, 'account')] : [], ...words];
  const together = places.length > 1 ? `${places.slice(0, -1).join(', in ')} and in ${places.at(-1)}` : places[0]!;
  const bases = new Set(roles.flatMap(({ ways }) => ways.filter(({ kind }) => kind === 'base').map(({ caller }) => caller.split(',')[0])));
  const callers: [name: string, ...kinds: CallerKind[]][] = [
    [bases.size > 1 ? 'a base account' : 'the base account', 'base'], ['the Qualys account', 'qualys'], ['another account', 'account'],
    ['everybody', 'anyone'], ['others', 'provider', 'unknown'],
  ];
  const countOf = (kinds: readonly CallerKind[]) => roles.filter(({ ways }) => ways.some(({ kind }) => kinds.includes(kind))).length;
  const counts = callers.map(([name, ...kinds]) => ({ name, count: countOf(kinds) }));
  const ofAll = counts.filter(({ count }) => count === roles.length).map(({ name }) => name).join(' and ');
  const says = [
    ...ofAll === '' ? [] : [`${roles.length === 1 ? 'it trusts' : 'all trust'} ${ofAll}`],
    ...counts.filter(({ count }) => count > 0 && count < roles.length).map(({ name, count }) => `${count} ${count === 1 ? 'trusts' : 'trust'} ${name}`),
  ];
  return `${counted(roles.length, 'role')} in ${together}: ${says.join('; ')}.`;
}

/** Whether a base account's user is made or registered by this app. */
export function isHere(model: Model, caller: string): boolean {
  const account = caller.split(',')[0]!;
  return !isAccountId(account) || [...model.keys, ...model.entries].some((one) => one.account === account);
}
