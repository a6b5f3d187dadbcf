import * as z from 'zod/mini';
import { EntryProperties } from './registration';
import type { BaseAccountProperties } from '../../src/wire/base-account';
import { accountSource } from '../accounts/properties';
import { Agree, digits12, flag, parseProperties, schemaVersion, text } from '../runtime/properties';
import { accountType, serviceProperties } from '../service/properties';

const operation = z.object({ Method: text, Path: text });

const writeApi = z.object({
  Create: operation,
  Update: operation,
  Delete: operation,
  ObjectName: text,
  FieldNames: z.object({ Name: text, AwsAccountId: text, AccountType: text, AccessKeyId: text, SecretAccessKey: text, UseInAssetView: text }),
  AccountTypeNames: z.object({ GLOBAL: text, US_GOVCLOUD: text, CHINA: text }),
});

const entry = {
  SchemaVersion: schemaVersion,
  Service: serviceProperties,
  AccountType: accountType,
  Title: text,
  AwsAccountId: digits12,
  UserName: text,
  AccessKeySecretArn: text,
  Delivery: z.object({ Mode: z.enum(['AUTO', 'API', 'CONSOLE']), Api: z.optional(writeApi), NotifyTopicArn: z.optional(text) }),
  UseInAssetView: z.optional(flag),
  AdoptExisting: flag,
  DeletionProtection: z.optional(flag),
  DeletesFormerUser: z.optional(flag),
  RecordName: text,
};
const schema = z.object({ ...entry, AccessKeyId: z.optional(text), VerifyAccessTo: z.optional(z.array(accountSource)) });
const entrySchema = z.object(entry);

const agreed: Agree<z.input<typeof schema>, BaseAccountProperties> = true;

export function parseBaseAccountProperties(properties: unknown): BaseAccountProperties {
  return agreed && parseProperties(schema, properties);
}

/** The properties in the environment, which a rotation uses. */
export function parseEntryProperties(properties: unknown): EntryProperties {
  return parseProperties(entrySchema, properties);
}
