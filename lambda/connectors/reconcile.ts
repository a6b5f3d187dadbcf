import { make } from './make';
import { ConnectorRequest } from './open-request';
import { checkChangeable, isMarkedOwn, pickOne, decideOwnership } from './ownership';
import { withoutDoubles } from './remove';
import { tagIdsOf, wantedTags } from './tags';
import { notRun, Verdict, verified } from './verify';
import { differences, formerFields, wantedFields, wantedText } from './wanted';
import type { ConnectorProperties } from '../../src/wire/connector';
import { DeployError } from '../runtime/errors';
import { undoUntilSettled } from '../runtime/undo-until-settled';
import { ConnectorEntry, ConnectorFields, isGone } from '../service/connector-api';

/** What CloudFormation asks for: an update has properties before it, and what it finds unchanged is not run. */
export interface Change {
  readonly isUpdate: boolean;
  readonly previous?: ConnectorProperties;
}

/** One way for create, update and their repetitions: search, decide, write, read back, run. Nothing that fails stays half done. */
export async function reconcile(request: ConnectorRequest, change: Change, attempts = 2): Promise<Verdict> {
  const { service: { connectors }, properties } = request;
  const found = await withoutDoubles(request, await connectors.find(properties.AccountType, properties.RoleArn));
  const entry = pickOne(request, found);
  if (entry === undefined) {
    if (attempts === 0) throw new DeployError(`the connector of the role ${properties.RoleArn} was removed while it was made: deploy again`);
    return await make(request) ?? reconcile(request, change, 0);
  }
  if (!isMarkedOwn(request, entry)) checkChangeable(request, entry, found);
  const ownership = decideOwnership(request, entry, change.isUpdate);
  const wanted = { ...wantedFields(properties, ownership, wantedText(properties, entry, change.previous)), ...await tagsFor(request, entry, change) };
  const changes = differences(entry, wanted);
  if (Object.keys(changes).length === 0) {
    if (change.previous && !await staysAs(request, entry, wanted, change.previous)) return reconcile(request, change, attempts);
    return change.isUpdate ? notRun(entry, 'nothing was changed') : verified(request, entry, async () => 'It was there already and stays as it is');
  }
  checkChangeable(request, entry, found);
  try {
    await connectors.update(entry, changes);
  } catch (error) {
    // Removed since it was found: made again, unless somebody else has done so.
    if (isGone(error) && attempts > 1) return reconcile(request, change, attempts - 1);
    throw error;
  }
  return verified(request, entry, async () => {
    await connectors.update(entry, formerFields(entry, changes));
    return 'Its settings were put back';
  }, { fields: wanted, look: () => connectors.get(entry.accountType, entry.id) });
}

async function tagsFor({ service, properties }: ConnectorRequest, entry: ConnectorEntry, { previous }: Change): Promise<Pick<Partial<ConnectorFields>, 'tagIds'>> {
  const own = await tagIdsOf(service, properties.DefaultTags);
  const tagIds = wantedTags(own, entry.tagIds, await tagIdsOf(service, previous?.DefaultTags));
  return tagIds === undefined ? {} : { tagIds };
}

/**
 * Whether a connector that is as it has to be stays so. Where it was to be another one before, this is the rollback of an update that
 * has failed; or of one that was given up, which may write yet and is waited for.
 */
export async function staysAs(
  request: ConnectorRequest, { accountType, id }: ConnectorEntry, wanted: Partial<ConnectorFields>, previous: ConnectorProperties,
): Promise<boolean> {
  const { properties, owner, service, clock, deadline } = request;
  const [before, now] = [previous, properties].map((one) => (
    wantedFields(one, { ...owner, origin: 'created' }, one.Description ?? '')));
  const haveSameTags = JSON.stringify(previous.DefaultTags) === JSON.stringify(properties.DefaultTags);
  if (haveSameTags && isAs(before!, now!)) return true;
  let stays = true;
  await undoUntilSettled(clock, deadline, async () => {
    const entry = await service.connectors.get(accountType, id);
    stays = entry === undefined || isAs(entry, wanted);
    return !stays;
  });
  return stays;
}

function isAs(shown: Partial<ConnectorFields>, wanted: Partial<ConnectorFields>): boolean {
  return Object.keys(differences(shown, wanted)).length === 0;
}
