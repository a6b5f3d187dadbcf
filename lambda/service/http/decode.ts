import * as z from 'zod/mini';

/** An AWS account ID. A number would have lost its leading zeros. */
export const accountId = z.string().check(z.regex(/^\d{12}$/));

/** Booleans come as words more often than not. */
export const stringBoolean = z.pipe(z.union([z.boolean(), z.enum(['true', 'false'])]), z.transform((value) => value === true || value === 'true'));

/** `z.int` does the same for 2.5 KB more in every bundle. */
export const wholeNumber = z.number().check(z.refine(Number.isSafeInteger));

/** IDs of objects are numbers in some answers and words in others. */
export const objectId = z.pipe(z.union([z.string().check(z.minLength(1)), wholeNumber]), z.transform(String));

/** For a field that may be missing, or be there without a value. */
export function maybe<S extends z.ZodMiniType>(schema: S) {
  return z.pipe(z.optional(z.nullable(schema)), z.transform((value) => value ?? undefined));
}

/** For a field that is shown but not relied on: what cannot be understood counts as missing. */
export function ifUnderstood<S extends z.ZodMiniType>(schema: S) {
  // `z.catch` does the same for 15 KB more in every bundle.
  return z.pipe(z.optional(z.unknown()), z.transform((value): z.output<S> | undefined => {
    const result = z.safeParse(schema, value);
    return result.success ? result.data : undefined;
  }));
}
