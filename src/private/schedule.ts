import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { Construct, IDependable } from 'constructs';
import { HandlerFunction } from './handler-function';

export interface ScheduledTask {
  readonly handler: HandlerFunction;
  readonly description: string;
  /** As EventBridge takes it: `rate(1 day)`. */
  readonly expression: string;
  /** What the function is handed, as JSON. */
  readonly input: string;
  /** What the task needs to do its work. */
  readonly needs: readonly IDependable[];
}

/** Has the function called time and again: a rule, and the right of that rule to call it. */
export function schedule(scope: Construct, id: string, { handler, description, expression, input, needs }: ScheduledTask): CfnRule {
  const rule = new CfnRule(scope, id, {
    description,
    scheduleExpression: expression,
    state: 'ENABLED',
    targets: [{ id: 'Function', arn: handler.functionArn, input }],
  });
  rule.node.addDependency(...needs);
  new CfnPermission(scope, `${id}Invocation`, {
    action: 'lambda:InvokeFunction',
    functionName: handler.function.functionArn,
    principal: 'events.amazonaws.com',
    sourceArn: rule.attrArn,
  });
  return rule;
}
