import { readDescription } from '../../connectors/notes/mark';
import { isOwner } from '../../runtime/owner';
import { ConnectorEntry } from '../../service/connector-api';
import { Row } from '../ports';
import { withoutConnector } from '../rows/recognize';
import { without } from '../rows/without';
import { keep, Run } from '../run-context';

/** Disables or removes the connector of an account that has left, or of its former role. Row and mark must both say that the fleet made it. */
export async function retire(run: Run, row: Row, isFormer: boolean): Promise<void> {
  const { service: { connectors }, properties: { AccountType, OnAccountRemoval: { Action } }, invocation: { tell } } = run;
  const { connectorId, roleArn, token } = isFormer ? row.former! : row;
  const after = isFormer ? without(row, 'former') : row;
  const found = (await connectors.find(AccountType, roleArn)).find(({ id }) => id === connectorId);
  if (found === undefined) {
    await drop(run, isFormer ? after : withoutConnector(after));
    return;
  }
  if (!isOurs(run, row, found, token)) {
    tell(`the connector with ID ${found.id} of account ${row.accountId} stays as it is: its description no longer says that this fleet made it`);
    await drop(run, isFormer ? after : { ...withoutConnector(after), connectorId: found.id, origin: 'adopted' });
    return;
  }
  if (Action === 'REMOVE') {
    await connectors.remove(found);
    await drop(run, isFormer ? after : withoutConnector(after));
  } else {
    if (Action === 'DISABLE') await connectors.update(found, { enabled: false });
    await drop(run, isFormer ? after : { ...without(after, 'applied'), ...Action === 'DISABLE' && { disabled: true } });
  }
}

/** Removes the doubles of two creates with the same token. The first connector stays. */
export async function removeDoubles(run: Run, row: Row): Promise<void> {
  const { service: { connectors }, properties: { AccountType } } = run;
  const found = await connectors.find(AccountType, row.roleArn);
  const doubles = found.filter((entry) => row.doubles?.includes(entry.id) && entry.id !== row.connectorId && isOurs(run, row, entry, row.token));
  for (const double of doubles) await connectors.remove(double);
  await keep(run, without(row, 'doubles'));
}

/** Writes the row, or removes it if the account has left and has no connector. */
async function drop(run: Run, row: Row): Promise<void> {
  const isNeeded = row.goneSince === undefined || row.connectorId !== undefined || row.former !== undefined;
  if (isNeeded) {
    await keep(run, row);
    return;
  }
  await run.table.writeAll([], [row]);
  run.rows.delete(row.accountId);
}

function isOurs({ deployed: { owner } }: Run, { accountId }: Row, entry: ConnectorEntry, token: string | undefined): boolean {
  const { description, roleArn, isOrganizationMember } = entry;
  const { mark } = readDescription(description);
  const isMade = token !== undefined && mark?.token === token && mark.origin === 'created' && isOwner(mark, owner);
  return isMade && roleArn?.split(':')[4] === accountId && !isOrganizationMember;
}
