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

/** Characters: the service's limit for names. */
const LONGEST_NAME = 255;

/** What of the properties says nothing of how connectors have to be. */
const ELSEWHERE = ['SchemaVersion', 'Sources', 'OnAccountRemoval', 'CallsPerHour'];

/** What connectors are read for: where the service is, whom it knows us as, and what all of them are to be. */
export function purposeOf(properties: FleetProperties): string {
  return fingerprint(Object.fromEntries(Object.entries(properties).filter(([name]) => !ELSEWHERE.includes(name))));
}

export interface AccountRole {
  readonly roleArn: string;
  readonly externalId: string;
}

/** The role of an account, as it was deployed; undefined where the source is not there any more. */
export function roleOf({ Sources, AccountType }: FleetProperties, { source, accountId }: Pick<Row, 'source' | 'accountId'>): AccountRole | undefined {
  const from = Sources[source];
  return from && { roleArn: roleArnOf(from, PARTITIONS[AccountType], accountId), externalId: externalIdOf(from, accountId) };
}

/** By account ID, or with the account's name before it. */
export function connectorName({ Naming: { By, Prefix } }: FleetProperties, { accountId, name }: Pick<Row, 'accountId' | 'name'>): string {
  if (By === 'ACCOUNT_ID' || name === undefined) return `${Prefix}${accountId}`;
  const end = ` (${accountId})`;
  return `${[...oneLine(`${Prefix}${name}`)].slice(0, LONGEST_NAME - end.length).join('')}${end}`;
}

/** Tells whether a connector has been sent what it has to be. */
export function appliedOf(properties: FleetProperties, purpose: string, row: Row): string {
  const { ExternalId, AppendsAccountId, ExternalIds } = properties.Sources[row.source] ?? {};
  return `${purpose} ${fingerprint([connectorName(properties, row), ExternalId, AppendsAccountId, ExternalIds?.length, row.origin, row.disabled])}`;
}

/** The fields that a connector has to have. Its description keeps what people wrote there. */
export function wantedOf(properties: FleetProperties, mark: Mark, row: Row, text: string): Partial<ConnectorFields> {
  const role = roleOf(properties, row);
  return wantedFields({ ...properties, Name: connectorName(properties, row), ExternalId: role?.externalId ?? '', Enabled: 'true' }, mark, text);
}

interface Fleet {
  readonly properties: FleetProperties;
  readonly deployed: { readonly owner: Owner };
}

/** What has to be sent to a connector as it is shown; tags that people have added stay. */
export function differencesOf(
  { properties, deployed: { owner } }: Fleet, row: Row, entry: ConnectorEntry, own: readonly string[] | undefined,
): Partial<ConnectorFields> {
  const { text, mark } = readDescription(entry.description);
  // Whose it is stands in the row: for the word alone nothing is sent.
  const standing = mark && isOwner(mark, owner) && (row.origin === 'adopted' || mark.token === row.token) ? mark : markOf(owner, row);
  const tagIds = wantedTags(own, entry.tagIds, row.tagIds);
  return differences(entry, { ...wantedOf(properties, standing, row, text), ...tagIds && { tagIds } });
}

export function markOf(owner: Owner, { origin = 'created', token }: Row): Mark {
  return { ...owner, origin, ...token !== undefined && { token } };
}
