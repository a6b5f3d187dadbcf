import { createHash } from 'node:crypto';
import { ConnectorNote, ConnectorNotes } from './note';
import { connectorNotesAt } from '../../../src/wire/connector';
import type { ConnectorProperties } from '../../../src/wire/connector';
import { isOwner, Owner, stackNameOf } from '../../runtime/owner';
import { serviceHost } from '../../service/http/origin';

/** The note on the one connector that a resource manages. */
export interface OwnNote {
  read(): Promise<ConnectorNote | undefined>;
  /** Writes nothing when the note has this content already. */
  write(note: ConnectorNote): Promise<void>;
  remove(): Promise<void>;
}

export function ownNote(notes: ConnectorNotes, properties: ConnectorProperties, owner: Owner): OwnNote {
  const name = noteName(properties, owner);
  let stands: string | undefined;
  return {
    read: async () => {
      const note = await notes.read(name);
      stands = JSON.stringify(note);
      // A stack that was deleted may have had the same name.
      return note && isOwner(note.owner, owner) ? note : undefined;
    },
    write: async (note) => {
      if (stands === JSON.stringify(note)) return;
      await notes.write(name, note);
      stands = JSON.stringify(note);
    },
    remove: async () => {
      await notes.remove(name);
      stands = undefined;
    },
  };
}

/** The name of the note. It contains the role, because there are two connectors for a while when the role changes. */
function noteName({ Service, RoleArn }: ConnectorProperties, { stackId, logicalId }: Owner): string {
  const role = createHash('sha256').update(RoleArn).digest('hex').slice(0, 16);
  return `${connectorNotesAt(stackNameOf(stackId), serviceHost(Service))}/${logicalId}-${role}`;
}
