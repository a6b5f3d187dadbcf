import * as z from 'zod/mini';
import { maybe, objectId, stringBoolean } from '../http/decode';
import { NoUsableAnswer } from '../http/errors';
import { badAnswer, isJsonObject, isSuccess, json, jsonObject, JudgeWorld, understood } from '../http/judge';
import { HttpAnswer } from '../http/transport';
import { xmlError } from '../http/xml-error';

/** An object in an answer, e.g. `{"AwsBaseAccount": {...}}`. */
export type QpsObject = Readonly<Record<string, unknown>>;

/** The part that shows whether it is a success. A success needs the whole envelope. */
const verdict = z.object({
  ServiceResponse: z.object({ responseCode: z.string(), responseErrorDetails: z.optional(z.unknown()) }),
});

const envelope = z.object({
  ServiceResponse: z.object({
    responseCode: z.literal('SUCCESS'),
    data: maybe(z.union([z.array(jsonObject), jsonObject])),
    hasMoreRecords: maybe(stringBoolean),
    lastId: maybe(objectId),
  }),
});

/** The answer of a search. */
export interface QpsPage {
  readonly objects: readonly QpsObject[];
  /** ID of the last object, if there are more after it. */
  readonly lastId?: string;
}

/** Success is HTTP 2xx and the envelope says so: some errors come with HTTP 200. */
export function judgeQpsPage(operation: string, answer: HttpAnswer, world: JudgeWorld): QpsPage {
  const body = json(answer);
  const said = z.safeParse(verdict, body);
  const response = said.success ? said.data.ServiceResponse : undefined;
  const xml = xmlError(answer);
  if (xml !== undefined) throw badAnswer(operation, answer, xml, world);
  if (!isSuccess(answer) || (response !== undefined && response.responseCode !== 'SUCCESS')) {
    const details = response?.responseErrorDetails;
    throw badAnswer(operation, answer, { code: response?.responseCode, message: isJsonObject(details) ? details.errorMessage : undefined }, world);
  }
  const { data, hasMoreRecords = false, lastId } = understood(operation, envelope, body).ServiceResponse;
  if (hasMoreRecords && lastId === undefined) throw new NoUsableAnswer(operation, 'not-understood', 'field \'lastId\'');
  return { objects: data === undefined ? [] : [data].flat(), ...(hasMoreRecords ? { lastId } : {}) };
}

export function judgeQps(operation: string, answer: HttpAnswer, world: JudgeWorld): readonly QpsObject[] {
  return judgeQpsPage(operation, answer, world).objects;
}

/** The content of the wrapper. Its name is not documented everywhere, so it does not matter. */
export function content(wrapped: QpsObject): unknown {
  const values = Object.values(wrapped);
  return values.length === 1 && typeof values[0] === 'object' ? values[0] : wrapped;
}

/** The body of a request. */
export function qpsRequest(request: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ ServiceRequest: request });
}
