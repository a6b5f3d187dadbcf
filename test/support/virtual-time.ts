import { Clock } from '../../lambda/runtime/world';

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly owner: TimerOwner | undefined;
  fire(): void;
}

function isBefore(one: Timer, other: Timer): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}

/** A process that can be frozen or dead; its timers wait, or never fire. */
export interface TimerOwner {
  readonly state: 'running' | 'frozen' | 'dead';
}

/** Turns of the event loop without work and without a timer, after which the world counts as stuck. */
const LONGEST_SILENCE = 20_000;

/**
 * Time that jumps: it passes only while something that is tracked is open and nothing runs, to the next timer at once.
 * So an hour's wait costs microseconds, and what hangs never ends until its time has come. Everything in one world shares one.
 */
export class VirtualTime implements Clock {
  /** Every sleep asked for, in milliseconds. */
  public readonly sleeps: number[] = [];
  private time: number;
  private timers: Timer[] = [];
  private count = 0;
  private open = 0;
  private held = 0;

  public constructor(start = Date.UTC(2026, 0, 15, 12)) {
    this.time = start;
  }

  public readonly now = (): number => this.time;

  /** Lets time pass without anybody waiting. */
  public advance(milliseconds: number): void {
    this.time += milliseconds;
  }

  public async sleep(milliseconds: number): Promise<void> {
    this.sleeps.push(milliseconds);
    await this.track(new Promise<void>((wake) => { this.setTimeout(wake, milliseconds); }));
  }

  public setTimeout(fire: () => void, milliseconds = 0, owner?: TimerOwner): object {
    const timer: Timer = { at: this.time + Math.max(0, milliseconds), order: this.count++, owner, fire };
    this.timers.push(timer);
    return timer;
  }

  public clearTimeout(timer: unknown): void {
    this.timers = this.timers.filter((one) => one !== timer);
  }

  /** Time passes until this has settled. */
  public async track<T>(work: Promise<T>): Promise<T> {
    this.open++;
    if (this.open === 1) void this.drive();
    try {
      return await work;
    } finally {
      this.open--;
    }
  }

  /** No time passes while this is open, e.g. while a test decides which call goes on. */
  public async hold<T>(work: Promise<T>): Promise<T> {
    this.held++;
    try {
      return await work;
    } finally {
      this.held--;
    }
  }

  private async drive(): Promise<void> {
    for (let silence = 0; this.open > 0 && silence < LONGEST_SILENCE; silence++) {
      await new Promise(setImmediate);
      if (this.open === 0 || this.held > 0) continue;
      const next = this.next();
      if (next === undefined) continue;
      silence = 0;
      this.clearTimeout(next);
      this.time = Math.max(this.time, next.at);
      next.fire();
    }
    if (this.open > 0) throw new Error('the world is stuck: something is waited for, and no timer is set');
  }

  private next(): Timer | undefined {
    this.timers = this.timers.filter(({ owner }) => owner?.state !== 'dead');
    return this.timers
      .filter(({ owner }) => owner?.state !== 'frozen')
      .reduce<Timer | undefined>((first, one) => (first === undefined || isBefore(one, first) ? one : first), undefined);
  }
}
