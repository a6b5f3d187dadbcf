import { badAnswer, isJsonObject, isSuccess, json, jsonObject, JudgeWorld, understood } from '../http/judge';
import { HttpAnswer } from '../http/transport';
import { xmlError } from '../http/xml-error';

/** Success is HTTP 2xx without an error in the body: some errors come with HTTP 200. */
export function judgeCloudView(operation: string, answer: HttpAnswer, world: JudgeWorld): Readonly<Record<string, unknown>> {
  const xml = xmlError(answer);
  if (xml !== undefined) throw badAnswer(operation, answer, xml, world);
  const body = json(answer);
  const { error, errorCode, message, connectorId } = isJsonObject(body) ? body : {};
  // A connector has a field `error` of its own: why its last run failed.
  const failure = connectorId === undefined ? error ?? errorCode ?? undefined : undefined;
  if (!isSuccess(answer) || failure !== undefined) throw badAnswer(operation, answer, { code: errorCode, message }, world);
  return understood(operation, jsonObject, body);
}

/** Judges an operation on several connectors at once. Its answer may have no body, or say that it did nothing. */
export function judgeAcknowledged(operation: string, answer: HttpAnswer, world: JudgeWorld): void {
  if (isSuccess(answer) && answer.text === '') return;
  const { acknowledged } = judgeCloudView(operation, answer, world);
  if (String(acknowledged) === 'false') throw badAnswer(operation, answer, { message: 'not acknowledged' }, world);
}
