import type { ConnectorProperties } from '../../../src/wire/connector';
import { isPinned } from '../../../src/wire/pins';
import { isLegacyOf, marked } from '../notes/mark';
import { ConnectorRequest } from '../request/open-request';

/** Writes the note that a later Delete needs for a connector that an earlier version made, before another connector replaces it. */
export async function noteFormer({ owner, token, service, properties, noteOf }: ConnectorRequest, previous: ConnectorProperties): Promise<void> {
  if (!isPinned(previous.Service, properties.Service)) return;
  const note = noteOf(previous, owner);
  if (await note.read()) return;
  const found = await service.connectors.find(previous.AccountType, previous.RoleArn);
  const former = found.map(marked).find((entry) => isLegacyOf(owner, entry));
  if (former?.mark === undefined) return;
  const { id: connectorId, mark: { origin } } = former;
  await note.write({ owner, origin, token, connectorId, accountType: previous.AccountType, roleArn: previous.RoleArn });
}
