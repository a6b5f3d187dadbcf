import { ConnectorRequest } from './open-request';
import { isMarkedOwn } from './ownership';
import { isBefore, withoutDoubles } from './remove';
import { tagIdsOf, wantedTags } from './tags';
import { Verdict, verified } from './verify';
import { wantedFields } from './wanted';
import { ConnectorEntry } from '../service/connector-api';
import { mayHaveArrived } from '../service/http/errors';

/** Makes the connector and proves it; undefined where the role had got another one meanwhile, so that this one was removed again. */
export async function make(request: ConnectorRequest): Promise<Verdict | undefined> {
  const { properties, owner, service: { connectors } } = request;
  const { AccountType: accountType, RoleArn: roleArn, Description = '' } = properties;
  const tagIds = wantedTags(await tagIdsOf(request.service, properties.DefaultTags));
  const wanted = { ...wantedFields(properties, { ...owner, origin: 'created' }, Description), ...tagIds && { tagIds } };
  let id: string;
  try {
    id = await connectors.create({ accountType, roleArn, ...wanted });
  } catch (error) {
    id = await findAfterLostAnswer(request, error);
  }
  const entry: ConnectorEntry = { id, name: wanted.name, accountType, roleArn, isOrganizationMember: false };
  try {
    return await verified(request, entry, async () => {
      await connectors.remove(entry);
      return 'It was removed again';
    }, {
      fields: wanted,
      look: async (last) => {
        const found = await connectors.find(accountType, roleArn);
        if (found.some((other) => isBefore(other, entry))) throw new NotFirst();
        return found.find((one) => one.id === id) ?? (last ? connectors.get(accountType, id) : undefined);
      },
    });
  } catch (error) {
    if (error instanceof NotFirst) return undefined;
    throw error;
  }
}

class NotFirst extends Error {}

/** An answer that got lost says nothing: the service is asked whether the connector is there, and it is never made twice. */
async function findAfterLostAnswer(request: ConnectorRequest, error: unknown): Promise<string> {
  const { service, properties, clock } = request;
  if (!mayHaveArrived(error)) throw error;
  for (const pause of [1_000, 5_000]) {
    await clock.sleep(pause);
    const found = await service.connectors.find(properties.AccountType, properties.RoleArn).catch(() => []);
    const made = (await withoutDoubles(request, found)).find((entry) => isMarkedOwn(request, entry));
    if (made !== undefined) return made.id;
  }
  throw error;
}
