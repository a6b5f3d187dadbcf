import { ConnectorRequest } from './request/open-request';
import { differences, wantedFields } from './wanted';
import type { ConnectorProperties } from '../../src/wire/connector';
import { undoUntilSettled } from '../runtime/calls/undo-until-settled';
import { ConnectorEntry, ConnectorFields } from '../service/connector-api';

/**
 * Whether a connector that is already as wanted stays so. If the previous properties wanted something else, this is the rollback of an
 * update that failed or was given up. One that was given up may still write, so this waits for it.
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
