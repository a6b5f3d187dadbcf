import { ConnectorRequest } from './open';
import { differences } from './wanted';
import type { ConnectorProperties } from '../../src/private/connector-contract';
import { undoLate } from '../runtime/late';
import { ConnectorEntry, ConnectorFields } from '../service/connector-api';

/**
 * Whether a connector that is as it has to be stays so. Where it was to be another one before, this is the rollback of an update that
 * has failed; or of one that was given up, which may write yet and is waited for.
 */
export async function staysAs(
  request: ConnectorRequest, { accountType, id }: ConnectorEntry, wanted: Partial<ConnectorFields>, previous: ConnectorProperties,
): Promise<boolean> {
  const { properties, service, clock, deadline } = request;
  if (whatIsAskedFor(previous) === whatIsAskedFor(properties)) return true;
  let stays = true;
  await undoLate(clock, deadline, async () => {
    const entry = await service.connectors.get(accountType, id);
    stays = entry === undefined || Object.keys(differences(entry, wanted)).length === 0;
    return !stays;
  });
  return stays;
}

/** What the service is told, without how. */
function whatIsAskedFor(properties: ConnectorProperties): string {
  return JSON.stringify({ ...properties, SchemaVersion: '', Service: '', AdoptExisting: '', Verification: '' });
}
