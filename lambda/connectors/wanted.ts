import { Mark, MarkedEntry, writeDescription } from './notes/mark';
import type { ConnectorProperties } from '../../src/wire/connector';
import { ConnectorEntry, ConnectorFields } from '../service/connector-api';

/** The wanted settings of a connector, of a stack or of a fleet. */
export type ConnectorSettings = Pick<
  ConnectorProperties,
  'AccountType' | 'Name' | 'ExternalId' | 'Modules' | 'Activation' | 'Regions' | 'PollingMinutes' | 'DefaultTags' | 'Remediation' | 'PerimeterScan' | 'Enabled'
>;

type Fields = (settings: ConnectorSettings) => Partial<ConnectorFields>;

/** For fields that the Connectors API 3.0 has, but not CloudView, which writes connectors for China. */
const notForChina = (fields: Fields): Fields => (settings) => (settings.AccountType === 'CHINA' ? {} : fields(settings));

/** The fields of the service that each property sets. A property that is forgotten here does not compile. */
const FIELDS: Readonly<Record<keyof ConnectorSettings, Fields>> = {
  AccountType: () => ({}), // fixed when the connector is made
  Name: ({ Name }) => ({ name: Name }),
  ExternalId: ({ ExternalId }) => ({ externalId: ExternalId }),
  Modules: notForChina(({ Modules }) => ({ modules: Modules })),
  Activation: ({ Activation }) => (Activation === undefined ? {} : { activation: Activation }),
  Regions: notForChina(({ Regions }) => ({ regions: Regions ?? 'ALL' })),
  PollingMinutes: ({ PollingMinutes }) => ({ pollingMinutes: Number(PollingMinutes) }),
  DefaultTags: () => ({}), // tags.ts: names are looked up, and what people have added stays
  Remediation: ({ Remediation }) => (Remediation === undefined ? {} : { remediation: Remediation === 'true' }),
  PerimeterScan: ({ PerimeterScan }) => (PerimeterScan === undefined ? {} : { perimeterScan: PerimeterScan === 'true' }),
  Enabled: ({ Enabled }) => ({ enabled: Enabled === 'true' }),
};

/** The other properties of a connector, which are no settings at the service. */
type Elsewhere = 'SchemaVersion' | 'Service' | 'Description' | 'RoleArn' | 'AdoptExisting' | 'Verification';
const isEveryPropertyUsed: Exclude<keyof ConnectorProperties, keyof ConnectorSettings | Elsewhere> extends never ? true : never = true;

/** The wanted values of the fields that this library owns. A field without a wanted value stays as it is. */
export function wantedFields(settings: ConnectorSettings, mark: Mark, text: string): Partial<ConnectorFields> {
  const fields = isEveryPropertyUsed && Object.values(FIELDS).map((field) => field(settings));
  return Object.assign({ description: writeDescription(text, mark) }, ...fields);
}

/** Without a description in the template the present one stays, unless the previous template wrote it. */
export function wantedText({ Description }: ConnectorProperties, { text }: MarkedEntry, previous: ConnectorProperties | undefined): string {
  return Description ?? (text === previous?.Description ? '' : text);
}

/** The fields to send; empty if the connector is as wanted. */
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

/** Compares lists as sets. A list that the service does not show is empty. */
function comparable(value: ConnectorFields[keyof ConnectorFields] | undefined): string {
  return typeof value === 'object' ? [...new Set(value)].sort().join(' ') : String(value ?? '');
}
