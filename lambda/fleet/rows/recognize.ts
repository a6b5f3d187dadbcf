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

/** A row after the service has shown a connector on its role, and a text for the log. */
export interface Recognized {
  readonly row: Row;
  readonly told?: string;
}

/**
 * Decides whether a connector on the role of an account is the fleet's own, and answers the account's row.
 *
 * - A connector is the fleet's own if the row has its ID or, while a create has no answer, its token.
 * - A connector with nothing but a mark of this fleet is adopted at most. The fleet never disables or deletes it.
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
    return { row, told: `${connectorWords(entry)} has the mark of account ${row.accountId}'s connector (ID ${row.connectorId}): it is a copy, and the fleet leaves it alone` };
  }
  if (row.connectorId !== undefined) return { row, told: `account ${row.accountId} has a second connector, ${connectorWords(entry)}: the fleet leaves it alone. Remove it at the Qualys console` };
  if (entry.isOrganizationMember) return blocked(row, entry, 'it is a member of an organization connector, which manages it. Exclude the account, or take it out of the organization connector');
  // While a create has no answer, somebody else's connector must not take its place.
  if (mark === undefined && !adopts) return blocked(row, entry, 'it exists already, and this fleet did not make it. Set adoptExisting, or remove it at the Qualys console');
  if (row.begun !== undefined) return { row, told: `account ${row.accountId} has a connector that this fleet did not make, ${connectorWords(entry)}: a later run decides about it` };
  return {
    row: { ...without(row, 'blockedBy', 'token', 'applied'), connectorId: entry.id, origin: 'adopted' },
    told: `${connectorWords(entry)} is adopted for account ${row.accountId}: the fleet never disables or deletes it`,
  };
}

/** The row without its connector, which the service no longer shows. */
export function withoutConnector(row: Row): Row {
  return without(row, 'connectorId', 'origin', 'token', 'applied', 'sent', 'tagIds', 'disabled', 'doubtUntil');
}

/** The row with a connector that was found by its token. */
export function made(row: Row, connectorId: string): Row {
  return { ...without(row, 'begun', 'blockedBy', 'problem', 'attempts', 'notBefore'), connectorId, origin: 'created' };
}

function withDouble(row: Row, id: string): Row {
  return row.doubles?.includes(id) ? row : { ...row, doubles: [...row.doubles ?? [], id] };
}

/** Whether the fleet has adopted the connector and not updated it yet. Until then it has the mark of its former owner. */
function isNew({ origin, applied }: Row): boolean {
  return origin === 'adopted' && applied === undefined;
}

function blocked(row: Row, entry: ConnectorEntry, why: string): Recognized {
  const { connectorId } = row.blockedBy ?? {};
  const told = `${connectorWords(entry)} on the role of account ${row.accountId}: ${why}`;
  return { row: { ...row, blockedBy: { connectorId: entry.id, why: told } }, ...connectorId !== entry.id && { told } };
}

/** Names a connector by its ID alone, because people can change its name. */
function connectorWords({ id }: ConnectorEntry): string {
  return `the connector with ID ${id}`;
}
