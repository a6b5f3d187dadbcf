import { Mark, writeDescription } from './notes/mark';
import { Chosen } from './ownership';
import type { ConnectorProperties } from '../../src/wire/connector';
import { DeployError } from '../runtime/errors';
import { ConnectorEntry, ConnectorFields } from '../service/connector-api';

/** What has to be done so that a connector is as wanted. */
export interface Plan extends Chosen {
  /** The fields that it has to have. A field without a wanted value stays as it is. */
  readonly wanted: Partial<ConnectorFields>;
  /** The fields to send; undefined if it is as wanted. */
  readonly changes?: Partial<ConnectorFields>;
  /** It is as wanted, but the previous template wanted something else: an update that failed or was given up is rolled back. */
  readonly isRollback?: boolean;
}

/**
 * Compares the chosen connector with the template. Throws when it must not be changed.
 *
 * @param tags the tags as a field to send
 * @param previous the template before
 */
export function planOf(
  properties: ConnectorProperties, chosen: Chosen, tags: Partial<ConnectorFields>, previous: ConnectorProperties | undefined,
): Plan {
  const { entry, mark, obstacle } = chosen;
  const wanted = { ...wantedFields(properties, mark, wantedText(properties, entry?.text, previous)), ...tags };
  const plan = { ...chosen, wanted };
  if (!entry) return { ...plan, changes: wanted };
  if (isAsWanted(entry, wanted)) return { ...plan, isRollback: previous && !wantTheSame(previous, properties, mark) };
  if (obstacle) throw new DeployError(obstacle);
  return { ...plan, changes: differences(entry, wanted) };
}

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
function wantedText({ Description }: ConnectorProperties, text = '', previous: ConnectorProperties | undefined): string {
  return Description ?? (text === previous?.Description ? '' : text);
}

/** Whether two templates want the same. Tags are compared as they are named there. */
function wantTheSame(one: ConnectorProperties, other: ConnectorProperties, mark: Mark): boolean {
  const fieldsOf = (properties: ConnectorProperties) => wantedFields(properties, mark, properties.Description ?? '');
  return JSON.stringify(one.DefaultTags) === JSON.stringify(other.DefaultTags) && isAsWanted(fieldsOf(one), fieldsOf(other));
}

/** The fields to send; empty if the connector is as wanted. */
export function differences(entry: Partial<ConnectorFields>, wanted: Partial<ConnectorFields>): Partial<ConnectorFields> {
  const shown: Partial<ConnectorFields> = { ...entry, enabled: entry.enabled ?? true };
  const differ = (Object.keys(wanted) as Array<keyof ConnectorFields>).filter((field) => comparable(shown[field]) !== comparable(wanted[field]));
  return pick(wanted, differ);
}

export function isAsWanted(entry: Partial<ConnectorFields>, wanted: Partial<ConnectorFields>): boolean {
  return Object.keys(differences(entry, wanted)).length === 0;
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
