import { judgeCloudView } from './cloudview/judge';
import { Judge } from './http/client';
import { isSuccess, json } from './http/judge';
import { judgeQps } from './qps/envelope';

/**
 * Under `/qps` an answer has the envelope. A path that was overridden may lead to a part of the API without it (inferred). There the rule
 * of CloudView applies, and a success may have no body.
 */
export function judgeWrite(path: string): Judge<void> {
  return (operation, answer, world) => {
    const body = json(answer);
    const hasEnvelope = typeof body === 'object' && body !== null && 'ServiceResponse' in body;
    if (path.startsWith('/qps/') || hasEnvelope) judgeQps(operation, answer, world);
    else if (!isSuccess(answer) || answer.text !== '') judgeCloudView(operation, answer, world);
  };
}
