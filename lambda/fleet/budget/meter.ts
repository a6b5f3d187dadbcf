import { DeployError } from '../../runtime/errors';
import { Outbound } from '../../runtime/resource';

/** Those that are left are for others of the subscription. */
const KEPT_FOR_OTHERS = 10;
const HOUR_SECONDS = 3_600;

/** What the service says with every answer: of so many calls an hour so many are left. */
export interface Said {
  readonly limit: number;
  readonly remaining: number;
}

/** No call is left: the next run goes on. */
export class NoCallLeft extends DeployError {
  public override readonly name = 'NoCallLeft';

  public constructor() {
    super('the calls of this run are used up; the next run goes on');
  }
}

/** Counts the calls of the service, repetitions too, and lets no more of them out than are booked. */
export class Meter {
  /** Of the present booking. */
  public called = 0;
  /** The service says that few calls are left. */
  public isShort = false;
  public said?: Said;
  private booked = 0;

  /**
   * @param more books one call more where none is left, if it can
   */
  public constructor(private readonly more: () => Promise<boolean> = async () => false) {}

  public open(calls: number): void {
    [this.booked, this.called] = [calls, 0];
  }

  public get left(): number {
    return this.isShort ? 0 : Math.max(0, this.booked - this.called);
  }

  /** What the service says of its own limit wins. */
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
