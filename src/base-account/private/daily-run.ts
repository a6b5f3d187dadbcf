import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { Construct, IDependable } from 'constructs';
import { HandlerFunction } from '../../private/handler-function';
import { DAILY_RUN_EVENT } from '../../wire/base-account';

/** Has the function look after the registration once a day. It goes with the function: a schedule without one would fail time and again. */
export function scheduleDailyRun(scope: Construct, handler: HandlerFunction, purpose: string, needs: readonly IDependable[]): void {
  const dailyRun = new CfnRule(scope, 'DailyRun', {
    description: `Daily run of cdk-qualys-connectors: ${purpose}.`,
    scheduleExpression: 'rate(1 day)',
    state: 'ENABLED',
    targets: [{ id: 'Function', arn: handler.functionArn, input: JSON.stringify(DAILY_RUN_EVENT) }],
  });
  dailyRun.node.addDependency(...needs);
  new CfnPermission(scope, 'DailyRunInvocation', {
    action: 'lambda:InvokeFunction',
    functionName: handler.function.functionArn,
    principal: 'events.amazonaws.com',
    sourceArn: dailyRun.attrArn,
  });
}
