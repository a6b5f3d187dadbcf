import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStackResourceCommand, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SECURITY } from './accounts';
import type { Emulator } from '../../support/emulator/emulator';
import { waitUntil } from '../../support/emulator/wait-until';

const StackName = 'CentralSecurity';

/** A line in CloudWatch's embedded metric format. */
export type Metrics = Readonly<Record<string, unknown>>;

interface Rule {
  readonly Type: string;
  readonly Properties: { readonly Targets: readonly { readonly Arn: { readonly 'Fn::GetAtt': readonly [string, string] }; readonly Input: string }[] };
}

/** The rule of the deployed stack, without waiting for its day: the function that it names, with the input that it names. */
export class DailyRun {
  public constructor(private readonly emulator: Emulator) {}

  /** Calls the function; answers the metrics that it wrote. Throws what the function says when it fails. */
  public async call(): Promise<Metrics> {
    const { functionName, input } = await this.target();
    const before = this.metrics(functionName).length;
    const lambda = new LambdaClient(this.emulator.clientConfig(SECURITY));
    const { FunctionError, Payload } = await lambda.send(new InvokeCommand({ FunctionName: functionName, Payload: input }));
    if (FunctionError !== undefined) throw new Error(JSON.parse(Buffer.from(Payload!).toString('utf8')).errorMessage);
    if (!await waitUntil(() => this.metrics(functionName).length > before, 5_000)) throw new Error('the daily run wrote no metrics');
    return this.metrics(functionName).at(-1)!;
  }

  private metrics(functionName: string): Metrics[] {
    const file = join(this.emulator.functionOutputFolder, `${SECURITY}.${functionName}.log`);
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    return lines.filter((line) => line.startsWith('{"_aws"') && line.endsWith('}')).map((line) => JSON.parse(line));
  }

  private async target(): Promise<{ functionName: string; input: string }> {
    const client = new CloudFormationClient(this.emulator.clientConfig(SECURITY));
    const { TemplateBody } = await client.send(new GetTemplateCommand({ StackName }));
    const { Resources } = JSON.parse(TemplateBody!) as { Resources: Record<string, Rule> };
    const { Arn, Input } = Object.values(Resources).find(({ Type }) => Type === 'AWS::Events::Rule')!.Properties.Targets[0]!;
    const { StackResourceDetail } = await client.send(new DescribeStackResourceCommand({ StackName, LogicalResourceId: Arn['Fn::GetAtt'][0] }));
    return { functionName: StackResourceDetail!.PhysicalResourceId!, input: Input };
  }
}
