import { BaseAccounts } from '../base-accounts';
import { accountTypeOf, awsAccountIdOf, Connector, ConnectorState, nextSyncOf } from '../connector';

/** Free text, not the enumeration of the Connectors API. One is seen in a tenant, the others are inferred. */
const STATES: Readonly<Record<ConnectorState, string>> = {
  PENDING: 'Pending',
  QUEUED: 'Queued',
  RUNNING: 'Synchronizing',
  FINISHED_SUCCESS: 'Completed successfully',
  FINISHED_ERRORS: 'Completed with errors',
  DISABLED: 'Disabled',
};

/** A connector as CloudView shows it. */
export function cloudViewConnector(connector: Connector, accounts: BaseAccounts): object {
  const { settings } = connector;
  const runFrequency = settings.runFrequency ?? 240;
  return {
    connectorId: connector.cloudviewUuid,
    name: settings.name,
    description: settings.description,
    provider: 'AWS',
    arn: settings.arn,
    externalId: settings.externalId,
    awsAccountId: awsAccountIdOf(connector),
    accountAlias: null,
    baseAccountId: accounts.servingAccountId(accountTypeOf(connector)),
    state: STATES[connector.state],
    error: connector.lastError ?? null,
    isGovCloud: settings.isGovCloudConfigured ?? false,
    isChinaRegion: settings.isChinaConfigured ?? false,
    isPortalConnector: settings.isPortalConnector ?? false,
    isDisabled: settings.disabled ?? false,
    remediationEnabled: settings.isRemediationEnabled ?? false,
    pollingFrequency: { hours: Math.floor(runFrequency / 60), minutes: runFrequency % 60 },
    lastSyncedOn: javaDate(connector.lastSync),
    nextSyncedOn: javaDate(nextSyncOf(connector)),
    groups: [],
    totalAssets: 0,
  };
}

/** The page of a Spring service. */
export function springPage(found: readonly object[], number: number, size: number): object {
  const content = found.slice(number * size, (number + 1) * size);
  const totalPages = Math.ceil(found.length / size);
  return {
    content,
    pageable: { pageNumber: number, pageSize: size },
    totalPages,
    totalElements: found.length,
    last: number + 1 >= totalPages,
    first: number === 0,
    number,
    size,
    numberOfElements: content.length,
    empty: content.length === 0,
  };
}

/** e.g. `Fri Jan 30 06:29:04 GMT 2026` */
function javaDate(milliseconds: number | undefined): string | null {
  if (milliseconds === undefined) return null;
  const [weekday, day, month, year, time] = new Date(milliseconds).toUTCString().replace(',', '').split(' ');
  return `${weekday} ${month} ${day} ${time} GMT ${year}`;
}
