import { BaseAccounts } from '../base-accounts';
import { accountTypeOf, awsAccountIdOf, Connector, nextSyncOf } from '../connector';

/** A connector as the Connectors API 3.0 shows it. How collections of plain strings look in JSON is inferred. */
export function connectorView(connector: Connector, accounts: BaseAccounts): object {
  const { settings } = connector;
  return {
    id: connector.id,
    ...settings,
    isPortalConnector: undefined,
    type: 'AWS',
    awsAccountId: awsAccountIdOf(connector),
    // That it follows the base account is inferred.
    qualysAwsAccountId: accounts.servingAccountId(accountTypeOf(connector)),
    cloudviewUuid: connector.cloudviewUuid,
    connectorState: connector.state,
    lastError: connector.lastError,
    lastSync: timestamp(connector.lastSync),
    nextSync: timestamp(nextSyncOf(connector)),
    disabled: settings.disabled ?? false,
    allRegions: settings.allRegions ?? settings.endpoints === undefined,
    runFrequency: settings.runFrequency ?? 240,
    isRemediationEnabled: settings.isRemediationEnabled ?? false,
    isGovCloudConfigured: settings.isGovCloudConfigured ?? false,
    isChinaConfigured: settings.isChinaConfigured ?? false,
    isInstantAssessmentEnabled: false,
    isAttachedToOrgConnector: connector.isAttachedToOrgConnector,
    isDeleted: connector.isDeleted,
    endpoints: list(settings.endpoints, (regionCode) => ({ AwsEndpointSimple: { regionCode } })),
    activation: list(settings.activation, (module) => ({ ActivationModule: module })),
    defaultTags: list(settings.defaultTags, (id) => ({ TagSimple: { id } })),
    connectorAppInfos: list(settings.connectorAppInfos, (info) => ({ ConnectorAppInfoQList: { list: [{ ConnectorAppInfo: info }] } })),
  };
}

function list<T>(items: readonly T[] | undefined, view: (item: T) => object): object | undefined {
  return items && { list: items.map(view) };
}

function timestamp(milliseconds: number | undefined): string | undefined {
  return milliseconds === undefined ? undefined : `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
