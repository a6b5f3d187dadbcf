import { NewConnector } from '../connector-api';

/** What a request to the Connectors API 3.0 says, of the fields that are given. */
export function connectorBody(fields: Partial<NewConnector>, roleArn: string | undefined, verb: 'create' | 'update'): object {
  const { name, description, externalId, modules, activation, regions, pollingMinutes, enabled, accountType } = fields;
  const { tagIds, remediation, perimeterScan } = fields;
  return {
    ...given('name', name),
    ...given('description', description),
    ...given('arn', fields.roleArn),
    ...given('externalId', externalId),
    ...(accountType === 'US_GOVCLOUD' ? { isGovCloudConfigured: true } : {}),
    ...(modules === undefined ? {} : { connectorAppInfos: set({ ConnectorAppInfoQList: modules.map((module) => appInfo(module, roleArn)) }) }),
    ...(activation === undefined ? {} : { activation: set({ ActivationModule: activation }) }),
    ...(regions === undefined ? {} : regionFields(regions, verb)),
    ...given('runFrequency', pollingMinutes),
    ...(enabled === undefined ? {} : { disabled: !enabled }),
    ...(tagIds === undefined ? {} : { defaultTags: set({ TagSimple: tagIds.map((id) => ({ id: Number(id) })) }) }),
    ...given('isRemediationEnabled', remediation),
    ...given('isCPSEnabled', perimeterScan),
    // On the service's own schedule.
    ...(perimeterScan ? { connectorScanSetting: { isCustomScanConfigEnabled: false } } : {}),
  };
}

function regionFields(regions: readonly string[] | 'ALL', verb: 'create' | 'update'): object {
  if (regions === 'ALL') return { allRegions: true };
  const endpoints = { AwsEndpointSimple: regions.map((regionCode) => ({ regionCode })) };
  // `add` is documented; that `set` takes the place of what was there, as in other collections, is inferred.
  return { allRegions: false, endpoints: verb === 'create' ? { add: endpoints } : set(endpoints) };
}

function appInfo(name: string, identifier: string | undefined): object {
  return set({ ConnectorAppInfo: { name, identifier } });
}

function set<T>(content: T): { readonly set: T } {
  return { set: content };
}

function given(name: string, value: unknown): object {
  return value === undefined ? {} : { [name]: value };
}
