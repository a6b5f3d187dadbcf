import { without } from './without';
import { readDescription } from '../../connectors/notes/mark';
import { isOwner, Owner, ownerName } from '../../runtime/owner';
import { ConnectorEntry } from '../../service/connector-api';
import { Row } from '../ports';

export interface Recognizing {
  readonly owner: Owner;
  readonly adopts: boolean;
  readonly now: number;
}

/** A row after a connector on its role was shown, and what a person may want to know of it. */
export interface Recognized {
  readonly row: Row;
  readonly told?: string;
}

/**
 * A connector on the role of an account -> the account's row. Ours is what the row names, by its ID, or, while a create has no answer, by its
 * token. What a mark says alone makes a connector adopted at most: it is never disabled or deleted.
 */
export function recognize(row: Row, entry: ConnectorEntry, { owner, adopts, now }: Recognizing): Recognized {
  const { mark } = readDescription(entry.description);
  const isOfToken = row.token !== undefined && mark?.token === row.token && isOwner(mark, owner);
  if (entry.id === row.connectorId) {
    const isTaken = mark !== undefined && !isOwner(mark, owner) && row.origin !== undefined && !isNew(row);
    return isTaken ? blocked(withoutConnector(row), entry, `its description says that ${ownerName(mark)} has taken it over`) : { row: without(row, 'blockedBy') };
  }
  if (isOfToken) {
    if (row.connectorId === undefined || row.origin === 'adopted') return { row: made(row, entry.id) };
    const isDoubt = row.doubtUntil !== undefined && row.doubtUntil > now;
    if (isDoubt) return { row: withDouble(row, entry.id) };
    return { row, told: `${connectorWords(entry)} has the mark of account ${row.accountId}'s connector (ID ${row.connectorId}): it is a copy, and left alone` };
  }
  if (row.connectorId !== undefined) return { row, told: `account ${row.accountId} has a second connector, ${connectorWords(entry)}: it is left alone. Remove it at the Qualys console` };
  if (entry.isOrganizationMember) return blocked(row, entry, 'it is a member of an organization connector, which manages it. Exclude the account, or take it out of the organization connector');
  // While a create has no answer, one of somebody else's must not take its place.
  if (mark === undefined && !adopts) return blocked(row, entry, 'it exists already, and this fleet did not make it. Set adoptExisting, or remove it at the Qualys console');
  if (row.begun !== undefined) return { row, told: `account ${row.accountId} has a connector that this fleet did not make, ${connectorWords(entry)}: it is looked at again` };
  return {
    row: { ...without(row, 'blockedBy', 'token', 'applied'), connectorId: entry.id, origin: 'adopted' },
    told: `${connectorWords(entry)} is taken up for account ${row.accountId}: it is never disabled or deleted from here`,
  };
}

/** The connector is not shown any more. */
export function withoutConnector(row: Row): Row {
  return without(row, 'connectorId', 'origin', 'token', 'applied', 'sent', 'tagIds', 'disabled', 'doubtUntil');
}

/** Found by its token. */
export function made(row: Row, connectorId: string): Row {
  return { ...without(row, 'begun', 'blockedBy', 'problem', 'attempts', 'notBefore'), connectorId, origin: 'created' };
}

function withDouble(row: Row, id: string): Row {
  return row.doubles?.includes(id) ? row : { ...row, doubles: [...row.doubles ?? [], id] };
}

/** An adopted connector carries the mark of whoever managed it before, until its first update. */
function isNew({ origin, applied }: Row): boolean {
  return origin === 'adopted' && applied === undefined;
}

function blocked(row: Row, entry: ConnectorEntry, why: string): Recognized {
  const { connectorId } = row.blockedBy ?? {};
  const told = `${connectorWords(entry)} on the role of account ${row.accountId}: ${why}`;
  return { row: { ...row, blockedBy: { connectorId: entry.id, why: told } }, ...connectorId !== entry.id && { told } };
}

/** By its ID alone: names are people's. */
function connectorWords({ id }: ConnectorEntry): string {
  return `the connector with ID ${id}`;
}
