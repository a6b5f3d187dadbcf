import * as z from 'zod/mini';

/** An AWS account ID. A number would have lost its leading zeros. */
export const accountId = z.string().check(z.regex(/^\d{12}$/));

/** Booleans usually come as words. */
export const stringBoolean = z.pipe(z.union([z.boolean(), z.enum(['true', 'false'])]), z.transform((value) => value === true || value === 'true'));

/** `z.int` does the same for 2.5 KB more in every bundle. */
export const wholeNumber = z.number().check(z.refine(Number.isSafeInteger));

/** IDs of objects are numbers in some answers and words in others. */
export const objectId = z.pipe(z.union([z.string().check(z.minLength(1)), wholeNumber]), z.transform(String));

/** A field that may be missing, or have no value. */
export function maybe<S extends z.ZodMiniType>(schema: S) {
  return z.pipe(z.optional(z.nullable(schema)), z.transform((value) => value ?? undefined));
}

/** A field that is not essential: a value that cannot be understood counts as missing. */
export function ifUnderstood<S extends z.ZodMiniType>(schema: S) {
  // `z.catch` does the same for 15 KB more in every bundle.
  return z.pipe(z.optional(z.unknown()), z.transform((value): z.output<S> | undefined => {
    const result = z.safeParse(schema, value);
    return result.success ? result.data : undefined;
  }));
}
