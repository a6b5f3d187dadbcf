import { Clock } from '../../lambda/runtime/world';

/**
 * Time that passes only while everybody sleeps: sleepers wake in the order of their time, without real waiting. Give the
 * same clock to all that share one world.
 */
export class FakeClock implements Clock {
  /** Every sleep asked for, in milliseconds. */
  public readonly sleeps: number[] = [];
  private readonly sleepers: Array<{ readonly at: number; wake(): void }> = [];
  private time: number;

  public constructor(start = Date.UTC(2026, 0, 15, 12)) {
    this.time = start;
  }

  public now(): number {
    return this.time;
  }

  public async sleep(milliseconds: number): Promise<void> {
    this.sleeps.push(milliseconds);
    return new Promise((wake) => {
      this.sleepers.push({ at: this.time + Math.max(0, milliseconds), wake });
      setImmediate(() => this.wakeNext());
    });
  }

  /** Lets time pass without anybody sleeping, e.g. within a call. */
  public advance(milliseconds: number): void {
    this.time += milliseconds;
  }

  private wakeNext(): void {
    this.sleepers.sort((a, b) => a.at - b.at);
    const next = this.sleepers.shift()!;
    this.time = Math.max(this.time, next.at);
    next.wake();
  }
}
