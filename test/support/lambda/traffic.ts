import type { Process } from './process';
import type { VirtualTime } from '../virtual-time';
import { Fault, hasEffect } from './faults';

/** One outbound call of a function, as a fault or a check sees it. */
export interface OutboundCall {
  /** From 1, over all functions of the world since the last `restart`. */
  readonly number: number;
  /** `iam:CreateAccessKey`, `POST /qps/rest/...`, or `answer`: the PUT to CloudFormation. */
  readonly step: string;
  readonly surface: Surface;
  /** The function that makes it. */
  readonly functionName: string;
  /** When it is made, in milliseconds. */
  readonly at: number;
}

export type Surface = 'aws' | 'service' | 'answer';

/** How a call is made, and how it looks when it goes wrong. */
export interface Carried<T> {
  readonly step: string;
  readonly surface: Surface;
  readonly process: Process;
  readonly signal?: AbortSignal;
  /** The SDK does not repeat it by itself. */
  readonly once?: boolean;
  effect(): T | Promise<T>;
  /** What the caller gets for the fault: an answer, or an error that is thrown. */
  spoil(fault: Fault): T;
}

const never = async (): Promise<never> => new Promise(() => {});

/**
 * The one place that every outbound call passes: sends of the SDK, fetches, the PUT of the answer. It numbers them, breaks
 * those that `fault` says, and lets `watch` look at the world after each: what has to hold at every instant.
 */
export class Traffic {
  public calls: OutboundCall[] = [];
  /** Which call goes wrong, and how. */
  public fault?: (call: OutboundCall) => Fault | undefined;
  /** What a call throws although it has happened: anything that a dependency may throw, told by the function that makes it. */
  public throws?: (call: OutboundCall) => (() => unknown) | undefined;
  /** Called after every call, also after one that went wrong. */
  public watch?: (call: OutboundCall) => void;
  /** How long a call takes, in milliseconds: half of it before the effect. None unless given. With it, runs at the same time interleave. */
  public latency?: (call: OutboundCall) => number;
  /** Held back until it resolves; no time passes meanwhile. For schedulers. */
  public gate?: (call: OutboundCall) => Promise<void>;

  public constructor(private readonly time: VirtualTime) {}

  /** Counts from 1 again and forgets faults and checks. */
  public restart(): void {
    this.calls = [];
    this.fault = this.throws = this.watch = this.latency = this.gate = undefined;
  }

  public async carry<T>(carried: Carried<T>): Promise<T> {
    const { step, surface, process } = carried;
    await process.running();
    const call: OutboundCall = { number: this.calls.length + 1, step, surface, functionName: process.functionName, at: this.time.now() };
    this.calls.push(call);
    const pause = (this.latency?.(call) ?? 0) / 2;
    if (this.gate) await this.time.hold(this.gate(call));
    if (pause > 0) await this.pause(pause);
    await process.running();
    try {
      const thrown = this.throws?.(call);
      if (thrown) {
        await Promise.resolve().then(carried.effect).catch(() => undefined);
        throw thrown();
      }
      return await this.meet(carried, this.fault?.(call), () => this.watch?.(call));
    } finally {
      if (pause > 0) await this.pause(pause);
      await process.running();
    }
  }

  private async meet<T>(carried: Carried<T>, fault: Fault | undefined, look: () => void): Promise<T> {
    const { process, signal, effect, spoil } = carried;
    if (signal?.aborted) throw aborted();
    if (fault !== undefined && hasEffect(fault)) await Promise.resolve().then(effect).catch(() => undefined);
    if (fault === undefined || (fault === 'repeat' && !carried.once)) return Promise.resolve().then(effect).finally(look);
    look();
    if (fault === 'kill') {
      process.kill();
      return never();
    }
    return fault === 'hang' || fault === 'hang-after' ? hang(signal) : spoil(fault);
  }

  /** Not a timer of the process: the network goes on while it is frozen. */
  private async pause(milliseconds: number): Promise<void> {
    await new Promise<void>((wake) => { this.time.setTimeout(wake, milliseconds); });
  }
}

/** Nothing is ever answered. */
export async function hang(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => { signal?.addEventListener('abort', () => reject(aborted())); });
}

function aborted(): Error {
  return Object.assign(new Error('This operation was aborted'), { name: 'AbortError' });
}
