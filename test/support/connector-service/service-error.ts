import * as z from 'zod/mini';

/** `responseCode` values. Their HTTP statuses are inferred, except 401 and 403. */
export type ErrorCode =
  | 'INVALID_REQUEST'
  | 'INVALID_CREDENTIALS'
  | 'FORBIDDEN'
  | 'OBJECT_NOT_FOUND'
  | 'INVALID_API_VERSION'
  | 'LIMIT_EXCEEDED';

/** A request that the service refuses. Its message names fields, never values. */
export class ServiceError extends Error {
  public override readonly name = 'ServiceError';

  public constructor(public readonly code: ErrorCode, message: string) {
    super(message);
  }
}

/** Parses what came in, or refuses it with the names of the fields that are wrong. */
export function parseOrRefuse<T extends z.core.$ZodType>(schema: T, value: unknown): z.core.output<T> {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => [issue.path.join('.'), ...(issue.code === 'unrecognized_keys' ? issue.keys : [])].filter(Boolean).join(': '));
  throw new ServiceError('INVALID_REQUEST', `wrong, missing or unknown: ${wrong.join('; ') || 'the whole object'}`);
}

/** A boolean, also spelled as a string: the vendor's own scripts send both. */
export const flag = z.pipe(z.union([z.boolean(), z.enum(['true', 'false'])]), z.transform((value) => String(value) === 'true'));

/** A whole number, also spelled as a string. */
export const wholeNumber = z.pipe(z.union([z.int(), z.string().check(z.regex(/^\d{1,15}$/))]), z.transform(Number));

export const awsAccountId = z.string().check(z.regex(/^\d{12}$/));
