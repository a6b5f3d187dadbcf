import * as z from 'zod/mini';
import { ConnectorSettings } from '../connector';
import { externalId, roleArn } from '../qps/connector-fields';
import { flag, parseOrRefuse, wholeNumber } from '../service-error';

const fields = z.strictObject({
  name: z.optional(z.string().check(z.minLength(1))),
  description: z.optional(z.string()),
  arn: z.optional(roleArn),
  externalId: z.optional(externalId),
  isChinaRegion: z.optional(flag),
  isGovCloud: z.optional(flag),
  isPortalConnector: z.optional(flag),
  pollingFrequency: z.optional(z.strictObject({ hours: wholeNumber, minutes: wholeNumber })),
  remediationEnabled: z.optional(flag),
});

/** What a create or an update of CloudView makes of the settings that were there before. */
export function parseCloudViewSettings(value: unknown, before: ConnectorSettings = {}): ConnectorSettings {
  const { isChinaRegion, isGovCloud, remediationEnabled, pollingFrequency, ...same } = parseOrRefuse(fields, value);
  return {
    ...before,
    ...same,
    isChinaConfigured: isChinaRegion ?? before.isChinaConfigured,
    isGovCloudConfigured: isGovCloud ?? before.isGovCloudConfigured,
    isRemediationEnabled: remediationEnabled ?? before.isRemediationEnabled,
    runFrequency: pollingFrequency ? pollingFrequency.hours * 60 + pollingFrequency.minutes : before.runFrequency,
  };
}
