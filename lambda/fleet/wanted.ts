import { Row } from './ports';
import { PARTITIONS } from '../../src/wire/account-types';
import type { FleetProperties } from '../../src/wire/fleet';
import { fingerprint } from '../../src/wire/pins';
import { externalIdOf, roleArnOf } from '../accounts/members';
import { Mark, readDescription } from '../connectors/notes/mark';
import { wantedTags } from '../connectors/tags';
import { differences, wantedFields } from '../connectors/wanted';
import { isOwner, Owner } from '../runtime/owner';
import { oneLine } from '../runtime/redaction/line';
import { ConnectorEntry, ConnectorFields } from '../service/connector-api';

/** The service's limit for names, in characters. */
const LONGEST_NAME = 255;

/** Properties that do not change the settings of connectors. */
const ELSEWHERE = ['SchemaVersion', 'Sources', 'OnAccountRemoval', 'CallsPerHour'];

/** Fingerprint of platform, credentials and settings. If it changes, the connectors have to be read again. */
export function purposeOf(properties: FleetProperties): string {
  return fingerprint(Object.fromEntries(Object.entries(properties).filter(([name]) => !ELSEWHERE.includes(name))));
}

export interface AccountRole {
  readonly roleArn: string;
  readonly externalId: string;
}

/** The role of an account, as it was deployed. Undefined if the source no longer exists. */
export function roleOf({ Sources, AccountType }: FleetProperties, { source, accountId }: Pick<Row, 'source' | 'accountId'>): AccountRole | undefined {
  const from = Sources[source];
  return from && { roleArn: roleArnOf(from, PARTITIONS[AccountType], accountId), externalId: externalIdOf(from, accountId) };
}

/** The name of a connector: the prefix with the account ID, or with the account's name and ID. */
export function connectorName({ Naming: { By, Prefix } }: FleetProperties, { accountId, name }: Pick<Row, 'accountId' | 'name'>): string {
  if (By === 'ACCOUNT_ID' || name === undefined) return `${Prefix}${accountId}`;
  const end = ` (${accountId})`;
  return `${[...oneLine(`${Prefix}${name}`)].slice(0, LONGEST_NAME - end.length).join('')}${end}`;
}

/** Fingerprint of the settings of one connector. It differs from the row's `applied` if the connector needs an update. */
export function appliedOf(properties: FleetProperties, purpose: string, row: Row): string {
  const { ExternalId, AppendsAccountId, ExternalIds } = properties.Sources[row.source] ?? {};
  return `${purpose} ${fingerprint([connectorName(properties, row), ExternalId, AppendsAccountId, ExternalIds?.length, row.origin, row.disabled])}`;
}

/** The fields that a connector must have. Its description keeps the text that people wrote there. */
export function wantedOf(properties: FleetProperties, mark: Mark, row: Row, text: string): Partial<ConnectorFields> {
  const role = roleOf(properties, row);
  return wantedFields({ ...properties, Name: connectorName(properties, row), ExternalId: role?.externalId ?? '', Enabled: 'true' }, mark, text);
}

interface Fleet {
  readonly properties: FleetProperties;
  readonly deployed: { readonly owner: Owner };
}

/** The fields in which a connector differs from the wanted ones. Tags that people have added stay. */
export function differencesOf(
  { properties, deployed: { owner } }: Fleet, row: Row, entry: ConnectorEntry, own: readonly string[] | undefined,
): Partial<ConnectorFields> {
  const { text, mark } = readDescription(entry.description);
  // The row says whose the connector is. A difference in the mark's origin alone needs no update.
  const standing = mark && isOwner(mark, owner) && (row.origin === 'adopted' || mark.token === row.token) ? mark : markOf(owner, row);
  const tagIds = wantedTags(own, entry.tagIds, row.tagIds);
  return differences(entry, { ...wantedOf(properties, standing, row, text), ...tagIds && { tagIds } });
}

export function markOf(owner: Owner, { origin = 'created', token }: Row): Mark {
  return { ...owner, origin, ...token !== undefined && { token } };
}
