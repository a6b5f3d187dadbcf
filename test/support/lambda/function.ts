import { isDeepStrictEqual } from 'node:util';
import type { Answers } from '../cloudformation/answers';
import type { ConnectorServiceStandIn } from '../connector-service';
import type { FakeAws } from '../fake-aws/aws';
import type { VirtualTime } from '../virtual-time';
import type { Handler } from './bundle';
import { Process } from './process';
import { Seat, Seats } from './seat';
import type { Traffic } from './traffic';

export interface FunctionWorld {
  readonly time: VirtualTime;
  readonly aws: FakeAws;
  readonly service: ConnectorServiceStandIn;
  /** The service on a platform of its own. */
  readonly otherPlatform?: ConnectorServiceStandIn;
  readonly answers: Answers;
  readonly traffic: Traffic;
  readonly random: () => number;
  /** Everything that functions have written, line by line. */
  readonly log: string[];
  /** Bundles that were evaluated for earlier worlds; every cold start evaluates unless given. */
  readonly seats?: Seats;
}

/** How an invocation ended. Of `threw`, the text is what Lambda would write to the log and give to whoever waits. */
export interface Ended {
  readonly outcome: 'returned' | 'threw' | 'killed' | 'timed-out';
  readonly error?: Error;
}

interface Instance { readonly process: Process; readonly handler: Handler; readonly deployed: object; readonly seat: Seat; busy: boolean }

export interface FunctionOptions {
  /** ARN of the role that it signs with; what it may do is not asked unless given. */
  readonly role?: string;
  /** Seconds that an invocation may take. */
  readonly timeout: number;
}

/** A bundled handler as Lambda runs it: instances are reused while they are warm, and frozen between invocations. */
export class LambdaFunction {
  /** The environment of instances that start from now on. */
  private env: Readonly<Record<string, string>> = {};
  private instances: Instance[] = [];

  /** @param name of the handler in `lambda/` */
  public constructor(public readonly name: string, private readonly world: FunctionWorld, private readonly options: FunctionOptions) {}

  /** The next invocation is a cold start. */
  public restart(): void {
    this.env = { ...this.env };
  }

  /** As a deployment of the function does it: a cold start where the environment changes. */
  public configure(env: Readonly<Record<string, string>>): void {
    if (!isDeepStrictEqual(env, this.env)) this.env = env;
  }

  /** Of instances that start from now on. */
  public get environment(): Readonly<Record<string, string>> {
    return this.env;
  }

  /** As the function of another stack, which has the other's ID in its environment. */
  public async servingInstead<T>(own: string, other: string, work: () => Promise<T>): Promise<T> {
    const before = this.env;
    this.configure(Object.fromEntries(Object.entries(before).map(([name, value]) => [name, value.replaceAll(own, other)])));
    try {
      return await work();
    } finally {
      this.env = before;
    }
  }

  /** One invocation, whatever comes of it; what it answers is handed over. Time passes meanwhile. */
  public async invoke(event: unknown, take?: (answer: unknown) => void): Promise<Ended> {
    return this.world.time.track(this.run(event, take));
  }

  /** As CloudFormation and EventBridge invoke: a failed invocation is repeated, with the same event, after one and after two minutes. */
  public async deliver(event: unknown): Promise<Ended> {
    const { time } = this.world;
    return time.track((async () => {
      for (const pause of [60_000, 120_000]) {
        const ended = await this.run(event);
        if (ended.outcome === 'returned') return ended;
        await time.sleep(pause);
      }
      return this.run(event);
    })());
  }

  private async run(event: unknown, take?: (answer: unknown) => void): Promise<Ended> {
    const { time } = this.world;
    const instance = this.instances.find(({ busy, deployed }) => !busy && deployed === this.env) ?? this.start();
    const { process, handler } = instance;
    instance.busy = true;
    const milliseconds = this.options.timeout * 1_000;
    const end = time.now() + milliseconds;
    const context = { logStreamName: `2026/01/15/[$LATEST]${this.name}`, functionName: this.name, getRemainingTimeInMillis: () => end - time.now() };
    const ended = await new Promise<Ended>((resolve) => {
      const timer = time.setTimeout(() => {
        resolve({ outcome: 'timed-out' });
        process.kill();
      }, milliseconds);
      process.onKill = () => {
        time.clearTimeout(timer);
        resolve({ outcome: 'killed' });
      };
      process.thaw();
      // The event crosses the wire: nothing is shared with whoever sent it.
      handler(JSON.parse(JSON.stringify(event)), context).then((answer) => {
        take?.(answer);
        return { outcome: 'returned' as const };
      }, (error: Error) => ({ outcome: 'threw' as const, error }))
        .then((result) => {
          time.clearTimeout(timer);
          resolve(result);
        }, () => undefined);
    });
    if (ended.error) this.world.log.push(String(ended.error.stack ?? ended.error));
    process.freeze();
    instance.busy = false;
    if (process.state === 'dead' || instance.deployed !== this.env) this.drop(instance);
    return ended;
  }

  /** It is deleted, or its world has ended: what it leaves can serve another one, once its work is done. */
  public end(): void {
    this.restart();
    this.instances.filter(({ busy }) => !busy).forEach((instance) => this.drop(instance));
  }

  private start(): Instance {
    const process = new Process(this.name, this.options.role);
    const home = { world: this.world, process, env: this.env };
    const seat = this.world.seats?.take(this.name, home) ?? new Seat(this.name, home);
    const instance = { process, handler: seat.handler, deployed: this.env, seat, busy: false };
    this.instances.push(instance);
    return instance;
  }

  private drop(instance: Instance): void {
    this.instances = this.instances.filter((one) => one !== instance);
    if (instance.process.state === 'frozen' && !instance.busy) this.world.seats?.giveBack(this.name, instance.seat);
  }
}
