import { MarkedEntry } from './notes/mark';
import { ConnectorNote } from './notes/note';
import { names } from './notes/own';
import { holderOf } from './ownership';
import { ConnectorRequest } from './request/open-request';
import { undoUntilSettled } from '../runtime/calls/undo-until-settled';
import { ownerName } from '../runtime/owner';
import { nameOf } from '../service/connector-api';

/**
 * Removes the connector that this resource made according to the note. Other connectors of the role stay as they are.
 *
 * @param isGivenUp a Create was given up and may still be running. Either it finds that its note is gone, or it crashes, and the former note
 * identifies what it made late
 */
export async function removeConnector(request: ConnectorRequest, isGivenUp: boolean): Promise<void> {
  let note: ConnectorNote | undefined;
  const remove = async (): Promise<void> => {
    note = await request.note.read() ?? note;
    if (note) await removeNoted(request, note);
  };
  if (isGivenUp) await undoUntilSettled(request.clock, request.deadline, remove);
  else await remove();
  if (note || isGivenUp) return;
  request.tell(`no note in Parameter Store says that this resource has made a connector on the role ${request.properties.RoleArn}: if there is one, it stays`);
}

async function removeNoted(request: ConnectorRequest, note: ConnectorNote): Promise<void> {
  const own = (await request.find()).filter((entry) => names(note, entry));
  for (const entry of own) if (note.origin === 'created' && !entry.isOrganizationMember && await staysOurs(request, entry)) await request.service.connectors.remove(entry);

  await request.note.remove();
}

/** A connector that somebody else has taken over stays. After a renaming it belongs to the new resource, with its history. */
async function staysOurs(request: ConnectorRequest, entry: MarkedEntry): Promise<boolean> {
  const { owner, properties, noteOf } = request;
  const holder = await holderOf(request, entry);
  if (!holder) return true;
  if (holder.stackId === owner.stackId) {
    const heir = noteOf(properties, holder);
    const theirs = await heir.read();
    if (theirs) await heir.write({ ...theirs, origin: 'created' });
  } else {
    request.tell(`${nameOf(entry)} stays: its description says that ${ownerName(holder)} has taken it over`);
  }
  return false;
}
