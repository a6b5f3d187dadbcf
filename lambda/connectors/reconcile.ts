import { make } from './make';
import { Mark, readDescription } from './notes/mark';
import { ConnectorNote } from './notes/note';
import { isLegacyOf, names } from './notes/own';
import { checkChangeable, decideOwnership, pickOne } from './ownership/decide';
import { withoutDoubles } from './ownership/doubles';
import { noteFormer } from './ownership/legacy';
import { ConnectorRequest } from './request/open-request';
import { staysAs } from './stays';
import { formerTagIdsOf, tagIdsOf, wantedTags } from './tags';
import { verified } from './verification/verified';
import { notRun, Verdict } from './verification/verify';
import { differences, formerFields, wantedFields, wantedText } from './wanted';
import type { ConnectorProperties } from '../../src/wire/connector';
import { DeployError } from '../runtime/errors';
import { isOwner } from '../runtime/owner';
import { ConnectorEntry, ConnectorFields, isGone } from '../service/connector-api';

/** What CloudFormation asks for: an update has properties before it, and what it finds unchanged is not run. */
export interface Change {
  readonly isUpdate: boolean;
  readonly previous?: ConnectorProperties;
  /** The connector takes the place of another one of this resource. It may be a rollback. */
  readonly replaces?: { readonly previous?: ConnectorProperties };
}

/** One way for create, update and their repetitions: search, decide, write, read back, run. Nothing that fails stays half done. */
export async function reconcile(request: ConnectorRequest, change: Change, attempts = 2): Promise<Verdict> {
  const { service: { connectors }, properties } = request;
  if (change.replaces?.previous) await noteFormer(request, change.replaces.previous);
  const { stored, found } = await look(request);
  const entry = pickOne(request, stored, found);
  if (entry === undefined) {
    if (attempts === 0) throw new DeployError(`the connector of the role ${properties.RoleArn} was removed while it was made: deploy again`);
    return await make(request, stored) ?? reconcile(request, change, 0);
  }
  const isOwn = names(stored, entry) || isLegacyOf(request.owner, readDescription(entry.description).mark);
  // A rollback has to succeed where nothing is to be done, whatever stands beside the connector that is this resource's.
  if (!isOwn) checkChangeable(request, entry, found);
  const mark = await decideOwnership(request, entry, stored, change.isUpdate || change.replaces !== undefined);
  const note = noteOf(request, mark, entry, stored);
  const text = wantedText(properties, entry, change.previous);
  const wanted = { ...wantedFields(properties, standing(entry, mark), text), ...await tagsFor(request, entry, change) };
  const changes = differences(entry, wanted);
  if (Object.keys(changes).length === 0) {
    if (change.previous && !await staysAs(request, entry, wanted, change.previous)) return reconcile(request, change, attempts);
    if (!change.isUpdate || note.judged === false) return verified(request, entry, note, async () => 'It was there already and stays as it is');
    await request.note.write(note);
    return notRun(entry, 'nothing was changed');
  }
  checkChangeable(request, entry, found);
  await request.note.write(note);
  try {
    await connectors.update(entry, changes);
  } catch (error) {
    // Removed since it was found: made again, unless somebody else has done so.
    if (isGone(error) && attempts > 1) return reconcile(request, change, attempts - 1);
    throw error;
  }
  return verified(request, entry, note, async () => {
    await connectors.update(entry, formerFields(entry, changes));
    return 'Its settings were put back';
  }, { fields: wanted, look: () => connectors.get(entry.accountType, entry.id) });
}

/** The note and the connectors of the role, without doubles. A connector of this resource that the note does not name may be younger than the note that was read. */
async function look(request: ConnectorRequest): Promise<{ readonly stored?: ConnectorNote; readonly found: readonly ConnectorEntry[] }> {
  const { service: { connectors }, properties, owner } = request;
  const before = await request.note.read();
  const all = await connectors.find(properties.AccountType, properties.RoleArn);
  const isYounger = all.some((entry) => isOwner(readDescription(entry.description).mark, owner) && !names(before, entry));
  const stored = isYounger ? await request.note.read() : before;
  return { stored, found: await withoutDoubles(request, stored, all) };
}

/** Whether the role has a connector that is this resource's. */
export async function stands(request: ConnectorRequest): Promise<boolean> {
  const { service: { connectors }, properties, owner } = request;
  const note = await request.note.read();
  const found = await connectors.find(properties.AccountType, properties.RoleArn);
  return found.some((entry) => names(note, entry) || isLegacyOf(owner, readDescription(entry.description).mark));
}

function noteOf({ owner, token, properties }: ConnectorRequest, mark: Mark, entry: ConnectorEntry, stored: ConnectorNote | undefined): ConnectorNote {
  return {
    owner,
    origin: mark.origin,
    token: mark.token ?? token,
    connectorId: entry.id,
    accountType: properties.AccountType,
    roleArn: properties.RoleArn,
    ...names(stored, entry) && stored?.judged === false && { judged: false },
  };
}

/** A mark that says the same about the owner stays as it is written: for a token alone nothing is sent. */
function standing({ description }: ConnectorEntry, wanted: Mark): Mark {
  const { mark } = readDescription(description);
  return mark && isOwner(mark, wanted) && mark.origin === wanted.origin ? mark : wanted;
}

async function tagsFor({ service, properties }: ConnectorRequest, entry: ConnectorEntry, { previous }: Change): Promise<Pick<Partial<ConnectorFields>, 'tagIds'>> {
  const own = await tagIdsOf(service, properties.DefaultTags);
  const tagIds = wantedTags(own, entry.tagIds, await formerTagIdsOf(service, previous?.DefaultTags));
  return tagIds === undefined ? {} : { tagIds };
}
