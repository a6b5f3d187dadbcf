import { CloudFormationClient, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { CONNECTOR_RESOURCE_TYPE } from '../../../src/wire/connector';
import { allPages } from '../../accounts/pages';
import { Outbound } from '../../runtime/resource';

/** A connector that a stack has deployed from its code. */
export interface ConnectorInCode {
  readonly logicalId: string;
  readonly physicalId: string;
}

export interface ConnectorsInCode {
  /** Leaves out connectors that a deployment is making, changing or deleting, or failed to. */
  list(stackId: string): Promise<readonly ConnectorInCode[]>;
}

const STANDS = /^(?!DELETE_).*_COMPLETE$/;

/** Reads them from CloudFormation, so nothing has to carry a list. */
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
