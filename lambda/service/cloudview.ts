import { badAnswer, isJsonObject, isSuccess, json, jsonObject, JudgeWorld, understood } from './judge';
import { HttpAnswer } from './transport';

/** Success is HTTP 2xx without an error inside: some errors come with HTTP 200. */
export function judgeCloudView(operation: string, answer: HttpAnswer, world: JudgeWorld): Readonly<Record<string, unknown>> {
  const body = json(answer);
  const { error, errorCode, message } = isJsonObject(body) ? body : {};
  if (!isSuccess(answer) || (error ?? errorCode ?? undefined) !== undefined) {
    throw badAnswer(operation, answer, { code: errorCode, message }, world);
  }
  return understood(operation, jsonObject, body);
}
