import { DeleteParameterCommand, GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { parseRecord, Records } from './record';
import { CANCELLATION_SUFFIX } from '../../src/wire/base-account';
import { unless } from '../runtime/aws-errors';
import { Outbound } from '../runtime/resource';

/** Ownership records in Parameter Store. */
export function parameterStore(outbound: Outbound): Records {
  const client = new SSMClient({});
  const get = async (Name: string): Promise<string | undefined> => {
    const answer = await unless('ParameterNotFound', outbound('ssm:GetParameter', () => client.send(new GetParameterCommand({ Name }))));
    return answer?.Parameter?.Value;
  };
  const put = (Name: string, Value: string, Overwrite: boolean) => outbound('ssm:PutParameter', () => client.send(new PutParameterCommand({
    Name, Type: 'String', Value, Overwrite,
  })));
  const remove = async (Name: string): Promise<void> => {
    await unless('ParameterNotFound', outbound('ssm:DeleteParameter', () => client.send(new DeleteParameterCommand({ Name }))));
  };
  return {
    read: async (name) => {
      const value = await get(name);
      return value === undefined ? undefined : parseRecord(value, name);
    },
    claim: async (name, record) => (await unless('ParameterAlreadyExists', put(name, JSON.stringify(record), false))) !== undefined,
    write: async (name, record) => { await put(name, JSON.stringify(record), true); },
    remove,
    cancellation: (name) => get(name + CANCELLATION_SUFFIX),
    cancel: async (name, requestId) => { await put(name + CANCELLATION_SUFFIX, requestId, true); },
    forgetCancellation: (name) => remove(name + CANCELLATION_SUFFIX),
  };
}
