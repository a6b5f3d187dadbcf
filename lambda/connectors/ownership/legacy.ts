import type { ConnectorProperties } from '../../../src/wire/connector';
import { isPinned } from '../../../src/wire/pins';
import { readDescription } from '../notes/mark';
import { isLegacyOf } from '../notes/own';
import { ConnectorRequest } from '../request/open-request';

/** Before another connector takes its place: one that an earlier version has made gets the note that its Delete will ask for. */
export async function noteFormer({ owner, token, service, properties, noteOf }: ConnectorRequest, previous: ConnectorProperties): Promise<void> {
  if (!isPinned(previous.Service, properties.Service)) return;
  const note = noteOf(previous, owner);
  if (await note.read()) return;
  const found = await service.connectors.find(previous.AccountType, previous.RoleArn);
  for (const { id, description } of found) {
    const { mark } = readDescription(description);
    if (!isLegacyOf(owner, mark)) continue;
    await note.write({ owner, origin: mark.origin, token, connectorId: id, accountType: previous.AccountType, roleArn: previous.RoleArn });
    return;
  }
}
