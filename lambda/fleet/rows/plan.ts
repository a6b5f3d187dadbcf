import { without } from './without';
import { canonical } from '../../../src/wire/pins';
import { Member } from '../../accounts/members';
import { Row } from '../ports';

/** A list of members. */
export interface Listing {
  readonly members: readonly Member[];
  /** Whether it has all accounts, or only those that an operation of a stack set is changing. */
  readonly isWhole: boolean;
}

/** Rows that have changed, and rows that are no longer needed. */
export interface Planned {
  readonly changed: readonly Row[];
  readonly removed: readonly Row[];
}

/** Compares the rows with the list, and answers the rows to write and to remove. */
export function plan(rows: readonly Row[], { members, isWhole }: Listing, now: number): Planned {
  const before = new Map(rows.map((row) => [row.accountId, row]));
  const listed = members.filter((member): member is Member & Pick<Row, 'state'> => member.state !== 'EXCLUDED');
  const there = new Set(listed.map(({ accountId }) => accountId));
  const changed = listed.flatMap((member) => {
    const row = before.get(member.accountId);
    const after = isWhole || row?.source === member.source ? withMember(row, member, now) : row;
    return after === undefined || canonical(after) === canonical(row) ? [] : [after];
  });
  if (!isWhole) return { changed, removed: [] };
  const gone = rows.filter(({ accountId }) => !there.has(accountId));
  const isNeeded = ({ connectorId, begun, former, doubles }: Row): boolean => [connectorId, begun, former, doubles].some((one) => one !== undefined);
  return {
    changed: [...changed, ...gone.filter((row) => isNeeded(row) && row.goneSince === undefined).map((row) => ({ ...row, goneSince: now }))],
    removed: gone.filter((row) => !isNeeded(row)),
  };
}

function withMember(before: Row | undefined, { accountId, source, roleArn, name, state, reason }: Member & Pick<Row, 'state'>, now: number): Row {
  const fresh: Row = { accountId, source, roleArn, state, since: now, version: 0 };
  const known = before === undefined ? fresh : before.roleArn === roleArn ? before : onAnotherRole(before, now);
  const row = without(known, 'goneSince', 'reason');
  return {
    ...row,
    source,
    roleArn,
    ...(name ?? row.name) !== undefined && { name: name ?? row.name },
    state,
    ...reason !== undefined && { reason },
    // An account that comes back counts as new, unless it still has its connector.
    since: known.goneSince !== undefined && row.connectorId === undefined ? now : row.since,
  };
}

/** The row after the code names another role. The account gets a new connector. The former one is kept in `former` until the new one exists. */
function onAnotherRole(row: Row, now: number): Row {
  const { accountId, source, roleArn, name, state, connectorId, token, origin, former, version } = row;
  const isOurs = origin === 'created' && connectorId !== undefined && token !== undefined;
  const kept = isOurs ? { connectorId, roleArn, token } : former;
  return { accountId, source, roleArn, ...name !== undefined && { name }, state, since: now, version, ...kept && { former: kept } };
}
