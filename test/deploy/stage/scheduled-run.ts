import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStackResourceCommand, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SECURITY } from './accounts';
import type { Emulator } from '../../support/emulator/emulator';
import { waitUntil } from '../../support/emulator/processes/wait-until';

/** A line in CloudWatch's embedded metric format. */
export type Metrics = Readonly<Record<string, unknown>>;

interface Rule {
  readonly Type: string;
  readonly Properties: { readonly Targets: readonly { readonly Arn: { readonly 'Fn::GetAtt': readonly [string, string] }; readonly Input: string }[] };
}

/** The rule of a deployed stack in Central Security, without waiting for its time: the function that it names, with the input that it names. */
export class ScheduledRun {
  public constructor(private readonly emulator: Emulator, private readonly stackName: string) {}

  /**
   * Calls the function; answers the metrics that it wrote. Throws what the function says when it fails.
   *
   * @param changes what is handed over in place of what the rule would
   */
  public async call(changes: object = {}): Promise<Metrics> {
    const { functionName, input } = await this.target();
    const before = this.metrics(functionName).length;
    const lambda = new LambdaClient(this.emulator.clientConfig(SECURITY));
    const event = JSON.stringify({ ...JSON.parse(input), ...changes });
    const { FunctionError, Payload } = await lambda.send(new InvokeCommand({ FunctionName: functionName, Payload: event }));
    if (FunctionError !== undefined) throw new Error(JSON.parse(Buffer.from(Payload!).toString('utf8')).errorMessage);
    if (!await waitUntil(() => this.metrics(functionName).length > before, 5_000)) throw new Error('the run wrote no metrics');
    return this.metrics(functionName).at(-1)!;
  }

  /** What the function has said with this outcome, oldest first. */
  public async told(outcome: string): Promise<string[]> {
    const { functionName } = await this.target();
    return this.lines(functionName).filter((line) => line.includes(`"outcome":"${outcome}"`)).map((line) => JSON.parse(line).reason as string);
  }

  private metrics(functionName: string): Metrics[] {
    return this.lines(functionName).filter((line) => line.startsWith('{"_aws"')).map((line) => JSON.parse(line));
  }

  /** Whole ones. */
  private lines(functionName: string): string[] {
    const file = join(this.emulator.functionOutputFolder, `${SECURITY}.${functionName}.log`);
    return (existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []).filter((line) => line.startsWith('{') && line.endsWith('}'));
  }

  private async target(): Promise<{ functionName: string; input: string }> {
    const client = new CloudFormationClient(this.emulator.clientConfig(SECURITY));
    const { TemplateBody } = await client.send(new GetTemplateCommand({ StackName: this.stackName }));
    const { Resources } = JSON.parse(TemplateBody!) as { Resources: Record<string, Rule> };
    const { Arn, Input } = Object.values(Resources).find(({ Type }) => Type === 'AWS::Events::Rule')!.Properties.Targets[0]!;
    const { StackResourceDetail } = await client.send(new DescribeStackResourceCommand({ StackName: this.stackName, LogicalResourceId: Arn['Fn::GetAtt'][0] }));
    return { functionName: StackResourceDetail!.PhysicalResourceId!, input: Input };
  }
}
