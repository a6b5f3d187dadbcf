import { lookForMade } from './look';
import { readDescription } from './notes/mark';
import { ConnectorNote } from './notes/note';
import { ConnectorRequest } from './request/open-request';
import { formerFields, isAsWanted, Plan } from './wanted';
import { undoUntilSettled } from '../runtime/calls/undo-until-settled';
import { DeployError } from '../runtime/errors';
import { ConnectorEntry, ConnectorFields, isBefore, isGone, nameOf, NewConnector } from '../service/connector-api';
import { mayHaveArrived } from '../service/http/errors';
import { isPassing } from '../service/http/retry';

/** A plan that was carried out. */
export interface Written {
  readonly entry: ConnectorEntry;
  /** The note to write once the service shows the connector. */
  readonly note: ConnectorNote;
  /** Reads until the service shows the connector as it was written. Throws when that has to be undone. */
  readBack(): Promise<ConnectorEntry>;
  /** Takes back what was written, and says so. */
  undo(error: unknown): Promise<string>;
}

/** What the plan was made for has changed meanwhile. It is looked at again, and a new plan is made. */
export class LookAgain extends Error {
  /** @param attempts how often this may happen again because the connector went away */
  public constructor(public readonly attempts: number) {
    super();
  }
}

/** Makes, changes or leaves the connector. Throws {@link LookAgain} when it went away, or was changed by somebody else. */
export async function carryOut(request: ConnectorRequest, plan: Plan, attempts: number): Promise<Written> {
  const { entry, changes } = plan;
  if (!entry) return make(request, plan);
  if (changes) return change(request, entry, changes, plan, attempts);
  return leave(request, entry, plan, attempts);
}

/** Makes the connector. It is removed again when it is not the first one of its role. */
async function make(request: ConnectorRequest, { note, wanted }: Plan): Promise<Written> {
  const { connectors } = request.service;
  const { accountType, roleArn, token } = note;
  await request.note.write(note);
  const id = await create(request, note, { accountType, roleArn, ...wanted });
  const entry: ConnectorEntry = { id, name: wanted.name, accountType, roleArn, isOrganizationMember: false };
  const lookOnce = async (isLast: boolean): Promise<ConnectorEntry | undefined> => {
    const found = await request.find();
    if (found.some((other) => isBefore(other, entry))) throw new LookAgain(0);
    return found.find((one) => one.id === id) ?? (isLast ? connectors.get(accountType, id) : undefined);
  };
  return {
    entry,
    note: { ...note, connectorId: id },
    readBack: async () => {
      const shown = await readBack(request, entry, wanted, lookOnce);
      if ((await request.note.read())?.token === token) return shown;
      throw new DeployError('the connector was deleted while it was being made, as CloudFormation does when it cancels a deployment');
    },
    undo: async (error) => {
      await connectors.remove(entry);
      if (!(error instanceof LookAgain)) await request.note.remove();
      return 'It was removed again';
    },
  };
}

const MAXIMUM_CREATES = 3;
/** Milliseconds that another attempt needs. */
const FOR_ANOTHER = 60_000;

/**
 * When the answer is lost, it asks the service whether the connector exists. If not, it makes the connector again. A connector that still
 * comes late is a double, and is removed.
 */
async function create(request: ConnectorRequest, note: ConnectorNote, connector: NewConnector): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await request.service.connectors.create(connector);
    } catch (error) {
      if (!mayHaveArrived(error)) throw error;
      const { id, isAnswered } = await lookForMade(request, note);
      if (id !== undefined) return id;
      if (!isAnswered || !isPassing(error) || attempt === MAXIMUM_CREATES || request.deadline.remaining() < FOR_ANOTHER) throw error;
    }
  }
}

/** Notes whose the connector is, and sends what is to be changed. */
async function change(
  request: ConnectorRequest, entry: ConnectorEntry, changes: Partial<ConnectorFields>, { note, wanted }: Plan, attempts: number,
): Promise<Written> {
  const { connectors } = request.service;
  await request.note.write(note);
  try {
    await connectors.update(entry, changes);
  } catch (error) {
    // It was removed after it was found. It is made again, unless somebody else has done that.
    throw isGone(error) && attempts > 1 ? new LookAgain(attempts - 1) : error;
  }
  return {
    entry,
    note,
    readBack: () => readBack(request, entry, wanted, () => connectors.get(entry.accountType, entry.id)),
    undo: async () => {
      await connectors.update(entry, formerFields(entry, changes));
      return 'Its settings were put back';
    },
  };
}

const PAUSES = [0, 1_000, 2_000, 4_000, 8_000];

/** A read may lag behind. The end of the description matters most, because it identifies the connector later, also for its deletion. */
async function readBack(
  { clock }: ConnectorRequest, written: ConnectorEntry, { description }: Partial<ConnectorFields>,
  lookOnce: (isLast: boolean) => Promise<ConnectorEntry | undefined>,
): Promise<ConnectorEntry> {
  const end = endOf(description);
  let shown: ConnectorEntry | undefined;
  for (const [index, pause] of PAUSES.entries()) {
    if (pause > 0) await clock.sleep(pause);
    shown = await lookOnce(index === PAUSES.length - 1);
    if (shown && endOf(shown.description) === end) return shown;
  }
  const missing = shown
    ? 'the end of its description, which says whose it is. Give it a shorter description'
    : 'it. Look at it at the Qualys console';
  throw new DeployError(`${nameOf(shown ?? written)} was written, but the service does not show ${missing}`);
}

function endOf(description: string | undefined): string {
  return JSON.stringify(readDescription(description).mark);
}

/** Nothing has to be sent. If this is the rollback of an update that was given up, that one may still write, so this waits for it. */
async function leave(request: ConnectorRequest, entry: ConnectorEntry, { note, wanted, isRollback }: Plan, attempts: number): Promise<Written> {
  if (isRollback) {
    await undoUntilSettled(request.clock, request.deadline, async () => {
      const shown = await request.service.connectors.get(entry.accountType, entry.id);
      if (shown && !isAsWanted(shown, wanted)) throw new LookAgain(attempts);
    });
  }
  return { entry, note, readBack: async () => entry, undo: async () => 'It was there already and stays as it is' };
}
