import * as z from 'zod/mini';
import type { FleetProperties } from '../../src/wire/fleet';
import { accountSource, checkSources } from '../accounts/properties';
import { connectorSettings, checkRegions } from '../connectors/properties';
import { DeployError } from '../runtime/errors';
import { Agree, parseProperties, schemaVersion } from '../runtime/properties';
import { serviceProperties } from '../service/properties';

const between = (least: number, most: number) => z.refine<string>(
  (value) => /^\d{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most, `must be a whole number from ${least} to ${most}`);

const schema = z.object({
  SchemaVersion: schemaVersion,
  Service: serviceProperties,
  AccountType: z.enum(['GLOBAL', 'US_GOVCLOUD']),
  Sources: z.array(accountSource),
  Naming: z.object({ By: z.enum(['ACCOUNT_ID', 'ACCOUNT_NAME']), Prefix: z.string().check(z.regex(/^[^\p{C}\p{Zl}\p{Zp}]{0,200}$/u, 'must have at most 200 characters, none of them a control character')) }),
  ...connectorSettings,
  OnAccountRemoval: z.object({
    Action: z.enum(['KEEP', 'DISABLE', 'REMOVE']),
    AfterSeconds: z.string().check(between(3_600, 365 * 86_400)),
    MaxAtOnce: z.string().check(between(1, 100_000)),
  }),
  CallsPerHour: z.string().check(between(12, 10_000)),
});

const agreed: Agree<z.input<typeof schema>, FleetProperties> = true;

export function parseFleetProperties(properties: unknown): FleetProperties {
  const parsed: FleetProperties = agreed && parseProperties(schema, properties);
  checkSources(parsed.Sources);
  checkRegions(parsed.Regions);
  if (parsed.DefaultTags?.some(({ Id, Name }) => (Id === undefined) === (Name === undefined))) throw new DeployError('property \'DefaultTags\' is not valid: each tag must have an ID or a name');
  return parsed;
}
