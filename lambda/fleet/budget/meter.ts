import { DeployError } from '../../runtime/errors';
import { Outbound } from '../../runtime/resource';

/** The service says so with every answer; those that are left are for others of the subscription. */
const KEPT_FOR_OTHERS = 10;

/** No call is left: the next run goes on. */
export class NoCallLeft extends DeployError {
  public override readonly name = 'NoCallLeft';

  public constructor() {
    super('the calls of this run are used up; the next run goes on');
  }
}

/** Counts the calls of the service, repetitions too, and lets no more of them out than were booked. */
export class Meter {
  public called = 0;
  /** The service says that few calls are left. */
  public isShort = false;
  private booked = 0;

  public open(calls: number): void {
    this.booked = calls;
  }

  public get left(): number {
    return this.isShort ? 0 : Math.max(0, this.booked - this.called);
  }

  /** What the service says of its own limit wins. */
  public readonly seen = (headers: Headers): void => {
    const remaining = headers.get('X-RateLimit-Remaining');
    if (remaining !== null && /^\d+$/.test(remaining) && Number(remaining) <= KEPT_FOR_OTHERS) this.isShort = true;
  };

  public outbound(outbound: Outbound): Outbound {
    return async (step, call, host) => {
      if (step.startsWith('service:')) {
        if (this.left === 0) throw new NoCallLeft();
        this.called += 1;
      }
      return outbound(step, call, host);
    };
  }
}
