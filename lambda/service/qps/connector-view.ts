import * as z from 'zod/mini';
import { ConnectorEntry } from '../connector-api';
import { accountId, ifUnderstood, maybe, objectId, stringBoolean } from '../http/decode';
import { understood } from '../http/judge';

const flag = maybe(stringBoolean);
const words = ifUnderstood(z.string());
const minutes = ifUnderstood(z.pipe(z.union([z.number(), z.string().check(z.regex(/^\d{1,6}$/))]), z.transform(Number)));

const schema = z.object({
  id: objectId,
  name: words,
  description: words,
  arn: words,
  externalId: words,
  allRegions: flag,
  disabled: flag,
  runFrequency: minutes,
  isGovCloudConfigured: flag,
  isChinaConfigured: flag,
  isAttachedToOrgConnector: flag,
  isDeleted: flag,
  connectorState: words,
  lastError: words,
  lastSync: words,
  qualysAwsAccountId: ifUnderstood(accountId),
  isRemediationEnabled: flag,
  isCPSEnabled: flag,
  defaultTags: z.optional(z.unknown()),
  activation: z.optional(z.unknown()),
  endpoints: z.optional(z.unknown()),
  connectorAppInfos: z.optional(z.unknown()),
});

/** Every update would send a field again that is not read back. A forgotten field does not compile. */
type Shown = { readonly [Field in keyof Required<ConnectorEntry>]: ConnectorEntry[Field] };

/** A connector as the Connectors API 3.0 shows it; undefined for one that is deleted. */
export function connectorOf(operation: string, object: unknown): ConnectorEntry | undefined {
  const read = understood(operation, schema, object);
  if (read.isDeleted) return undefined;
  const entry: Shown = {
    id: read.id,
    accountType: read.isChinaConfigured ? 'CHINA' : read.isGovCloudConfigured ? 'US_GOVCLOUD' : 'GLOBAL',
    name: read.name,
    description: read.description,
    roleArn: read.arn,
    externalId: read.externalId,
    modules: modulesOf(read.connectorAppInfos, read.arn),
    activation: wordsAt('ActivationModule', read.activation),
    regions: regionsOf(read.allRegions, wordsAt('regionCode', read.endpoints)),
    pollingMinutes: read.runFrequency,
    enabled: read.disabled === undefined ? undefined : !read.disabled,
    tagIds: valuesAt('TagSimple', read.defaultTags).flatMap(idOf),
    remediation: read.isRemediationEnabled,
    perimeterScan: read.isCPSEnabled,
    state: read.connectorState,
    lastError: read.lastError,
    lastSync: read.lastSync,
    qualysAwsAccountId: read.qualysAwsAccountId,
    isOrganizationMember: read.isAttachedToOrgConnector ?? false,
    otherFields: undefined, // of CloudView alone
  };
  return entry;
}

function regionsOf(all: boolean | undefined, regions: string[]): string[] | 'ALL' {
  return all ?? regions.length === 0 ? 'ALL' : regions;
}

/** A tag whose ID cannot be read is none of ours. */
function idOf(tag: unknown): string[] {
  const { success, data } = z.safeParse(z.object({ id: objectId }), tag);
  return success ? [data.id] : [];
}

const appInfo = z.object({ name: z.string(), identifier: words });

/** An app with another role than the connector's own gets another name, so that it counts as a difference. */
function modulesOf(infos: unknown, arn: string | undefined): string[] {
  return valuesAt('ConnectorAppInfo', infos).flatMap((info) => {
    const { success, data } = z.safeParse(appInfo, info);
    if (!success) return [];
    return [data.identifier === undefined || data.identifier === arn ? data.name : `${data.name} of ${data.identifier}`];
  });
}

function wordsAt(key: string, collection: unknown): string[] {
  return valuesAt(key, collection).filter((value) => typeof value === 'string');
}

/** All values of a key at any depth, because the nesting of a collection's `list` is only partly documented. */
function valuesAt(key: string, value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => (name === key ? [inner].flat() : valuesAt(key, inner)));
}
