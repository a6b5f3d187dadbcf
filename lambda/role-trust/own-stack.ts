import { CloudFormationClient, DescribeStackResourceCommand } from '@aws-sdk/client-cloudformation';
import { OwnStack } from './ports';
import { isAccessDenied, isNamed } from '../runtime/calls/aws-errors';
import { Outbound } from '../runtime/resource';

/** What CloudFormation says of the stack that a request comes from. */
export function ownStack(stackId: string, outbound: Outbound): OwnStack {
  const client = new CloudFormationClient({});
  return {
    keeps: async (logicalId) => {
      try {
        const command = new DescribeStackResourceCommand({ StackName: stackId, LogicalResourceId: logicalId });
        const { StackResourceDetail: resource } = await outbound('cloudformation:DescribeStackResource', () => client.send(command));
        return !resource?.ResourceStatus?.startsWith('DELETE_');
      } catch (error) {
        // The name for whatever is wrong with a request: here that the stack has no such resource, or is gone.
        if (isNamed(error, 'ValidationError')) return false;
        // Where an organization forbids to ask, the other one counts as there: it must not lose its trust.
        if (isAccessDenied(error)) return true;
        throw error;
      }
    },
  };
}
