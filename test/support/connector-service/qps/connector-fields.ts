import * as z from 'zod/mini';
import { ConnectorSettings } from '../connector';
import { flag, parseOrRefuse, ServiceError, wholeNumber } from '../service-error';

export const roleArn = z.string().check(z.regex(/^arn:(aws|aws-us-gov|aws-cn):iam::\d{12}:role\/[\w+=,.@/-]{1,576}$/));
export const externalId = z.string().check(z.regex(/^[\w+=,.@:/-]{2,1224}$/));

/** A collection is given as `set` (instead of what is there) or `add` (to it), and read as `list`. */
function collection<T extends z.core.$ZodType>(content: T) {
  return z.optional(z.union([z.strictObject({ set: content }), z.strictObject({ add: content })]));
}

const appInfo = z.strictObject({ set: z.strictObject({ ConnectorAppInfo: z.strictObject({ name: z.enum(['AI', 'CI', 'CSA']), identifier: z.string() }) }) });

/** The writable fields, all optional. The read-only ones are refused like any unknown field (inferred). */
const fields = z.strictObject({
  name: z.optional(z.string().check(z.minLength(1))),
  description: z.optional(z.string()),
  arn: z.optional(roleArn),
  externalId: z.optional(externalId),
  allRegions: z.optional(flag),
  endpoints: collection(z.strictObject({ AwsEndpointSimple: z.array(z.strictObject({ regionCode: z.string() })) })),
  disabled: z.optional(flag),
  // 1 to 24 hours is what the UI offers.
  runFrequency: z.optional(wholeNumber.check(z.minimum(60), z.maximum(1440))),
  isRemediationEnabled: z.optional(flag),
  isGovCloudConfigured: z.optional(flag),
  activation: collection(z.strictObject({ ActivationModule: z.array(z.enum(['VM', 'PC', 'SCA', 'CLOUDVIEW', 'CERTVIEW', 'CSA'])) })),
  defaultTags: collection(z.strictObject({ TagSimple: z.array(z.strictObject({ id: wholeNumber })) })),
  connectorAppInfos: collection(z.strictObject({ ConnectorAppInfoQList: z.array(appInfo) })),
  isCPSEnabled: z.optional(flag),
  connectorScanSetting: z.optional(z.unknown()),
  connectorScanConfig: z.optional(z.unknown()),
});
const data = z.strictObject({ AwsAssetDataConnector: fields });

type Collection<T> = { readonly set: T } | { readonly add: T } | undefined;

/** What a create or an update makes of the settings that were there before. */
export function parseSettings(value: unknown, before: ConnectorSettings = {}): ConnectorSettings {
  const { endpoints, activation, defaultTags, connectorAppInfos, ...scalars } = parseOrRefuse(data, value).AwsAssetDataConnector;
  const settings = {
    ...before,
    ...scalars,
    endpoints: merge(before.endpoints, endpoints, ({ AwsEndpointSimple }) => AwsEndpointSimple.map(({ regionCode }) => regionCode)),
    activation: merge(before.activation, activation, ({ ActivationModule }) => ActivationModule),
    defaultTags: merge(before.defaultTags, defaultTags, ({ TagSimple }) => TagSimple.map(({ id }) => id)),
    connectorAppInfos: merge(before.connectorAppInfos, connectorAppInfos,
      ({ ConnectorAppInfoQList: infos }) => infos.map(({ set }) => set.ConnectorAppInfo)),
  };
  refuseWhatExcludesEachOther(settings);
  return settings;
}

/** What the vendor documents of modules that are activated. */
function refuseWhatExcludesEachOther({ activation = [], isCPSEnabled }: ConnectorSettings): void {
  if (activation.includes('PC') && activation.includes('SCA')) throw new ServiceError('INVALID_REQUEST', 'PC and SCA exclude each other');
  if (isCPSEnabled === true && !activation.includes('VM')) throw new ServiceError('INVALID_REQUEST', 'a perimeter scan needs the module VM');
}

function merge<T, I>(before: readonly I[] | undefined, change: Collection<T>, items: (content: T) => readonly I[]): readonly I[] | undefined {
  if (change === undefined) return before;
  return 'set' in change ? items(change.set) : [...(before ?? []), ...items(change.add)];
}
