import { ConnectorRequest } from './request/open-request';
import { differences, wantedFields } from './wanted';
import type { ConnectorProperties } from '../../src/wire/connector';
import { undoUntilSettled } from '../runtime/calls/undo-until-settled';
import { ConnectorEntry, ConnectorFields } from '../service/connector-api';

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
