import * as z from 'zod/mini';
import type { AccessKeyProperties } from '../../src/wire/access-key';
import { Agree, digits12, parseProperties, schemaVersion, text } from '../runtime/properties';

const schema = z.object({
  SchemaVersion: schemaVersion,
  AwsAccountId: digits12,
  UserName: text,
  SecretArn: text,
});

const agreed: Agree<z.input<typeof schema>, AccessKeyProperties> = true;

export function parseAccessKeyProperties(properties: unknown): AccessKeyProperties {
  return agreed && parseProperties(schema, properties);
}
