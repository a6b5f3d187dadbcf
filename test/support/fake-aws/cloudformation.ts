import { awsError } from './account';
import type { Service } from './aws';

/** A stack as its resources are asked about. */
export interface KnownStack {
  /** In CloudFormation's words; undefined for what is no resource of the stack, or not any more. */
  statusOf(logicalId: string): string | undefined;
}

export const cloudFormation: Service = {
  DescribeStackResource: ({ stacks }, { StackName, LogicalResourceId }) => {
    const stack = stacks.get(StackName);
    if (!stack) throw awsError('ValidationError', `Stack '${StackName}' does not exist`);
    const ResourceStatus = stack.statusOf(LogicalResourceId);
    if (ResourceStatus === undefined) throw awsError('ValidationError', `Resource ${LogicalResourceId} does not exist for stack ${StackName}`);
    return { StackResourceDetail: { LogicalResourceId, ResourceStatus } };
  },
};
