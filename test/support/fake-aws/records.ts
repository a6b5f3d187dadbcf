import { deleteParameter, getParameter, putParameter } from './parameters';
import { parseRecord, Records } from '../../../lambda/registration/record';
import type { Outbound } from '../../../lambda/runtime/resource';
import { CANCELLATION_SUFFIX } from '../../../src/wire/base-account';

/** Parameter Store, as far as the ownership records need it. */
export function fakeRecords(parameters: Map<string, string>, outbound: Outbound): Records {
  const remove = (name: string) => outbound('ssm:DeleteParameter', async () => {
    if (parameters.has(name)) deleteParameter(parameters, name);
  });
  return {
    read: (name) => outbound('ssm:GetParameter', async () => parameters.has(name) ? parseRecord(getParameter(parameters, name), name) : undefined),
    claim: (name, record) => outbound('ssm:PutParameter', async () => {
      if (parameters.has(name)) return false;
      putParameter(parameters, name, JSON.stringify(record), false);
      return true;
    }),
    write: (name, record) => outbound('ssm:PutParameter', async () => putParameter(parameters, name, JSON.stringify(record), true)),
    remove,
    cancellation: (name) => outbound('ssm:GetParameter', async () => parameters.get(name + CANCELLATION_SUFFIX)),
    cancel: (name, requestId) => outbound('ssm:PutParameter', async () => putParameter(parameters, name + CANCELLATION_SUFFIX, requestId, true)),
    forgetCancellation: (name) => remove(name + CANCELLATION_SUFFIX),
  };
}
