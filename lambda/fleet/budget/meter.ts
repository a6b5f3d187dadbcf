import { DeployError } from '../../runtime/errors';
import { Outbound } from '../../runtime/resource';

/** The last calls of the subscription in an hour are kept for other programs. */
const KEPT_FOR_OTHERS = 10;
const HOUR_SECONDS = 3_600;

/** The numbers that the service sends with every answer: the calls of an hour, and how many of them are left. */
export interface Said {
  readonly limit: number;
  readonly remaining: number;
}

/** Thrown when the run has no call left. The next run continues. */
export class NoCallLeft extends DeployError {
  public override readonly name = 'NoCallLeft';

  public constructor() {
    super('the calls of this run are used up; the next run continues');
  }
}

/** Counts the calls of the service, also repeated ones, and refuses calls that are not booked. */
export class Meter {
  /** The calls made of the present booking. */
  public called = 0;
  /** Whether the service says that no more calls are left than those kept for others. */
  public isShort = false;
  public said?: Said;
  private booked = 0;

  /**
   * @param more books one more call if none is left, and answers whether it could
   */
  public constructor(private readonly more: () => Promise<boolean> = async () => false) {}

  public open(calls: number): void {
    [this.booked, this.called] = [calls, 0];
  }

  public get left(): number {
    return this.isShort ? 0 : Math.max(0, this.booked - this.called);
  }

  /** Takes the service's own limit from an answer. It has priority over the bookings. */
  public readonly seen = (headers: Headers): void => {
    const [remaining, limit, seconds] = ['Remaining', 'Limit', 'Window-Sec'].map((name) => numberOf(headers.get(`X-RateLimit-${name}`)));
    if (remaining !== undefined && remaining <= KEPT_FOR_OTHERS) this.isShort = true;
    if (remaining !== undefined && limit !== undefined && seconds === HOUR_SECONDS) this.said = { limit, remaining };
  };

  public outbound(outbound: Outbound): Outbound {
    return async (step, call, host) => {
      if (step.startsWith('service:')) {
        if (this.left === 0 && !await this.more()) throw new NoCallLeft();
        this.called += 1;
      }
      return outbound(step, call, host);
    };
  }
}

function numberOf(text: string | null): number | undefined {
  return text !== null && /^\d+$/.test(text) ? Number(text) : undefined;
}
