import { changesOfKeys, changesOfEntries } from './changed-keys';
import { Change, compare, groupedBy, Model, Role, sortedBy, unique, Way } from './model';
import { shortened, wayText } from './words';
import { TrustChange, TrustVerdict } from '../trust-change';

const { WIDENED, NARROWED, MOVED, UNKNOWN, WEAKER } = TrustVerdict;
const ORDER = [WIDENED, WEAKER, MOVED, UNKNOWN, NARROWED];

/** What `after` does to those who were let in before. */
export function changesBetween(before: Model, after: Model): TrustChange[] {
  const roles = pairs(before.roles, after.roles).flatMap(([one, other]) => changesOfRole(one, other, before, after));
  const changes = [...merged(roles), ...changesOfKeys(before.keys, after.keys), ...changesOfEntries(before.entries, after.entries)];
  return sortedBy(changes, ({ verdict, roles: of, change }) => `${ORDER.indexOf(verdict)} ${of} ${change}`);
}

interface RoleChange extends Change { readonly role: Role }

const nameOf = ({ partition, where, name }: Role) => JSON.stringify([partition, where, name]);
const shapeOf = (role: Role) => JSON.stringify([nameOf(role), role.ways, role.may, role.grants, role.boundary]);

/** A role and what became of it. Those that are the same are left out, whichever stack they stand in. */
function pairs(before: readonly Role[], after: readonly Role[]): [Role | undefined, Role | undefined][] {
  const [former, latter] = [groupedBy(before, nameOf), groupedBy(after, nameOf)];
  return unique([...former.keys(), ...latter.keys()]).flatMap((name) => {
    const without = (list: readonly Role[], others: readonly Role[]) => {
      const shapes = new Set(others.map(shapeOf));
      return list.filter((role) => !shapes.has(shapeOf(role)));
    };
    const [all, now] = [former.get(name) ?? [], latter.get(name) ?? []];
    const [gone, come] = [without(all, now), without(now, all)];
    const length = Math.max(gone.length, come.length);
    return Array.from({ length }, (_, index): [Role | undefined, Role | undefined] => [gone[index], come[index]]);
  });
}

const callers = (ways: readonly Way[]) => (ways.length === 0 ? 'nobody' : ways.map(wayText).join('; '));

function changesOfRole(before: Role | undefined, after: Role | undefined, former: Model, latter: Model): RoleChange[] {
  if (!before || !after) {
    const role = (before ?? after)!;
    return [{ role, ...role.origin === 'edited' ? editedChange(role, after !== undefined) : madeChange(role, after !== undefined) }];
  }
  return [...changesOfWays(before.ways, after.ways), ...changesOfRights(before, after, former, latter)].map((change) => ({ role: after, ...change }));
}

function madeChange({ ways, may }: Role, comes: boolean): Change {
  return comes ? { verdict: WIDENED, change: 'a new role', before: 'no role', after: `${callers(ways)}${may.length === 0 ? '' : `; it may do ${may.join('; ')}`}` }
    : { verdict: NARROWED, change: 'the role is gone', before: callers(ways), after: 'no role' };
}

/** What its trust was before, or is afterwards, stands in no template. */
function editedChange({ ways }: Role, comes: boolean): Change {
  return comes ? { verdict: UNKNOWN, change: 'its trust is edited from here on', before: 'not known', after: callers(ways) }
    : { verdict: UNKNOWN, change: 'its trust is put back', before: callers(ways), after: 'what it was before it was edited' };
}

const JUMP = 'all callers change at once: whoever calls today is refused from this deployment on, and the new caller must be in use before';

/** Callers are known by their name: a base account that is registered now is the same caller as before. */
function changesOfWays(before: readonly Way[], after: readonly Way[]): Change[] {
  const names = (ways: readonly Way[]) => new Set(ways.map(({ caller }) => caller));
  const [former, latter] = [names(before), names(after)];
  const gone = before.filter(({ caller }) => !latter.has(caller));
  const come = after.filter(({ caller }) => !former.has(caller));
  const nobodyStays = gone.length > 0 && come.length > 0 && ![...former].some((caller) => latter.has(caller));
  if (nobodyStays) return [{ verdict: MOVED, change: JUMP, before: callers(before), after: callers(after) }];

  const some = (count: number, what: string) => (count === 1 ? `one caller ${what}` : `${count} callers ${what}`);
  return [
    ...come.length > 0 ? [{ verdict: WIDENED, change: some(names(come).size, 'more'), before: 'not let in', after: callers(come) }] : [],
    ...gone.length > 0 ? [{ verdict: NARROWED, change: some(names(gone).size, 'less'), before: callers(gone), after: 'not let in' }] : [],
    ...[...former].filter((caller) => latter.has(caller)).sort(compare)
      .flatMap((caller) => changesOfAsked(before.filter((way) => way.caller === caller), after.filter((way) => way.caller === caller))),
  ];
}

/** What is asked of a caller who was let in before. */
function changesOfAsked(before: readonly Way[], after: readonly Way[]): Change[] {
  const texts = (ways: readonly Way[]) => ways.map(({ only }) => JSON.stringify(only));
  const gone = before.filter(({ only }) => !texts(after).includes(JSON.stringify(only)));
  const come = after.filter(({ only }) => !texts(before).includes(JSON.stringify(only)));
  if (gone.length === 0 && come.length === 0) return [];
  const change = { before: callers(gone.length > 0 ? gone : before), after: callers(come.length > 0 ? come : after) };
  // Every way that comes asks at least for what a former one asked for.
  const covers = (ways: readonly Way[], all: readonly Way[]) => (
    all.every(({ only }) => ways.some((way) => asks(way).every((one) => only.includes(one)))));
  if (covers(before, come)) return [{ verdict: NARROWED, change: 'more is asked of the caller', ...change }];
  if (covers(after, gone)) return [{ verdict: WIDENED, change: 'less is asked of the caller', ...change }];
  if (come.some(({ flaw }) => flaw) && !gone.some(({ flaw }) => flaw)) return [{ verdict: WIDENED, change: 'the caller is asked for something weaker', ...change }];
  const isId = [...gone, ...come].every(({ only }) => only[0]?.startsWith('external ID '));
  const moved = isId ? 'another external ID: the caller has to present it from this deployment on' : 'something else is asked of the caller';
  return [{ verdict: MOVED, change: moved, ...change }];
}

const asks = ({ only }: Way) => only.filter((one) => one !== 'no external ID');

function changesOfRights(before: Role, after: Role, former: Model, latter: Model): Change[] {
  const bound = ({ boundary: name }: Role) => (name === undefined ? 'no boundary' : `bounded by ${name}`);
  const bounded = { before: bound(before), after: bound(after) };
  const boundary = bounded.before === bounded.after ? []
    : [{ verdict: after.boundary === undefined ? WIDENED : before.boundary === undefined ? NARROWED : MOVED, change: 'the permissions boundary', ...bounded }];
  if (before.grants === after.grants) return boundary;
  const [lines, others] = [former.grants[before.grants] ?? [], latter.grants[after.grants] ?? []];
  const [less, more] = [lines.filter((line) => !others.includes(line)), others.filter((line) => !lines.includes(line))];
  // What is denied counts the other way round.
  const isMore = (one: readonly string[], other: readonly string[]) => one.some((line) => !line.startsWith('not ')) || other.some((line) => line.startsWith('not '));
  const [widens, narrows] = [isMore(more, less), isMore(less, more)];
  const verdict = widens ? (narrows ? MOVED : WIDENED) : NARROWED;
  return [...boundary, {
    verdict,
    change: widens ? (narrows ? 'it may do something else' : 'it may do more') : 'it may do less',
    before: less.length === 0 ? before.may.join('; ') || 'nothing' : shortened(less, 3),
    after: more.length === 0 ? after.may.join('; ') || 'nothing' : shortened(more, 3),
  }];
}

/** Roles that change alike are one line; where only their external IDs differ, the line says that there is one. */
function merged(changes: readonly RoleChange[]): TrustChange[] {
  const general = (text: string) => text.replace(/external ID (?!by )[\w+=,.@:/‹›-]*[\w+=.@:/‹›-]/g, 'an external ID');
  const likeness = ({ verdict, change, before, after }: RoleChange) => JSON.stringify([verdict, change, general(before), general(after), verdict === MOVED ? [before, after] : '']);
  return [...groupedBy(changes, likeness).values()].map((alike) => {
    const { verdict, change } = alike[0]!;
    const text = (side: 'before' | 'after') => (new Set(alike.map((one) => one[side])).size === 1 ? alike[0]![side] : general(alike[0]![side]));
    const where = shortened(unique(alike.flatMap(({ role }) => role.where)), 4);
    return { verdict, roles: `${unique(alike.map(({ role }) => role.name)).join(', ')} in ${where}`, change, before: text('before'), after: text('after') };
  });
}

