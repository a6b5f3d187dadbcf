import { parseRecord, Records } from '../../../lambda/registration/record';
import type { Outbound } from '../../../lambda/runtime/resource';

/** Parameter Store, as far as the ownership records need it. */
export function fakeRecords(parameters: Map<string, string>, outbound: Outbound): Records {
  return {
    read: (name) => outbound('ssm:GetParameter', async () => {
      const value = parameters.get(name);
      return value === undefined ? undefined : parseRecord(value, name);
    }),
    claim: (name, record) => outbound('ssm:PutParameter', async () => {
      if (parameters.has(name)) {
        return false;
      }
      parameters.set(name, JSON.stringify(record));
      return true;
    }),
    write: (name, record) => outbound('ssm:PutParameter', async () => { parameters.set(name, JSON.stringify(record)); }),
    remove: (name) => outbound('ssm:DeleteParameter', async () => { parameters.delete(name); }),
  };
}
