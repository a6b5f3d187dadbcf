import * as z from 'zod/mini';
import { ConnectorEntry, ConnectorFields, NewConnector } from '../connector-api';
import { accountId, ifUnderstood, maybe, objectId, stringBoolean, wholeNumber } from '../http/decode';
import { understood } from '../http/judge';

const flag = maybe(stringBoolean);
const words = ifUnderstood(z.string());
const whole = z.pipe(z.union([wholeNumber, z.string().check(z.regex(/^\d{1,6}$/))]), z.transform(Number));

const schema = z.object({
  connectorId: objectId,
  name: words,
  description: words,
  arn: words,
  externalId: words,
  isChinaRegion: flag,
  isGovCloud: flag,
  isDisabled: flag,
  pollingFrequency: ifUnderstood(z.object({ hours: maybe(whole), minutes: maybe(whole) })),
  state: words,
  error: words,
  lastSyncedOn: words,
  baseAccountId: ifUnderstood(accountId),
  isPortalConnector: flag,
  remediationEnabled: flag,
});

/** A connector as CloudView shows it. */
export function cloudViewConnectorOf(operation: string, object: unknown): ConnectorEntry {
  const read = understood(operation, schema, object);
  const { hours = 0, minutes = 0 } = read.pollingFrequency ?? {};
  const { isPortalConnector, remediationEnabled } = read;
  return {
    id: read.connectorId,
    accountType: read.isChinaRegion ? 'CHINA' : read.isGovCloud ? 'US_GOVCLOUD' : 'GLOBAL',
    name: read.name,
    description: read.description,
    roleArn: read.arn,
    externalId: read.externalId,
    pollingMinutes: read.pollingFrequency && hours * 60 + minutes,
    enabled: read.isDisabled === undefined ? undefined : !read.isDisabled,
    state: read.state,
    lastError: read.error,
    lastSync: read.lastSyncedOn,
    qualysAwsAccountId: read.baseAccountId,
    // China has no organization connectors.
    isOrganizationMember: false,
    remediation: remediationEnabled,
    otherFields: isPortalConnector === undefined ? {} : { isPortalConnector },
  };
}

/** The body of a create and an update. It cannot enable or disable a connector. */
export function cloudViewBody(fields: Partial<ConnectorFields> & Pick<Partial<NewConnector>, 'roleArn'>, otherFields: object = {}): string {
  const { name, description, roleArn: arn, externalId, pollingMinutes, remediation: remediationEnabled } = fields;
  return JSON.stringify({
    name,
    description,
    arn,
    externalId,
    isChinaRegion: true,
    pollingFrequency: pollingMinutes === undefined ? undefined : { hours: Math.floor(pollingMinutes / 60), minutes: pollingMinutes % 60 },
    remediationEnabled,
    ...otherFields,
  });
}
