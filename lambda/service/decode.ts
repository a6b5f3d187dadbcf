import * as z from 'zod/mini';

/** An AWS account ID. A number would have lost its leading zeros. */
export const accountId = z.string().check(z.regex(/^\d{12}$/));

/** Booleans come as words more often than not. */
export const stringBoolean = z.pipe(z.union([z.boolean(), z.enum(['true', 'false'])]), z.transform((value) => value === true || value === 'true'));

/** IDs of objects are numbers in some answers and words in others. */
export const objectId = z.pipe(z.union([z.string().check(z.minLength(1)), z.int()]), z.transform(String));

/** For a field that may be missing, or be there without a value. */
export function maybe<S extends z.ZodMiniType>(schema: S) {
  return z.pipe(z.optional(z.nullable(schema)), z.transform((value) => value ?? undefined));
}

/** For a field that is shown but not relied on: what cannot be understood counts as missing. */
export function ifUnderstood<S extends z.ZodMiniType>(schema: S) {
  return z.catch(maybe(schema), undefined);
}
