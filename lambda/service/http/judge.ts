import * as z from 'zod/mini';
import { NoUsableAnswer, ServiceAnswer } from './errors';
import { HttpAnswer } from './transport';
import { askedWait } from './waiting';
import { vendorWords } from '../../runtime/redaction/line';
import { Redactor } from '../../runtime/redaction/redact';
import { Clock } from '../../runtime/world';

export interface JudgeWorld {
  readonly redactor: Redactor;
  readonly clock: Clock;
}

/** What messages may show of an answer that is no success. */
export interface VendorWords {
  readonly code?: unknown;
  readonly message?: unknown;
}

export function badAnswer(operation: string, answer: HttpAnswer, words: VendorWords, { redactor, clock }: JudgeWorld): ServiceAnswer {
  const code = typeof words.code === 'string' && /^[A-Z][A-Z0-9_]{1,59}$/.test(words.code) ? words.code : undefined;
  const message = typeof words.message === 'string' ? vendorWords(words.message, redactor) : undefined;
  return new ServiceAnswer({ operation, status: answer.status, code, vendorMessage: message, wait: askedWait(answer.headers, clock.now()) });
}

export function isSuccess({ status }: HttpAnswer): boolean {
  return status >= 200 && status < 300;
}

/** Undefined for a text that is no JSON. The parser's own error quotes its input, so it is dropped. */
export function json(answer: HttpAnswer): unknown {
  try {
    return JSON.parse(answer.text);
  } catch {
    return undefined;
  }
}

/** Any JSON object. `z.record` does this for 4 KB more in every bundle. */
export const jsonObject = z.custom<Readonly<Record<string, unknown>>>(isJsonObject);

export function isJsonObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads a successful answer, which has to be JSON of this form. */
export function understood<S extends z.ZodMiniType>(operation: string, schema: S, value: unknown): z.output<S> {
  if (value === undefined) throw new NoUsableAnswer(operation, 'not-json');
  const result = z.safeParse(schema, value);
  if (result.success) return result.data;
  const field = result.error.issues[0].path.join('.');
  throw new NoUsableAnswer(operation, 'not-understood', field === '' ? undefined : `field '${field}'`);
}
