import { Construct, IDependable } from 'constructs';
import { HandlerFunction } from '../../../private/handler-function';
import { schedule } from '../../../private/schedule';
import { DAILY_RUN_EVENT } from '../../../wire/base-account';

/** Runs the function once a day for the registration. The schedule is deleted with the function, because it would fail without it. */
export function scheduleDailyRun(scope: Construct, handler: HandlerFunction, purpose: string, needs: readonly IDependable[]): void {
  schedule(scope, 'DailyRun', {
    handler,
    description: `Daily run of cdk-qualys-connectors: ${purpose}.`,
    expression: 'rate(1 day)',
    input: JSON.stringify(DAILY_RUN_EVENT),
    needs,
  });
}
