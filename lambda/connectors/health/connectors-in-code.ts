import { CloudFormationClient, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { CONNECTOR_RESOURCE_TYPE } from '../../../src/wire/connector';
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

const STANDS = /_COMPLETE$/;

/** By what CloudFormation says of the stack, so that no list has to be carried. */
export function stackResources(outbound: Outbound): ConnectorsInCode {
  const client = new CloudFormationClient({});
  return {
    list: async (StackName) => {
      const found: ConnectorInCode[] = [];
      const seen = new Set<string>();
      let NextToken: string | undefined;
      do {
        const page = new ListStackResourcesCommand({ StackName, NextToken });
        const answer = await outbound('cloudformation:ListStackResources', () => client.send(page));
        for (const { ResourceType, ResourceStatus = '', LogicalResourceId: logicalId = '', PhysicalResourceId: physicalId = '' } of answer.StackResourceSummaries ?? []) if (ResourceType === CONNECTOR_RESOURCE_TYPE && STANDS.test(ResourceStatus) && ResourceStatus !== 'DELETE_COMPLETE') found.push({ logicalId, physicalId });

        ({ NextToken } = answer);
        // One that comes twice would never end.
        if (NextToken !== undefined && seen.has(NextToken)) throw new Error('CloudFormation has answered with the same page again');
        if (NextToken !== undefined) seen.add(NextToken);
      } while (NextToken !== undefined);
      return found;
    },
  };
}
