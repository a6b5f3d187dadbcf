import * as z from 'zod/mini';
import { badAnswer, isJsonObject, isSuccess, json, jsonObject, JudgeWorld, understood } from './judge';
import { HttpAnswer } from './transport';

/** An object as it stands in an answer, e.g. `{"AwsBaseAccount": {...}}`. */
export type QpsObject = Readonly<Record<string, unknown>>;

/** Enough to tell whether it is a success; a success has to have all of the envelope. */
const verdict = z.object({
  ServiceResponse: z.object({ responseCode: z.string(), responseErrorDetails: z.optional(z.unknown()) }),
});

const envelope = z.object({
  ServiceResponse: z.object({ responseCode: z.literal('SUCCESS'), data: z.optional(z.nullable(z.union([z.array(jsonObject), jsonObject]))) }),
});

/** Success is HTTP 2xx and the envelope says so: some errors come with HTTP 200. */
export function judgeQps(operation: string, answer: HttpAnswer, world: JudgeWorld): readonly QpsObject[] {
  const body = json(answer);
  const said = z.safeParse(verdict, body);
  const response = said.success ? said.data.ServiceResponse : undefined;
  if (!isSuccess(answer) || (response !== undefined && response.responseCode !== 'SUCCESS')) {
    const details = response?.responseErrorDetails;
    throw badAnswer(operation, answer, { code: response?.responseCode, message: isJsonObject(details) ? details.errorMessage : undefined }, world);
  }
  const { data } = understood(operation, envelope, body).ServiceResponse;
  if (data === undefined || data === null) return [];
  return Array.isArray(data) ? data : [data];
}

/** The body of a request. */
export function qpsRequest(content: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ ServiceRequest: content });
}
