import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { Construct, IDependable } from 'constructs';
import { HandlerFunction } from './handler-function';

export interface ScheduledTask {
  readonly handler: HandlerFunction;
  readonly description: string;
  /** Expression of EventBridge, e.g. `rate(1 day)`. */
  readonly expression: string;
  /** Input of the function, as JSON. */
  readonly input: string;
  /** Constructs that have to exist before the task runs. */
  readonly needs: readonly IDependable[];
  /** ID of the construct of the right. The default is the ID of the rule with `Invocation` behind it. */
  readonly invocationId?: string;
}

/** Makes a rule that runs the function on a schedule, and gives the rule the right to invoke it. */
export function schedule(scope: Construct, id: string, { handler, description, expression, input, needs, invocationId = `${id}Invocation` }: ScheduledTask): CfnRule {
  const rule = new CfnRule(scope, id, {
    description,
    scheduleExpression: expression,
    state: 'ENABLED',
    targets: [{ id: 'Function', arn: handler.functionArn, input }],
  });
  rule.node.addDependency(...needs);
  new CfnPermission(scope, invocationId, {
    action: 'lambda:InvokeFunction',
    functionName: handler.function.functionArn,
    principal: 'events.amazonaws.com',
    sourceArn: rule.attrArn,
  });
  return rule;
}
