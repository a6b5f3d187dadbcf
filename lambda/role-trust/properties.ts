import * as z from 'zod/mini';
import type { RoleTrustProperties } from '../../src/wire/role-trust';
import { Agree, digits12, flag, parseProperties, schemaVersion, text } from '../runtime/properties';

const matching = (pattern: RegExp, message: string) => z.string().check(z.regex(pattern, message));

const statement = z.object({
  Sid: matching(/^(QualysAccount|BaseAccount\d{0,3})$/, 'must be QualysAccount or BaseAccount, with a number after it'),
  Effect: z.literal('Allow'),
  Principal: z.object({ AWS: matching(/^arn:[a-z-]+:iam::\d{12}:root$/, 'must be the ARN of an account\'s root') }),
  Action: z.literal('sts:AssumeRole'),
  Condition: z.object({
    StringEquals: z.object({ 'sts:ExternalId': text, 'aws:PrincipalOrgID': z.optional(text) }),
    ArnEquals: z.optional(z.object({ 'aws:PrincipalArn': text })),
  }),
});

const fields = {
  SchemaVersion: schemaVersion,
  RoleArn: matching(/^arn:[a-z-]+:iam::\d{12}:role\/[!-~]+$/, 'must be the ARN of a role'),
  ExternalId: text,
  FormerAccountIds: z.array(digits12),
  AdoptExisting: flag,
  RecordName: matching(/^\/[\w./-]{1,1000}$/, 'must be a name that Parameter Store takes: write the name of the role in the code instead of a reference'),
};

const schema = z.object({ ...fields, Statements: z.array(statement).check(z.refine((all) => all.length >= 1, 'must have an element')) });

/** The properties in the environment, with long statements as a hash. */
const deployedSchema = z.object({ ...fields, Statements: z.unknown() });

const agreed: Agree<z.input<typeof schema>, RoleTrustProperties> = true;

export function parseRoleTrustProperties(properties: unknown): RoleTrustProperties {
  return agreed && parseProperties(schema, properties);
}

export function parseDeployedTrust(properties: unknown): z.output<typeof deployedSchema> {
  return parseProperties(deployedSchema, properties);
}
