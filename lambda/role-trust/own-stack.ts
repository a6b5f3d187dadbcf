import { CloudFormationClient, DescribeStackResourceCommand } from '@aws-sdk/client-cloudformation';
import { OwnStack } from './ports';
import { isAccessDenied, isNamed } from '../runtime/calls/aws-errors';
import { Outbound } from '../runtime/resource';

/** Asks CloudFormation about the stack that a request comes from. */
export function ownStack(stackId: string, outbound: Outbound): OwnStack {
  const client = new CloudFormationClient({});
  return {
    keeps: async (logicalId) => {
      try {
        const command = new DescribeStackResourceCommand({ StackName: stackId, LogicalResourceId: logicalId });
        const { StackResourceDetail: resource } = await outbound('cloudformation:DescribeStackResource', () => client.send(command));
        return !resource?.ResourceStatus?.startsWith('DELETE_');
      } catch (error) {
        // CloudFormation uses this name for every invalid request. Here it means that the stack has no such resource, or is gone.
        if (isNamed(error, 'ValidationError')) return false;
        // If an organization's policy denies this call, the other resource counts as existing: it must not lose its trust.
        if (isAccessDenied(error)) return true;
        throw error;
      }
    },
  };
}
