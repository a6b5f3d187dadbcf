import { Environment } from './calls/hosts';

/** The time. A handler gets it as an argument, so that tests can control it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

/** From 0 up to 1, for jitter only. */
export type Random = () => number;

/** Node's own client. It is an argument so that tests can give one that trusts their certificate authority. */
export type Fetch = typeof globalThis.fetch;

/** What a handler takes from outside, so that tests can control it. */
export interface RuntimeWorld {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly random: Random;
  /** The environment of the function, which the deployment fixes. */
  readonly env: Environment;
  /**
   * Milliseconds for one call of AWS.
   *
   * @default 40000
   */
  readonly callTimeout?: number;
  /** Takes one line of the log. */
  write(line: string): void;
}

/** The real world of a function in Lambda. */
export const systemWorld: RuntimeWorld = {
  fetch,
  clock: {
    now: () => Date.now(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  },
  random: Math.random,
  env: process.env,
  write: (line) => { process.stdout.write(`${line}\n`); },
};
