import { CloudFormationClient, DescribeStackEventsCommand, ListStacksCommand } from '@aws-sdk/client-cloudformation';
import { SECURITY } from './accounts';
import { ResourceMapping } from '../../support/emulator/cdk';
import { Emulator } from '../../support/emulator/emulator';

/** What identifies each of them to CloudFormation. */
const IDENTIFIERS: Readonly<Record<string, string>> = {
  'AWS::IAM::User': 'UserName', 'AWS::IAM::Group': 'GroupName', 'AWS::IAM::ManagedPolicy': 'PolicyArn', 'AWS::SecretsManager::Secret': 'Id',
};

/** What the deletion of a stack has left in its account, as CloudFormation remembers it and as `cdk import` takes it. */
export async function leftBehind(emulator: Emulator, stackName: string): Promise<ResourceMapping> {
  const client = new CloudFormationClient(emulator.clientConfig(SECURITY));
  const { StackSummaries = [] } = await client.send(new ListStacksCommand({ StackStatusFilter: ['DELETE_COMPLETE'] }));
  const deleted = StackSummaries.filter((stack) => stack.StackName === stackName)
    .sort((a, b) => Number(a.DeletionTime) - Number(b.DeletionTime)).at(-1);
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: deleted!.StackId }));
  return Object.fromEntries(StackEvents
    .filter(({ ResourceType, ResourceStatus }) => ResourceStatus === 'DELETE_SKIPPED' && ResourceType! in IDENTIFIERS)
    .map(({ LogicalResourceId, ResourceType, PhysicalResourceId }) => [LogicalResourceId!, { [IDENTIFIERS[ResourceType!]!]: PhysicalResourceId! }]));
}
