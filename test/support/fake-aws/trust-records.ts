import { refusal } from './role';
import type { TrustRecords } from '../../../lambda/role-trust/ports';
import { packRecord, parseTrustRecord, TrustRecord } from '../../../lambda/role-trust/record';
import type { Outbound } from '../../../lambda/runtime/resource';

/** Parameter Store with its rules of values, as far as the records of roles need it. */
export function fakeTrustRecords(parameters: Map<string, string>, name: string, outbound: Outbound): TrustRecords {
  const put = async (record: TrustRecord, overwrite: boolean) => {
    const value = packRecord(record, name);
    return outbound('ssm:PutParameter', async () => {
      if (Buffer.byteLength(value) > 4096 || /\{\{/.test(value)) {
        throw refusal('ValidationException',
          'the value is too long, or refers to another parameter');
      }
      if (parameters.has(name) && !overwrite) return false;
      parameters.set(name, value);
      return true;
    });
  };
  return {
    read: () => outbound('ssm:GetParameter', async () => {
      const value = parameters.get(name);
      return value === undefined ? undefined : parseTrustRecord(value, name);
    }),
    claim: (record) => put(record, false),
    write: async (record) => { await put(record, true); },
    remove: () => outbound('ssm:DeleteParameter', async () => { parameters.delete(name); }),
  };
}
