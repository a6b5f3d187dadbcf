import { CloudFormationClient, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { CONNECTOR_RESOURCE_TYPE } from '../../../src/wire/connector';
import { allPages } from '../../accounts/pages';
import { Outbound } from '../../runtime/resource';

/** A connector that a stack has in code, and that stands there as the code has it. */
export interface ConnectorInCode {
  readonly logicalId: string;
  readonly physicalId: string;
}

export interface ConnectorsInCode {
  /** Without those that a deployment is about to make, change or delete, or could not. */
  list(stackId: string): Promise<readonly ConnectorInCode[]>;
}

const STANDS = /^(?!DELETE_).*_COMPLETE$/;

/** By what CloudFormation says of the stack, so that no list has to be carried. */
export function stackResources(outbound: Outbound): ConnectorsInCode {
  const client = new CloudFormationClient({});
  return {
    list: async (StackName) => allPages('ListStackResources', async (NextToken) => {
      const command = new ListStackResourcesCommand({ StackName, NextToken });
      const { StackResourceSummaries = [], NextToken: next } = await outbound('cloudformation:ListStackResources', () => client.send(command));
      const standing = StackResourceSummaries.filter(({ ResourceType, ResourceStatus = '' }) => ResourceType === CONNECTOR_RESOURCE_TYPE && STANDS.test(ResourceStatus));
      return { items: standing.map(({ LogicalResourceId: logicalId = '', PhysicalResourceId: physicalId = '' }) => ({ logicalId, physicalId })), next };
    }),
  };
}
