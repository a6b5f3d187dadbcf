import { DeleteParameterCommand, GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { OwnershipRecord, parseRecord, Records } from './record';
import { Outbound } from '../runtime/resource';

/** Ownership records in Parameter Store. */
export function parameterStore(outbound: Outbound): Records {
  const client = new SSMClient({});
  const put = (name: string, record: OwnershipRecord, overwrite: boolean) => outbound('ssm:PutParameter', () => client.send(new PutParameterCommand({
    Name: name, Type: 'String', Value: JSON.stringify(record), Overwrite: overwrite,
  })));
  return {
    read: async (name) => {
      const answer = await unless('ParameterNotFound', outbound('ssm:GetParameter', () => client.send(new GetParameterCommand({ Name: name }))));
      return answer?.Parameter?.Value === undefined ? undefined : parseRecord(answer.Parameter.Value, name);
    },
    claim: async (name, record) => (await unless('ParameterAlreadyExists', put(name, record, false))) !== undefined,
    write: async (name, record) => { await put(name, record, true); },
    remove: async (name) => {
      await unless('ParameterNotFound', outbound('ssm:DeleteParameter', () => client.send(new DeleteParameterCommand({ Name: name }))));
    },
  };
}

async function unless<T>(errorName: string, answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && error.name === errorName) {
      return undefined;
    }
    throw error;
  }
}
