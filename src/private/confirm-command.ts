import { Aws, CfnOutput, Lazy, Stack } from 'aws-cdk-lib';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { ownChild } from './stacks';
import { CONFIRM_EVENT } from '../wire/common';

const ID = 'ConfirmCommand';

/** Longer than a function may run. By default, the AWS CLI would repeat the call after a minute, while the function still works on the first one. */
const READ_TIMEOUT_SECONDS = 910;

/** The output of a stack with the commands that make its functions check at once and answer in sentences. */
class ConfirmCommand extends CfnOutput {
  private readonly asked: IFunction[] = [];

  public constructor(stack: Stack) {
    super(stack, ID, {
      value: Lazy.string({ produce: () => this.asked.map(commandOf).join('; ') }),
      description: 'Looks now, changes nothing but what is to be judged yet, and says in words how the base account and the connectors of this stack stand',
    });
  }

  /** @internal */
  public _ask(handler: IFunction): void {
    if (!this.asked.includes(handler)) this.asked.push(handler);
  }
}

/** Adds the function to the command of its stack. */
export function confirmBy(handler: IFunction): void {
  const stack = Stack.of(handler);
  (ownChild<ConfirmCommand>(stack, ID, '_ask') ?? new ConfirmCommand(stack))._ask(handler);
}

function commandOf({ functionName }: IFunction): string {
  return `aws lambda invoke --function-name ${functionName} --payload '${JSON.stringify(CONFIRM_EVENT)}' --cli-binary-format raw-in-base64-out `
    + `--cli-read-timeout ${READ_TIMEOUT_SECONDS} --region ${Aws.REGION} /dev/stdout`;
}
