import { awsError } from './account';
import type { Service } from './aws';

/** A resource as CloudFormation lists it. */
export interface ResourceSummary {
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceType: string;
  readonly ResourceStatus: string;
}

/** As CloudFormation has it. */
const PAGE = 100;

/** A stack as its resources are asked about. */
export interface KnownStack {
  /** In CloudFormation's words; undefined for what is no resource of the stack, or not any more. */
  statusOf(logicalId: string): string | undefined;
  list(): readonly ResourceSummary[];
}

export const cloudFormation: Service = {
  DescribeStackResource: ({ stacks }, { StackName, LogicalResourceId }) => {
    const stack = stacks.get(StackName);
    if (!stack) throw awsError('ValidationError', `Stack '${StackName}' does not exist`);
    const ResourceStatus = stack.statusOf(LogicalResourceId);
    if (ResourceStatus === undefined) throw awsError('ValidationError', `Resource ${LogicalResourceId} does not exist for stack ${StackName}`);
    return { StackResourceDetail: { LogicalResourceId, ResourceStatus } };
  },
  ListStackResources: ({ stacks }, { StackName, NextToken = '0' }) => {
    const stack = stacks.get(StackName);
    if (!stack) throw awsError('ValidationError', `Stack with id ${StackName} does not exist`);
    const [all, from] = [stack.list(), Number(NextToken)];
    return { StackResourceSummaries: all.slice(from, from + PAGE), ...from + PAGE < all.length && { NextToken: String(from + PAGE) } };
  },
};
