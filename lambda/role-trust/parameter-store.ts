import { DeleteParameterCommand, GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { TrustRecords } from './ports';
import { packRecord, parseTrustRecord, TrustRecord } from './record';
import { unless } from '../runtime/aws-errors';
import { Outbound } from '../runtime/resource';

/** The record of a role, in Parameter Store. */
export function parameterStore(name: string, outbound: Outbound): TrustRecords {
  const client = new SSMClient({});
  const put = (record: TrustRecord, overwrite: boolean) => {
    const command = new PutParameterCommand({ Name: name, Type: 'String', Value: packRecord(record, name), Overwrite: overwrite });
    return outbound('ssm:PutParameter', () => client.send(command));
  };
  return {
    read: async () => {
      const answer = await unless('ParameterNotFound', outbound('ssm:GetParameter', () => client.send(new GetParameterCommand({ Name: name }))));
      return answer?.Parameter?.Value === undefined ? undefined : parseTrustRecord(answer.Parameter.Value, name);
    },
    claim: async (record) => (await unless('ParameterAlreadyExists', put(record, false))) !== undefined,
    write: async (record) => { await put(record, true); },
    remove: async () => {
      await unless('ParameterNotFound', outbound('ssm:DeleteParameter', () => client.send(new DeleteParameterCommand({ Name: name }))));
    },
  };
}
