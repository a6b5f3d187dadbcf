import { ConnectorRequest } from './open-request';
import { Ownership, readDescription, writeDescription } from './ownership';
import type { ConnectorProperties } from '../../src/wire/connector';
import { ConnectorEntry, ConnectorFields } from '../service/connector-api';

/** The fields that this library owns, as they have to be. What is not asked for is not touched. */
export function wantedFields({ properties }: ConnectorRequest, ownership: Ownership, text: string): Partial<ConnectorFields> {
  const { AccountType, Name, ExternalId, Modules, Activation, Regions, PollingMinutes, Enabled } = properties;
  return {
    name: Name,
    description: writeDescription(text, ownership),
    externalId: ExternalId,
    ...(AccountType === 'CHINA' ? {} : { modules: Modules, regions: Regions ?? 'ALL' }),
    ...(Activation === undefined ? {} : { activation: Activation }),
    pollingMinutes: Number(PollingMinutes),
    enabled: Enabled === 'true',
  };
}

/** Without a description of its own the template leaves what is there, except where it wrote that itself. */
export function wantedText({ properties }: ConnectorRequest, entry: ConnectorEntry, previous: ConnectorProperties | undefined): string {
  const { text } = readDescription(entry.description);
  return properties.Description ?? (text === previous?.Description ? '' : text);
}

/** What has to be sent; empty if the connector is as it has to be. */
export function differences(entry: Partial<ConnectorFields>, wanted: Partial<ConnectorFields>): Partial<ConnectorFields> {
  const shown: Partial<ConnectorFields> = { ...entry, enabled: entry.enabled ?? true };
  const differ = (Object.keys(wanted) as Array<keyof ConnectorFields>).filter((field) => comparable(shown[field]) !== comparable(wanted[field]));
  return pick(wanted, differ);
}

/** The values of these fields before a change, to put them back. */
export function formerFields(entry: ConnectorEntry, changes: Partial<ConnectorFields>): Partial<ConnectorFields> {
  return pick({ ...entry, description: entry.description ?? '' }, Object.keys(changes) as Array<keyof ConnectorFields>);
}

function pick(fields: Partial<ConnectorFields>, names: ReadonlyArray<keyof ConnectorFields>): Partial<ConnectorFields> {
  return Object.fromEntries(names.filter((name) => fields[name] !== undefined).map((name) => [name, fields[name]]));
}

/** Lists are compared as sets; a list that is not shown is empty. */
function comparable(value: ConnectorFields[keyof ConnectorFields] | undefined): string {
  return typeof value === 'object' ? [...new Set(value)].sort().join(' ') : String(value ?? '');
}
