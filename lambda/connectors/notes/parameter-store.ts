import { DeleteParameterCommand, GetParameterCommand, GetParametersByPathCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { ConnectorNote, ConnectorNotes, parseNote } from './note';
import { unless } from '../../runtime/calls/aws-errors';
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
      let NextToken: string | undefined;
      do {
        const page = new GetParametersByPathCommand({ Path, NextToken });
        const answer = await outbound('ssm:GetParametersByPath', () => client.send(page));
        for (const { Name = '', Value = '' } of answer.Parameters ?? []) found.push([Name, parseNote(Value, Name)]);
        ({ NextToken } = answer);
      } while (NextToken !== undefined);
      return found;
    },
  };
}
