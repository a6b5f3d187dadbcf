import { NewConnector } from '../connector-api';

interface Request {
  readonly roleArn: string | undefined;
  readonly verb: 'create' | 'update';
}

type InBody = { readonly [Field in keyof NewConnector]-?: (value: Required<NewConnector>[Field], request: Request) => object };

/** The form of each field in the Connectors API 3.0. A forgotten field does not compile. */
const IN_BODY: InBody = {
  name: (name) => ({ name }),
  description: (description) => ({ description }),
  roleArn: (arn) => ({ arn }),
  externalId: (externalId) => ({ externalId }),
  accountType: (accountType) => (accountType === 'US_GOVCLOUD' ? { isGovCloudConfigured: true } : {}),
  modules: (modules, { roleArn }) => ({ connectorAppInfos: set({ ConnectorAppInfoQList: modules.map((module) => appInfo(module, roleArn)) }) }),
  activation: (activation) => ({ activation: set({ ActivationModule: activation }) }),
  regions: (regions, { verb }) => regionFields(regions, verb),
  pollingMinutes: (runFrequency) => ({ runFrequency }),
  enabled: (enabled) => ({ disabled: !enabled }),
  tagIds: (tagIds) => ({ defaultTags: set({ TagSimple: tagIds.map((id) => ({ id: Number(id) })) }) }),
  remediation: (isRemediationEnabled) => ({ isRemediationEnabled }),
  // It uses the service's own schedule.
  perimeterScan: (isCPSEnabled) => ({ isCPSEnabled, ...isCPSEnabled && { connectorScanSetting: { isCustomScanConfigEnabled: false } } }),
};

/** The body of a request to the Connectors API 3.0, with the given fields. */
export function connectorBody(fields: Partial<NewConnector>, roleArn: string | undefined, verb: Request['verb']): object {
  const parts = Object.entries(IN_BODY) as Array<[keyof NewConnector, (value: unknown, request: Request) => object]>;
  const given = parts.filter(([field]) => fields[field] !== undefined);
  return Object.assign({}, ...given.map(([field, inBody]) => inBody(fields[field], { roleArn, verb })));
}

function regionFields(regions: readonly string[] | 'ALL', verb: 'create' | 'update'): object {
  if (regions === 'ALL') return { allRegions: true };
  const endpoints = { AwsEndpointSimple: regions.map((regionCode) => ({ regionCode })) };
  // `add` is documented. That `set` replaces the list, as in other collections, is inferred.
  return { allRegions: false, endpoints: verb === 'create' ? { add: endpoints } : set(endpoints) };
}

function appInfo(name: string, identifier: string | undefined): object {
  return set({ ConnectorAppInfo: { name, identifier } });
}

function set<T>(content: T): { readonly set: T } {
  return { set: content };
}
