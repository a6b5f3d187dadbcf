import {
  ChangeSetType, CloudFormationClient, CreateChangeSetCommand, CreateChangeSetCommandInput, CreateStackCommand, CreateStackCommandInput,
  DeleteStackCommand, DescribeChangeSetCommand, DescribeStackEventsCommand, DescribeStacksCommand, ExecuteChangeSetCommand,
  ExecuteChangeSetCommandInput, ResourceToImport, RollbackStackCommand, Stack, UpdateStackCommand, UpdateStackCommandInput,
} from '@aws-sdk/client-cloudformation';
import { waitUntil } from './processes/wait-until';

/** The resources of a template, by logical ID. */
export type Resources = Readonly<Record<string, object>>;

export interface Template {
  readonly Resources: Resources;
  readonly Mappings?: object;
  readonly Outputs?: object;
}

const TIME = 30_000;

/** Stacks from templates in the code; each call returns the stack once the operation is over, however it went. */
export class Stacks {
  private changeSets = 0;

  public constructor(private readonly client: CloudFormationClient) {}

  public async create(StackName: string, template: Template, more: Partial<CreateStackCommandInput> = {}): Promise<Stack> {
    const { StackId } = await this.client.send(new CreateStackCommand({ StackName, ...bodyOf(template), ...more }));
    return this.settled(StackId!);
  }

  public async update(StackName: string, template: Template, more: Partial<UpdateStackCommandInput> = {}): Promise<Stack> {
    const { StackId } = await this.client.send(new UpdateStackCommand({ StackName, ...bodyOf(template), ...more }));
    return this.settled(StackId!);
  }

  public async delete(StackName: string): Promise<Stack> {
    const { Stacks: [stack] = [] } = await this.client.send(new DescribeStacksCommand({ StackName }));
    await this.client.send(new DeleteStackCommand({ StackName }));
    return this.settled(stack!.StackId!);
  }

  /** Why the first of its resources failed in all that has happened to it; the stack's own words where none did. */
  public async reasonOf(StackName: string): Promise<string> {
    const { StackEvents = [] } = await this.client.send(new DescribeStackEventsCommand({ StackName }));
    const failed = StackEvents.reverse().filter(({ ResourceStatus }) => ResourceStatus?.endsWith('_FAILED'));
    return (failed.find(({ PhysicalResourceId, StackId }) => PhysicalResourceId !== StackId) ?? failed[0])?.ResourceStatusReason ?? '';
  }

  /** Makes the stack of resources that exist already; the change set has to be one that can be executed. */
  public async import(StackName: string, template: Template, ResourcesToImport: ResourceToImport[]): Promise<Stack> {
    return this.execute(StackName, 'IMPORT', template, { ResourcesToImport });
  }

  /** Makes the stack, and takes into it what it names and exists already. */
  public async createWithExisting(StackName: string, template: Template): Promise<Stack> {
    return this.execute(StackName, 'CREATE', template, { ImportExistingResources: true });
  }

  /** Creates or updates by a change set, as the CDK CLI does it. */
  public async deploy(
    StackName: string, type: ChangeSetType, template: Template,
    more: Partial<CreateChangeSetCommandInput> = {}, execution: Partial<ExecuteChangeSetCommandInput> = {},
  ): Promise<Stack> {
    return this.execute(StackName, type, template, more, execution);
  }

  /** Takes back what a failed operation has left whose rollback was disabled. */
  public async rollBack(StackName: string): Promise<Stack> {
    const { StackId } = await this.client.send(new RollbackStackCommand({ StackName }));
    return this.settled(StackId!);
  }

  private async execute(StackName: string, type: ChangeSetType, template: Template, more: object, execution: object = {}): Promise<Stack> {
    const { Id, StackId } = await this.client.send(new CreateChangeSetCommand({
      StackName, ChangeSetName: `change-set-${++this.changeSets}`, ChangeSetType: type, ...bodyOf(template), ...more,
    }));
    const { ExecutionStatus, StatusReason } = await this.client.send(new DescribeChangeSetCommand({ ChangeSetName: Id }));
    if (ExecutionStatus !== 'AVAILABLE') throw new Error(StatusReason);
    await this.client.send(new ExecuteChangeSetCommand({ ChangeSetName: Id, ...execution }));
    return this.settled(StackId!);
  }

  private async settled(stackId: string): Promise<Stack> {
    let stack: Stack | undefined;
    const isOver = async () => {
      stack = (await this.client.send(new DescribeStacksCommand({ StackName: stackId }))).Stacks?.[0];
      return stack?.StackStatus?.endsWith('_IN_PROGRESS') === false;
    };
    if (!await waitUntil(isOver, TIME)) throw new Error(`the stack is still ${stack?.StackStatus} after ${TIME / 1000} s: ${stackId}`);
    return stack!;
  }
}

function bodyOf(template: Template): { TemplateBody: string; Capabilities: ['CAPABILITY_NAMED_IAM'] } {
  return { TemplateBody: JSON.stringify(template), Capabilities: ['CAPABILITY_NAMED_IAM'] };
}
