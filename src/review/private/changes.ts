import { changesOfEntries, changesOfKeys } from './changed-keys';
import { changesOfRole } from './changed-roles';
import { groupedBy, paired, sortedBy, unique, without } from './lists';
import { Change, Model, Role } from './model';
import { shortened } from './words';
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
