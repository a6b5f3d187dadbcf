import * as crypto from 'node:crypto';
import * as zlib from 'node:zlib';
import { coldStart, Handler } from './bundle';
import type { FunctionWorld } from './function';
import { networkOf } from './network';
import { Process } from './process';
import { sdkModule } from './sdk';
import { seededUuid } from '../seeded';

/** Where a bundle is at home for now. */
interface Home {
  readonly world: FunctionWorld;
  readonly process: Process;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * A bundle that was evaluated once, and the world that it sees through everything that it was given: it can move to another
 * one when its instance is over, as nothing of it is kept in the bundle. That saves the evaluation, and what the engine has
 * learned of the code stays.
 */
export class Seat {
  public readonly handler: Handler;
  private home!: Home;

  public constructor(name: string, home: Home) {
    this.home = home;
    const seat = this;
    const write = (text: unknown) => { seat.home.world.log.push(...String(text).split('\n').filter((line) => line !== '')); };
    const noSuchTimer = () => { throw new Error('the virtual world has no such timer; use setTimeout'); };
    // Each is what it is in the world of the moment.
    const aws = follow(() => seat.home.world.aws);
    const answers = follow(() => seat.home.world.answers);
    const traffic = follow(() => seat.home.world.traffic);
    const current = () => seat.home.process;
    const modules: Readonly<Record<string, unknown>> = {
      'node:crypto': { ...crypto, randomUUID: () => seededUuid(seat.home.world.random) }, 'node:zlib': zlib,
    };
    this.handler = coldStart(name, {
      require: (module) => {
        const found = sdkModule(module, aws, traffic, current) ?? modules[module];
        if (found === undefined) throw new Error(`the bundle of ${name} asks for ${module}, which this world does not have`);
        return found;
      },
      process: { env: environment(() => ({ AWS_REGION: seat.home.world.aws.region, ...seat.home.env })), stdout: { write } },
      fetch: networkOf(answers, () => seat.home.world, traffic, current),
      setTimeout: (fire: () => void, milliseconds?: number) => seat.home.world.time.setTimeout(fire, milliseconds, seat.home.process),
      clearTimeout: (timer: unknown) => seat.home.world.time.clearTimeout(timer),
      setInterval: noSuchTimer,
      setImmediate: noSuchTimer,
      Date: dateOf(() => seat.home.world.time.now()),
      Math: Object.assign(Object.create(Math), { random: () => seat.home.world.random() }),
      console: { log: write, info: write, warn: write, error: write, debug: write },
    });
  }

  public moveTo(home: Home): this {
    this.home = home;
    return this;
  }
}

/** Bundles that wait for their next world, by name. */
export class Seats {
  private readonly free = new Map<string, Seat[]>();

  public take(name: string, home: Home): Seat {
    return this.free.get(name)?.pop()?.moveTo(home) ?? new Seat(name, home);
  }

  /** Not one that was killed, or that something in it still waits for: those come to no end. */
  public giveBack(name: string, seat: Seat): void {
    this.free.set(name, [...this.free.get(name) ?? [], seat]);
  }
}

function follow<T extends object>(current: () => T): T {
  return new Proxy({} as T, {
    get: (_, key) => {
      const target = current();
      const value = Reflect.get(target, key, target) as unknown;
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** One object for the life of the process, as Node has it. */
function environment(current: () => Readonly<Record<string, string>>): object {
  return new Proxy({}, {
    get: (_, key) => Reflect.get(current(), key) as unknown,
    has: (_, key) => key in current(),
    ownKeys: () => Object.keys(current()),
    getOwnPropertyDescriptor: (_, key) => ({ value: Reflect.get(current(), key) as unknown, enumerable: true, configurable: true }),
  });
}

function dateOf(now: () => number): DateConstructor {
  return class extends Date {
    public static override now(): number {
      return now();
    }

    public constructor(...args: unknown[]) {
      super(...(args.length === 0 ? [now()] : args) as [number]);
    }
  } as DateConstructor;
}
