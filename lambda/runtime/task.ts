import { startDeadline } from './calls/deadline';
import { endpointDefect } from './calls/hosts';
import { createOutbound } from './calls/outbound';
import { FunctionContext } from './custom-resource';
import { DeadlineExceeded, DeployError } from './errors';
import { describeFailure, errorFields } from './failure';
import { createLog } from './redaction/log';
import { Redactor } from './redaction/redact';
import { Invocation } from './resource';
import { RuntimeWorld } from './world';

/**
 * Runs work without an answer URL: a step of a rotation, the daily run, a question of a person. It has the guard of a request. It throws a
 * failure, so that Secrets Manager or EventBridge sees it and tries again. The text of the failure is safe to show.
 */
export async function runTask<T>(
  name: string, context: FunctionContext, world: RuntimeWorld, work: (invocation: Invocation) => Promise<T>,
): Promise<T> {
  const redactor = new Redactor();
  const log = createLog(world.write, redactor, { requestType: name });
  const deadline = startDeadline(() => context.getRemainingTimeInMillis());
  const { outbound, stepOf } = createOutbound(deadline, world.clock, log, world.callTimeout);
  const begun = world.clock.now();
  log({ step: 'task', outcome: 'begun' });
  try {
    const defect = endpointDefect(world.env);
    if (defect !== undefined) throw new DeployError(defect);
    const guard = deadline.expired.then(() => { throw new DeadlineExceeded(stepOf(undefined) ?? name); });
    const result = await Promise.race([guard, work({ deadline, outbound, redactor, tell: (reason, about) => log({ step: 'task', outcome: 'told', ...about, reason }) })]);
    log({ step: 'task', outcome: 'done', ms: world.clock.now() - begun });
    return result;
  } catch (error) {
    const reason = redactor.redact(describeFailure(error, stepOf(error)));
    log({ step: 'task', outcome: 'failed', ...errorFields(error), reason });
    // It does not throw the error itself, because Lambda writes message, stack and causes to the log.
    throw new TaskFailed(reason);
  } finally {
    deadline.stop();
  }
}

/** The error that Lambda reports for a failed task. */
export class TaskFailed extends Error {
  public override readonly name = 'TaskFailed';

  public constructor(reason: string) {
    super(reason);
    this.stack = `TaskFailed: ${reason}`;
  }
}
