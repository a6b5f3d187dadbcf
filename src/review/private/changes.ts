import { changesOfEntries, changesOfKeys } from './changed-keys';
import { groupedBy, paired, sortedBy, unique, without } from './lists';
import { Change, changed, Model, Role, Way } from './model';
import { shortened, wayText } from './words';
import { TrustChange, TrustVerdict } from '../trust-change';

const { WIDENED, NARROWED, MOVED, UNKNOWN, WEAKER } = TrustVerdict;
const ORDER = [WIDENED, WEAKER, MOVED, UNKNOWN, NARROWED];

const nameOf = ({ partition, where, name }: Role) => JSON.stringify([partition, where, name]);
const shapeOf = (role: Role) => JSON.stringify([nameOf(role), role.ways, role.may, role.grants, role.boundary]);

/** What `after` does to those who were let in before. Roles that are the same are left out, whichever stack they stand in. */
export function changesBetween(before: Model, after: Model): TrustChange[] {
  const roles = paired(without(before.roles, after.roles, shapeOf), without(after.roles, before.roles, shapeOf), nameOf)
    .flatMap(([one, other]) => changesOfRole(one, other, before.grants, after.grants).map((change) => ({ ...change, role: (other ?? one)! })));
  const changes = [...merged(roles), ...changesOfKeys(before.keys, after.keys), ...changesOfEntries(before.entries, after.entries)];
  return sortedBy(changes, ({ verdict, roles: of, change }) => `${ORDER.indexOf(verdict)} ${of} ${change}`);
}

/** Roles that change alike are one line; where only their external IDs differ, the line says that there is one. */
function merged(changes: readonly (Change & { readonly role: Role })[]): TrustChange[] {
  const general = (text: string) => text.replace(/external ID (?!by )[\w+=,.@:/‹›-]*[\w+=.@:/‹›-]/g, 'an external ID');
  const likenessOf = ({ verdict, change, before, after }: Change) => (
    JSON.stringify([verdict, change, general(before), general(after), verdict === MOVED ? [before, after] : '']));
  return [...groupedBy(changes, likenessOf).values()].map((alike) => {
    const { verdict, change } = alike[0]!;
    const text = (side: 'before' | 'after') => (new Set(alike.map((one) => one[side])).size === 1 ? alike[0]![side] : general(alike[0]![side]));
    const where = shortened(unique(alike.flatMap(({ role }) => role.where)), 4);
    return { verdict, roles: `${unique(alike.map(({ role }) => role.name)).join(', ')} in ${where}`, change, before: text('before'), after: text('after') };
  });
}

const JUMP = 'all callers change at once: whoever calls today is refused from this deployment on, and the new caller must be in use before';

const callers = (ways: readonly Way[]) => (ways.length === 0 ? 'nobody' : ways.map(wayText).join('; '));

function changesOfRole(before: Role | undefined, after: Role | undefined, former: Model['grants'], latter: Model['grants']): Change[] {
  if (before && after) return [...changesOfWays(before.ways, after.ways), ...changesOfRights(before, after, former, latter)];
  const { origin, ways, may } = (before ?? after)!;
  // What the trust of an edited role was before, or is afterwards, stands in no template.
  if (origin === 'edited') {
    return [after ? changed(UNKNOWN, 'its trust is edited from here on', 'not known', callers(ways))
      : changed(UNKNOWN, 'its trust is put back', callers(ways), 'what it was before it was edited')];
  }
  return [after ? changed(WIDENED, 'a new role', 'no role', `${callers(ways)}${may.length === 0 ? '' : `; it may do ${may.join('; ')}`}`)
    : changed(NARROWED, 'the role is gone', callers(ways), 'no role')];
}

/** Callers are known by their name: a base account that is registered now is the same caller as before. */
function changesOfWays(before: readonly Way[], after: readonly Way[]): Change[] {
  const [former, latter] = [before, after].map((ways) => groupedBy(ways, ({ caller }) => caller)) as [Map<string, Way[]>, Map<string, Way[]>];
  const gone = before.filter(({ caller }) => !latter.has(caller));
  const come = after.filter(({ caller }) => !former.has(caller));
  const stay = sortedBy([...former].filter(([caller]) => latter.has(caller)), ([caller]) => caller);
  if (gone.length > 0 && come.length > 0 && stay.length === 0) return [changed(MOVED, JUMP, callers(before), callers(after))];
  const some = (ways: readonly Way[], what: string) => {
    const { size } = new Set(ways.map(({ caller }) => caller));
    return size === 1 ? `one caller ${what}` : `${size} callers ${what}`;
  };
  return [
    ...come.length > 0 ? [changed(WIDENED, some(come, 'more'), 'not let in', callers(come))] : [],
    ...gone.length > 0 ? [changed(NARROWED, some(gone, 'less'), callers(gone), 'not let in')] : [],
    ...stay.flatMap(([caller, ways]) => changesOfAsked(ways, latter.get(caller)!)),
  ];
}

/** What is asked of a caller who was let in before. */
function changesOfAsked(before: readonly Way[], after: readonly Way[]): Change[] {
  const textOf = ({ only }: Way) => JSON.stringify(only);
  const [gone, come] = [without(before, after, textOf), without(after, before, textOf)];
  if (gone.length === 0 && come.length === 0) return [];
  const say = (verdict: TrustVerdict, change: string) => (
    [changed(verdict, change, callers(gone.length > 0 ? gone : before), callers(come.length > 0 ? come : after))]);
  // Every way that comes asks at least for what a former one asked for.
  const covers = (ways: readonly Way[], all: readonly Way[]) => (
    all.every(({ only }) => ways.some((way) => way.only.every((one) => one === 'no external ID' || only.includes(one)))));
  if (covers(before, come)) return say(NARROWED, 'more is asked of the caller');
  if (covers(after, gone)) return say(WIDENED, 'less is asked of the caller');
  if (come.some(({ flaw }) => flaw) && !gone.some(({ flaw }) => flaw)) return say(WIDENED, 'the caller is asked for something weaker');
  const isId = [...gone, ...come].every(({ only }) => only[0]?.startsWith('external ID '));
  return say(MOVED, isId ? 'another external ID: the caller has to present it from this deployment on' : 'something else is asked of the caller');
}

function changesOfRights(before: Role, after: Role, former: Model['grants'], latter: Model['grants']): Change[] {
  const bound = ({ boundary }: Role) => (boundary === undefined ? 'no boundary' : `bounded by ${boundary}`);
  const ofBoundary = after.boundary === undefined ? WIDENED : before.boundary === undefined ? NARROWED : MOVED;
  const boundary = before.boundary === after.boundary ? [] : [changed(ofBoundary, 'the permissions boundary', bound(before), bound(after))];
  if (before.grants === after.grants) return boundary;
  const [lines, others] = [former[before.grants] ?? [], latter[after.grants] ?? []];
  const [less, more] = [without(lines, others), without(others, lines)];
  // What is denied counts the other way round.
  const isDenied = (line: string) => line.startsWith('not ');
  const widens = more.some((line) => !isDenied(line)) || less.some(isDenied);
  const narrows = less.some((line) => !isDenied(line)) || more.some(isDenied);
  const [verdict, change] = !widens ? [NARROWED, 'less'] as const : narrows ? [MOVED, 'something else'] as const : [WIDENED, 'more'] as const;
  const text = (list: readonly string[], { may }: Role) => (list.length === 0 ? may.join('; ') || 'nothing' : shortened(list, 3));
  return [...boundary, changed(verdict, `it may do ${change}`, text(less, before), text(more, after))];
}
