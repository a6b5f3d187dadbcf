import * as z from 'zod/mini';
import { DeployError } from './errors';
import { SCHEMA_VERSION } from '../../src/wire/common';

/** Longest text in characters, longer than any ARN, name or path of the wire. */
const MAXIMUM_LENGTH = 2048;

/** Schemas for properties as CloudFormation sends them. Every scalar is a string and stays one. */
export const text = z.string().check(
  z.refine((value) => value.length >= 1 && value.length <= MAXIMUM_LENGTH, `must have 1 to ${MAXIMUM_LENGTH} characters`),
);

export const digits12 = z.string().check(z.regex(/^\d{12}$/, 'must be an AWS account ID of 12 digits'));

export const flag = z.enum(['true', 'false']);

/** In a newer version the same names may have another meaning. */
export const schemaVersion = z.string().check(
  z.refine((value) => value === SCHEMA_VERSION, `must be '${SCHEMA_VERSION}': it was deployed with a newer version of this library, use that one`),
);

/**
 * Reads properties before anything happens. It leaves out keys that the schema does not know: CloudFormation adds some (ServiceToken,
 * ServiceTimeout), and after a rollback an older handler has to delete what a newer one made. A change in the meaning of a property raises
 * the schema version, and an unknown version is refused.
 *
 * @throws DeployError that names the property and what is allowed, never what was given
 */
export function parseProperties<S extends z.ZodMiniType>(schema: S, properties: unknown): z.output<S> {
  const result = z.safeParse(schema, properties);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  if (issue.path.length === 0) throw new DeployError('the resource has no properties that can be read; they must be an object');
  const missing = valueAt(properties, issue.path) === undefined;
  throw new DeployError(`property '${issue.path.map(String).join('.')}' ${missing ? 'is missing' : 'is not valid'}: it ${allowedBy(issue)}`);
}

function allowedBy(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_value': return `must be one of ${issue.values.map((value) => `'${String(value)}'`).join(', ')}`;
    case 'invalid_type': return `must be of the type ${issue.expected}`;
    case 'invalid_format':
    case 'custom': return issue.message;
    default: return 'does not have the form that this library deploys';
  }
}

function valueAt(properties: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined), properties);
}

type Mutable<T> = T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : never;

/**
 * `true` if both ends of the wire have the same properties, optional ones included, and `never` otherwise:
 * `const agreed: Agree<z.input<typeof schema>, Properties> = true;` stops the build when they drift apart.
 */
export type Agree<A, B> = Same<Mutable<A>, Mutable<B>>;
