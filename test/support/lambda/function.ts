import * as crypto from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import * as zlib from 'node:zlib';
import type { Answers } from '../cloudformation/answers';
import type { ConnectorServiceStandIn } from '../connector-service';
import type { FakeAws } from '../fake-aws/aws';
import { seededUuid } from '../seeded';
import type { VirtualTime } from '../virtual-time';
import { coldStart, Handler } from './bundle';
import { networkOf } from './network';
import { Process } from './process';
import { sdkModule } from './sdk';
import type { Traffic } from './traffic';

export interface FunctionWorld {
  readonly time: VirtualTime;
  readonly aws: FakeAws;
  readonly service: ConnectorServiceStandIn;
  readonly answers: Answers;
  readonly traffic: Traffic;
  readonly random: () => number;
  /** Everything that functions have written, line by line. */
  readonly log: string[];
}

/** How an invocation ended. Of `threw`, the text is what Lambda would write to the log and give to whoever waits. */
export interface Ended {
  readonly outcome: 'returned' | 'threw' | 'killed' | 'timed-out';
  readonly error?: Error;
}

interface Instance { readonly process: Process; readonly handler: Handler; readonly deployed: object; busy: boolean }

/** The library's own, in milliseconds. */
const TIMEOUT = 300_000;

/** A bundled handler as Lambda runs it: instances are reused while they are warm, and frozen between invocations. */
export class LambdaFunction {
  /** The environment of instances that start from now on. */
  private env: Readonly<Record<string, string>> = {};
  private instances: Instance[] = [];

  /** @param name of the handler in `lambda/` */
  public constructor(public readonly name: string, private readonly world: FunctionWorld) {}

  /** The next invocation is a cold start. */
  public restart(): void {
    this.env = { ...this.env };
  }

  /** As a deployment of the function does it: a cold start where the environment changes. */
  public configure(env: Readonly<Record<string, string>>): void {
    if (!isDeepStrictEqual(env, this.env)) this.env = env;
  }

  /** One invocation, whatever comes of it. Time passes meanwhile. */
  public async invoke(event: unknown): Promise<Ended> {
    return this.world.time.track(this.run(event));
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

  private async run(event: unknown): Promise<Ended> {
    const { time } = this.world;
    const instance = this.instances.find(({ busy, deployed }) => !busy && deployed === this.env) ?? this.start();
    const { process, handler } = instance;
    instance.busy = true;
    const end = time.now() + TIMEOUT;
    const context = { logStreamName: `2026/01/15/[$LATEST]${this.name}`, functionName: this.name, getRemainingTimeInMillis: () => end - time.now() };
    const ended = await new Promise<Ended>((resolve) => {
      const timer = time.setTimeout(() => {
        resolve({ outcome: 'timed-out' });
        process.kill();
      }, TIMEOUT);
      process.onKill = () => {
        time.clearTimeout(timer);
        resolve({ outcome: 'killed' });
      };
      process.thaw();
      // The event crosses the wire: nothing is shared with whoever sent it.
      handler(JSON.parse(JSON.stringify(event)), context).then(() => ({ outcome: 'returned' as const }), (error: Error) => ({ outcome: 'threw' as const, error }))
        .then((result) => {
          time.clearTimeout(timer);
          resolve(result);
        }, () => undefined);
    });
    if (ended.error) this.world.log.push(String(ended.error.stack ?? ended.error));
    process.freeze();
    instance.busy = false;
    if (process.state === 'dead' || instance.deployed !== this.env) this.instances = this.instances.filter((one) => one !== instance);
    return ended;
  }

  private start(): Instance {
    const { time, aws, service, answers, traffic, random, log } = this.world;
    const process = new Process(this.name);
    const modules: Readonly<Record<string, unknown>> = { 'node:crypto': { ...crypto, randomUUID: () => seededUuid(random) }, 'node:zlib': zlib };
    const write = (text: unknown) => { log.push(...String(text).split('\n').filter((line) => line !== '')); };
    const noSuchTimer = () => { throw new Error('the virtual world has no such timer; use setTimeout'); };
    const handler = coldStart(this.name, {
      require: (name) => {
        const found = sdkModule(name, aws, traffic, process) ?? modules[name];
        if (found === undefined) throw new Error(`the bundle of ${this.name} asks for ${name}, which this world does not have`);
        return found;
      },
      process: { env: { AWS_REGION: 'us-east-1', ...this.env }, stdout: { write } },
      fetch: networkOf(answers, service, traffic, process),
      setTimeout: (fire: () => void, milliseconds?: number) => time.setTimeout(fire, milliseconds, process),
      clearTimeout: (timer: unknown) => time.clearTimeout(timer),
      setInterval: noSuchTimer,
      setImmediate: noSuchTimer,
      Date: time.date,
      Math: Object.assign(Object.create(Math), { random }),
      console: { log: write, info: write, warn: write, error: write, debug: write },
    });
    const instance = { process, handler, deployed: this.env, busy: false };
    this.instances.push(instance);
    return instance;
  }
}
