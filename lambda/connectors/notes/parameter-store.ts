import { DeleteParameterCommand, GetParameterCommand, paginateGetParametersByPath, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { ConnectorNote, ConnectorNotes, parseNote } from './note';
import { unless } from '../../runtime/aws-errors';
import { Outbound } from '../../runtime/resource';

/** The notes on connectors, in Parameter Store. */
export function parameterStore(outbound: Outbound): ConnectorNotes {
  const client = new SSMClient({});
  return {
    read: async (Name) => {
      const answer = await unless('ParameterNotFound', outbound('ssm:GetParameter', () => client.send(new GetParameterCommand({ Name }))));
      return answer?.Parameter?.Value === undefined ? undefined : parseNote(answer.Parameter.Value, Name);
    },
    write: async (Name, note) => {
      await outbound('ssm:PutParameter', () => client.send(new PutParameterCommand({ Name, Type: 'String', Value: JSON.stringify(note), Overwrite: true })));
    },
    remove: async (Name) => {
      await unless('ParameterNotFound', outbound('ssm:DeleteParameter', () => client.send(new DeleteParameterCommand({ Name }))));
    },
    list: async (Path) => {
      const found: Array<readonly [string, ConnectorNote]> = [];
      const pages = paginateGetParametersByPath({ client }, { Path });
      for (;;) {
        const { value, done } = await outbound('ssm:GetParametersByPath', () => pages.next());
        if (done) return found;
        for (const { Name = '', Value = '' } of value?.Parameters ?? []) found.push([Name, parseNote(Value, Name)]);
      }
    },
  };
}
