import { MarkedEntry } from './notes/mark';
import { ConnectorNote } from './notes/note';
import { names } from './notes/own';
import { holderOf } from './ownership/holder';
import { ConnectorRequest, nameOf } from './request/open-request';
import { undoUntilSettled } from '../runtime/calls/undo-until-settled';
import { ownerName } from '../runtime/owner';

/** Removes what the note says that this resource has made. Anything else on the role stays as it is. */
export async function removeConnector(request: ConnectorRequest): Promise<void> {
  const note = await request.note.read();
  if (note === undefined) {
    request.tell(`no note in Parameter Store says that this resource has made a connector on the role ${request.properties.RoleArn}: if there is one, it stays`);
    return;
  }
  await removeNoted(request, note);
}

/** For a Create that was given up, and may still be at work: it finds its note gone; or it dies, and what it made late is known by the note of before. */
export async function giveUpConnector(request: ConnectorRequest): Promise<void> {
  let note: ConnectorNote | undefined;
  await undoUntilSettled(request.clock, request.deadline, async () => {
    note = await request.note.read() ?? note;
    if (note) await removeNoted(request, note);
  });
}

async function removeNoted(request: ConnectorRequest, note: ConnectorNote): Promise<void> {
  const own = (await request.find()).filter((entry) => names(note, entry));
  for (const entry of own) if (note.origin === 'created' && !entry.isOrganizationMember && await staysOurs(request, entry)) await request.service.connectors.remove(entry);

  await request.note.remove();
}

/** What somebody else has taken over since is not removed. After a renaming it is the new resource's, with its history. */
async function staysOurs(request: ConnectorRequest, entry: MarkedEntry): Promise<boolean> {
  const { owner, properties, noteOf } = request;
  const holder = await holderOf(request, entry);
  if (holder === undefined) return true;
  if (holder.stackId === owner.stackId) {
    const heir = noteOf(properties, holder);
    const theirs = await heir.read();
    if (theirs) await heir.write({ ...theirs, origin: 'created' });
  } else {
    request.tell(`${nameOf(entry)} stays: its description says that ${ownerName(holder)} has taken it over`);
  }
  return false;
}
