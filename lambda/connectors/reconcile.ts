import { make } from './make';
import { MarkedEntry } from './notes/mark';
import { ConnectorNote } from './notes/note';
import { isOwn, names } from './notes/own';
import { checkChangeable, choose } from './ownership/choose';
import { withoutDoubles } from './ownership/doubles';
import { noteFormer } from './ownership/legacy';
import { ConnectorRequest } from './request/open-request';
import { staysAs } from './stays';
import { tagsField } from './tags';
import { verified } from './verification/verified';
import { notRun, Verdict } from './verification/verify';
import { differences, formerFields, wantedFields, wantedText } from './wanted';
import type { ConnectorProperties } from '../../src/wire/connector';
import { DeployError } from '../runtime/errors';
import { isOwner } from '../runtime/owner';
import { isGone } from '../service/connector-api';

/** What CloudFormation asks for. An update has previous properties, and does not run an unchanged connector. */
export interface Change {
  readonly isUpdate: boolean;
  readonly previous?: ConnectorProperties;
  /** The connector replaces another one of this resource. It may be a rollback. */
  readonly replaces?: { readonly previous?: ConnectorProperties };
}

/** The steps of create, update and their repetitions: search, choose, write, read back, run. A failure leaves nothing half done. */
export async function reconcile(request: ConnectorRequest, change: Change, attempts = 2): Promise<Verdict> {
  const { service, properties } = request;
  if (change.replaces?.previous) await noteFormer(request, change.replaces.previous);
  const { stored, found } = await look(request);
  const chosen = await choose(request, stored, found, change.isUpdate || change.replaces !== undefined);
  if (chosen === undefined) {
    if (attempts === 0) throw new DeployError(`the connector of the role ${properties.RoleArn} was removed while it was made: deploy again`);
    return await make(request, stored) ?? reconcile(request, change, 0);
  }
  const { entry, mark, note } = chosen;
  const tags = await tagsField(service, properties, entry.tagIds, change.previous);
  const wanted = { ...wantedFields(properties, mark, wantedText(properties, entry, change.previous)), ...tags };
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
    await service.connectors.update(entry, changes);
  } catch (error) {
    // It was removed after it was found. It is made again, unless somebody else has done that.
    if (isGone(error) && attempts > 1) return reconcile(request, change, attempts - 1);
    throw error;
  }
  return verified(request, entry, note, async () => {
    await service.connectors.update(entry, formerFields(entry, changes));
    return 'Its settings were put back';
  }, { fields: wanted, look: () => service.connectors.get(entry.accountType, entry.id) });
}

/**
 * The note and the connectors of the role, without doubles. A connector of this resource that is not in the note may be newer than the note
 * that was read.
 */
async function look(request: ConnectorRequest): Promise<{ readonly stored?: ConnectorNote; readonly found: readonly MarkedEntry[] }> {
  const before = await request.note.read();
  const all = await request.find();
  const isYounger = all.some((entry) => isOwner(entry.mark, request.owner) && !names(before, entry));
  const stored = isYounger ? await request.note.read() : before;
  return { stored, found: await withoutDoubles(request, stored, all) };
}

/** Whether the role has a connector of this resource. */
export async function stands(request: ConnectorRequest): Promise<boolean> {
  const note = await request.note.read();
  return (await request.find()).some((entry) => isOwn(request.owner, note, entry));
}
