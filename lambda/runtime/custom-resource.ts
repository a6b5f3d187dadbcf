import { Answer, answerBody } from './answer';
import { startDeadline } from './calls/deadline';
import { endpointDefect } from './calls/hosts';
import { createOutbound } from './calls/outbound';
import { NotBegun } from './errors';
import { readEvent, ReceivedEvent } from './event';
import { describeFailure, errorFields, timeIsUp } from './failure';
import { Plan, planFor } from './plan';
import { putAnswer } from './put';
import { createLog, Log } from './redaction/log';
import { Redactor } from './redaction/redact';
import { CustomResource } from './resource';
import { RuntimeWorld } from './world';

/** The used part of Lambda's context. */
export interface FunctionContext {
  readonly logStreamName: string;
  getRemainingTimeInMillis(): number;
}

export type CustomResourceHandler = (event: unknown, context: FunctionContext) => Promise<void>;

/**
 * Makes a Lambda handler of a custom resource. It gives exactly one answer to each request, whatever happens. It does not throw, because
 * Lambda repeats a failed invocation.
 */
export function customResourceHandler<P>(resource: CustomResource<P>, world: RuntimeWorld): CustomResourceHandler {
  return async (rawEvent, context) => {
    const event = readEvent(rawEvent, world.env);
    const redactor = new Redactor();
    if (event.responseUrl !== undefined) protectUrl(redactor, event.responseUrl);
    const { requestId, requestType, resourceType, logicalId } = event;
    const log = createLog(world.write, redactor, { requestId, requestType, resourceType, logicalId });
    if (event.responseUrl === undefined) {
      log({ step: 'request', outcome: 'refused', reason: 'the event has no usable ResponseURL: it must be https to AWS' });
      return;
    }
    const start = world.clock.now();
    log({ step: 'request', outcome: 'begun' });
    const result = await work(planFor(resource, event, endpointDefect(world.env)), event, context, redactor, log, world);
    const where = `log stream ${context.logStreamName}, request ${requestId}`;
    const answer: Answer = { ...result, reason: redactor.redact(result.reason), where };
    log({ step: 'request', outcome: answer.status, ms: world.clock.now() - start, reason: answer.reason });
    const body = answerBody(event, answer) as Uint8Array<ArrayBuffer>;
    await putAnswer({ ...world, url: event.responseUrl, body, log, remaining: () => context.getRemainingTimeInMillis() });
  };
}

type Result = Pick<Answer, 'status' | 'physicalId' | 'reason' | 'data'>;

async function work(plan: Plan, event: ReceivedEvent, context: FunctionContext, redactor: Redactor, log: Log, world: RuntimeWorld): Promise<Result> {
  const failed = (reason: string, physicalId = plan.failedId): Result => ({ status: 'FAILED', physicalId, reason });
  const deadline = startDeadline(() => context.getRemainingTimeInMillis());
  const { outbound, stepOf } = createOutbound(deadline, world.clock, log, world.callTimeout);
  const { requestId, stackId, logicalId } = event;
  const run = async (): Promise<Result> => {
    try {
      const data = await plan.run({ requestId, stackId, logicalId, deadline, outbound, redactor, tell: (reason, about) => log({ step: 'work', outcome: 'told', ...about, reason }) });
      return { status: 'SUCCESS', physicalId: plan.physicalId, reason: '', data };
    } catch (thrown) {
      const { isBegun, error } = causeOf(thrown);
      log({ step: 'work', outcome: 'failed', ...errorFields(error) });
      return failed(describeFailure(error, stepOf(error)), isBegun ? undefined : plan.notBegunId);
    }
  };
  const guard = deadline.expired.then(() => failed(timeIsUp(stepOf(undefined))));
  try {
    return await Promise.race([guard, run()]);
  } finally {
    deadline.stop();
  }
}

/** A thrown object may itself throw when it is read. */
function causeOf(thrown: unknown): { readonly isBegun: boolean; readonly error: unknown } {
  try {
    return thrown instanceof NotBegun ? { isBegun: false, error: thrown.cause } : { isBegun: true, error: thrown };
  } catch {
    return { isBegun: true, error: thrown };
  }
}

/** Protects the values in the query of the URL, because they give the right to write the answer. */
function protectUrl(redactor: Redactor, url: string): void {
  redactor.protect(url);
  // Not every value is secret, but hiding a date or an algorithm does no harm. A short value could be part of a word.
  [...new URL(url).searchParams.values()].filter((value) => value.length >= 16).forEach((value) => redactor.protect(value));
}
