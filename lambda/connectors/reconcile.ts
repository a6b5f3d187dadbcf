import { ConnectorRequest, nameOf } from './open';
import { readDescription } from './ownership';
import { checkChangeable, isMarkedOwn, pickOne, tenure } from './standing';
import { notRun, Verdict, verify } from './verify';
import { differences, formerFields, wantedFields, wantedText } from './wanted';
import type { ConnectorProperties } from '../../src/private/connector-contract';
import { DeployError } from '../runtime/errors';
import { ConnectorEntry, ConnectorFields, isGone } from '../service/connector-api';
import { mayHaveArrived } from '../service/errors';

/** What CloudFormation asks for: an update has properties before it, and what it finds unchanged is not run. */
export interface Change {
  readonly isUpdate: boolean;
  readonly previous?: ConnectorProperties;
}

/** One way for create, update and their repetitions: search, decide, write, read back, run. Nothing that fails stays half done. */
export async function reconcile(request: ConnectorRequest, change: Change, attempts = 2): Promise<Verdict> {
  const { service: { connectors }, properties } = request;
  const found = await connectors.find(properties.AccountType, properties.RoleArn);
  const entry = pickOne(request, found);
  if (entry === undefined) return make(request);
  if (!isMarkedOwn(request, entry)) checkChangeable(request, entry, found);
  const wanted = wantedFields(request, tenure(request, entry, change.isUpdate), wantedText(request, entry, change.previous));
  const changes = differences(entry, wanted);
  if (Object.keys(changes).length === 0) {
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
  }, wanted);
}

async function make(request: ConnectorRequest): Promise<Verdict> {
  const { properties: { AccountType: accountType, RoleArn: roleArn, Description = '' }, owner, service: { connectors } } = request;
  const wanted = wantedFields(request, { ...owner, origin: 'created' }, Description);
  let id: string;
  try {
    id = await connectors.create({ accountType, roleArn, ...wanted });
  } catch (error) {
    id = await madeAllTheSame(request, error);
  }
  const entry: ConnectorEntry = { id, name: wanted.name, accountType, roleArn, isOrganizationMember: false };
  return verified(request, entry, async () => {
    await connectors.remove(entry);
    return 'It was removed again';
  }, wanted);
}

/** An answer that got lost says nothing: the service is asked whether the connector is there, and it is never made twice. */
async function madeAllTheSame(request: ConnectorRequest, error: unknown): Promise<string> {
  const { service, properties, clock } = request;
  if (!mayHaveArrived(error)) throw error;
  for (const pause of [1_000, 5_000]) {
    await clock.sleep(pause);
    const found = await service.connectors.find(properties.AccountType, properties.RoleArn).catch(() => []);
    const made = found.find((entry) => isMarkedOwn(request, entry));
    if (made !== undefined) return made.id;
  }
  throw error;
}

/** Reads back what was written and runs it; undoes the change if that fails, unless a warning is all that was asked for. */
async function verified(
  request: ConnectorRequest, entry: ConnectorEntry, undo: () => Promise<string>, written?: Partial<ConnectorFields>,
): Promise<Verdict> {
  try {
    const verdict = await verify(request, written === undefined ? entry : await readBack(request, entry, written));
    if (!verdict.failed || request.properties.Verification === 'WARN') return verdict;
    throw new VerificationFailed(verdict.words);
  } catch (error) {
    const undone = await undo().catch(() => 'That could not be undone: look at it at the Qualys console');
    throw error instanceof VerificationFailed ? new DeployError(`${error.message}. ${undone}`) : error;
  }
}

class VerificationFailed extends Error {}

/** A read may lag behind. The end of the description matters most: by it the connector is known again, and deleted. */
async function readBack(
  { service, clock }: ConnectorRequest, { accountType, id, name }: ConnectorEntry, { description }: Partial<ConnectorFields>,
): Promise<ConnectorEntry> {
  const marker = JSON.stringify(readDescription(description).ownership);
  let entry: ConnectorEntry | undefined;
  for (const pause of [0, 1_000, 2_000, 4_000, 8_000]) {
    if (pause > 0) await clock.sleep(pause);
    entry = await service.connectors.get(accountType, id);
    if (entry !== undefined && JSON.stringify(readDescription(entry.description).ownership) === marker) return entry;
  }
  throw new DeployError(entry === undefined
    ? `connector '${name}' (ID ${id}) was written, but the service does not show it. Look at it at the Qualys console`
    : `${nameOf(entry)} was written, but the service does not show the end of its description, which says whose it is. Give it a shorter description`);
}
