import { ConnectorNote } from './notes/note';
import { isOfToken } from './notes/own';
import { isBefore, withoutDoubles } from './ownership/doubles';
import { ConnectorRequest } from './request/open-request';
import { tagsField } from './tags';
import { verified } from './verification/verified';
import { Verdict } from './verification/verify';
import { wantedFields } from './wanted';
import { DeployError } from '../runtime/errors';
import { ConnectorEntry, NewConnector } from '../service/connector-api';
import { mayHaveArrived } from '../service/http/errors';
import { isPassing } from '../service/http/retry';

/** Makes the connector and verifies it. Undefined when the role got another connector meanwhile, so this one was removed again. */
export async function make(request: ConnectorRequest, before: ConnectorNote | undefined): Promise<Verdict | undefined> {
  const { properties, owner, service: { connectors } } = request;
  const { AccountType: accountType, RoleArn: roleArn, Description = '' } = properties;
  const tags = await tagsField(request.service, properties);
  // A request of an earlier attempt may still arrive. Its token identifies it.
  const token = before?.connectorId === undefined ? before?.token ?? request.token : request.token;
  const note: ConnectorNote = { owner, origin: 'created', token, accountType, roleArn };
  await request.note.write(note);
  const wanted = { ...wantedFields(properties, { ...owner, origin: 'created', token }, Description), ...tags };
  const id = await create(request, note, { accountType, roleArn, ...wanted });
  const entry: ConnectorEntry = { id, name: wanted.name, accountType, roleArn, isOrganizationMember: false };
  try {
    return await verified(request, entry, { ...note, connectorId: id }, async (error) => {
      await connectors.remove(entry);
      if (!(error instanceof NotFirst)) await request.note.remove();
      return 'It was removed again';
    }, {
      fields: wanted,
      look: async (last) => {
        const found = await request.find();
        if (found.some((other) => isBefore(other, entry))) throw new NotFirst();
        return found.find((one) => one.id === id) ?? (last ? connectors.get(accountType, id) : undefined);
      },
      known: async () => {
        if ((await request.note.read())?.token === token) return;
        throw new DeployError('the connector was deleted while it was being made, as CloudFormation does when it cancels a deployment');
      },
    });
  } catch (error) {
    if (error instanceof NotFirst) return undefined;
    throw error;
  }
}

class NotFirst extends Error {}

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
      const { id, isAnswered } = await findMade(request, note);
      if (id !== undefined) return id;
      if (!isAnswered || !isPassing(error) || attempt === MAXIMUM_CREATES || request.deadline.remaining() < FOR_ANOTHER) throw error;
    }
  }
}

async function findMade(request: ConnectorRequest, note: ConnectorNote): Promise<{ readonly id?: string; readonly isAnswered: boolean }> {
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
