import * as z from 'zod/mini';
import { LABELS, PARTITIONS } from '../../src/wire/account-types';
import { AccountLookupProperties, ConnectorProperties, OWNER_MARK } from '../../src/wire/connector';
import { isExternalId, ROLE_ARN } from '../../src/wire/patterns';
import { DeployError } from '../runtime/errors';
import { Agree, flag, parseProperties, schemaVersion, text } from '../runtime/properties';
import { accountType, serviceProperties } from '../service/properties';

/** Polling of 1 to 24 hours is what the vendor's console offers. */
const polling = z.refine<string>((value) => /^\d{2,4}$/.test(value) && Number(value) >= 60 && Number(value) <= 1440, 'must be whole minutes from 60 to 1440');

/** The settings of connectors, without the account that they read. */
export const connectorSettings = {
  Modules: z.array(z.enum(['AI', 'CI', 'CSA'])),
  Activation: z.optional(z.array(z.enum(['VM', 'PC', 'SCA', 'CERTVIEW', 'CLOUDVIEW', 'CSA']))),
  Regions: z.optional(z.array(z.string().check(z.regex(/^[a-z]{2,}(-[a-z]+)+-\d{1,2}$/, 'must be the code of an AWS region')))),
  PollingMinutes: z.string().check(polling),
  DefaultTags: z.optional(z.array(z.object({ Id: z.optional(z.string().check(z.regex(/^\d{1,18}$/, 'must be the ID of a tag'))), Name: z.optional(text) }))),
  Remediation: z.optional(flag),
  PerimeterScan: z.optional(flag),
  AdoptExisting: flag,
};

const schema = z.object({
  SchemaVersion: schemaVersion,
  Service: serviceProperties,
  AccountType: accountType,
  Name: text,
  Description: z.optional(z.string().check(
    z.refine((value) => value.length <= 2048 && !value.includes(OWNER_MARK), `must have at most 2048 characters, and not '${OWNER_MARK}', by which the owner is told`),
  )),
  RoleArn: z.string().check(z.regex(ROLE_ARN, 'must be the ARN of an IAM role')),
  ExternalId: z.string().check(z.refine(isExternalId, 'must have 2 to 1224 letters, digits or characters of _+=,.@:/-')),
  ...connectorSettings,
  Enabled: flag,
  Verification: z.enum(['FAIL', 'WARN', 'NONE']),
});
const lookup = z.object({ SchemaVersion: schemaVersion, Service: serviceProperties, AccountType: accountType });

const agreed: Agree<z.input<typeof schema>, ConnectorProperties> = true;
const lookupAgreed: Agree<z.input<typeof lookup>, AccountLookupProperties> = true;

export function parseConnectorProperties(properties: unknown): ConnectorProperties {
  const parsed: ConnectorProperties = agreed && parseProperties(schema, properties);
  const { AccountType: type, RoleArn, Modules, Activation, Regions } = parsed;
  const partition = RoleArn.split(':')[1];
  if (partition !== PARTITIONS[type]) {
    throw new DeployError(`property 'RoleArn' is not valid: account type ${LABELS[type]} is for partition ${PARTITIONS[type]}, `
      + `but the role is in ${partition}`);
  }
  if (type === 'CHINA' && (Modules.length > 0 || Activation !== undefined || Regions !== undefined)) {
    throw new DeployError('properties \'Modules\', \'Activation\' and \'Regions\' must be left out for account type China: '
      + 'the API for its connectors does not know them');
  }
  checkRegions(Regions);
  return parsed;
}

export function checkRegions(regions: readonly string[] | undefined): void {
  if (regions?.length === 0) throw new DeployError('property \'Regions\' is not valid: it must name a region, or be left out for all');
}

export function parseLookupProperties(properties: unknown): AccountLookupProperties {
  return lookupAgreed && parseProperties(lookup, properties);
}
