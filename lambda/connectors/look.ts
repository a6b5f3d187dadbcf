import { marked, MarkedEntry } from './notes/mark';
import { ConnectorNote } from './notes/note';
import { isLegacyOf, isOfToken, isOwn, names } from './notes/own';
import { ConnectorRequest } from './request/open-request';
import type { ConnectorProperties } from '../../src/wire/connector';
import { isPinned } from '../../src/wire/pins';
import { isOwner } from '../runtime/owner';
import { isBefore } from '../service/connector-api';

/** What there is, before anything is decided. */
export interface Seen {
  readonly note?: ConnectorNote;
  /** The connectors of the role, without doubles. */
  readonly found: readonly MarkedEntry[];
}

/**
 * Reads the note and the connectors of the role. A connector of this resource that is not in the note may be newer than the note that was
 * read.
 *
 * @param replaced what the resource was before, if another connector replaces it
 */
export async function look(request: ConnectorRequest, replaced?: ConnectorProperties): Promise<Seen> {
  if (replaced) await noteFormer(request, replaced);
  const before = await request.note.read();
  const all = await request.find();
  const isYounger = all.some((entry) => isOwner(entry.mark, request.owner) && !names(before, entry));
  const note = isYounger ? await request.note.read() : before;
  return { note, found: await withoutDoubles(request, note, all) };
}

/** Looks whether a request whose answer was lost has made the connector. */
export async function lookForMade(request: ConnectorRequest, note: ConnectorNote): Promise<{ readonly id?: string; readonly isAnswered: boolean }> {
  let isAnswered = false;
  for (const pause of [1_000, 5_000]) {
    await request.clock.sleep(pause);
    const found = await request.find().catch(() => undefined);
    isAnswered = found !== undefined;
    const made = found && (await withoutDoubles(request, note, found)).find((entry) => isOfToken(note, entry));
    if (made) return { id: made.id, isAnswered };
  }
  return { isAnswered };
}

/** Whether the role has a connector of this resource. */
export async function stands(request: ConnectorRequest): Promise<boolean> {
  const note = await request.note.read();
  return (await request.find()).some((entry) => isOwn(request.owner, note, entry));
}

/** Writes the note that a later Delete needs for a connector that an earlier version made, before another connector replaces it. */
async function noteFormer({ owner, token, service, properties, noteOf }: ConnectorRequest, previous: ConnectorProperties): Promise<void> {
  if (!isPinned(previous.Service, properties.Service)) return;
  const note = noteOf(previous, owner);
  if (await note.read()) return;
  const { AccountType: accountType, RoleArn: roleArn } = previous;
  const found = await service.connectors.find(accountType, roleArn);
  const former = found.map(marked).find((entry) => isLegacyOf(owner, entry));
  if (!former?.mark) return;
  await note.write({ owner, origin: former.mark.origin, token, connectorId: former.id, accountType, roleArn });
}

/**
 * Removes all but one of the connectors that one request has made, and returns the rest. A request may be delivered twice at the same time:
 * then both deliveries look, find no connector, and make one. The first one stays; see `isBefore`. The delivery that made a later one finds
 * that out when it reads back, because a search that shows a connector shows the earlier ones too. If it crashes before, its repetition
 * does this. Later requests leave doubles alone: by then a connector with the same mark may be a copy that a person made.
 */
async function withoutDoubles(
  { service, token }: ConnectorRequest, note: ConnectorNote | undefined, found: readonly MarkedEntry[],
): Promise<readonly MarkedEntry[]> {
  if (!note || (note.connectorId !== undefined && note.token !== token)) return found;
  const made = found.filter((entry) => isOfToken(note, entry) && !entry.isOrganizationMember);
  const stays = made.find(({ id }) => id === note.connectorId) ?? [...made].sort((one, other) => (isBefore(one, other) ? -1 : 1))[0];
  const doubles = made.filter((entry) => entry !== stays);
  for (const double of doubles) await service.connectors.remove(double);
  return found.filter((entry) => !doubles.includes(entry));
}
