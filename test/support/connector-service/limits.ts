import { Answer, Clock, Host } from './exchange';

export interface LimitOptions {
  /** So many calls a window, counted a host. No limit unless given. */
  readonly rate?: { readonly calls: number; readonly windowSeconds: number };
  /** So many calls at once, counted a host. No limit unless given. */
  readonly concurrency?: number;
  /** The first refusal of a subscription may come without `X-RateLimit-ToWait-Sec`; with this, every one does. */
  readonly omitToWait?: boolean;
}

interface Usage {
  windowStart: number;
  calls: number;
  running: number;
}

/** The service's limits: concurrency is looked at first, then the rate. */
export class Limits {
  readonly #usage = new Map<Host, Usage>();

  public constructor(private readonly options: LimitOptions, private readonly clock: Clock) {}

  /** Counts a call as running; returns what ends it. */
  public enter(host: Host): () => void {
    const usage = this.#of(host);
    usage.running += 1;
    let over = false;
    return () => {
      if (!over) usage.running -= 1;
      over = true;
    };
  }

  /** The headers that say what is left, or how long the call has to wait. */
  public take(host: Host): { readonly headers: Record<string, string>; readonly refused: boolean } {
    const usage = this.#of(host);
    const { rate, concurrency, omitToWait } = this.options;
    const headers: Record<string, string> = {};
    let refused = false;
    if (concurrency !== undefined) {
      headers['x-concurrency-limit-limit'] = String(concurrency);
      headers['x-concurrency-limit-running'] = String(usage.running);
      refused = usage.running > concurrency;
    }
    if (rate) {
      const window = rate.windowSeconds * 1000;
      if (this.clock.now() >= usage.windowStart + window) Object.assign(usage, { windowStart: this.clock.now(), calls: 0 });
      const left = rate.calls - usage.calls;
      const toWait = left > 0 ? 0 : Math.ceil((usage.windowStart + window - this.clock.now()) / 1000);
      if (left > 0 && !refused) usage.calls += 1;
      refused ||= left <= 0;
      headers['x-ratelimit-limit'] = String(rate.calls);
      headers['x-ratelimit-window-sec'] = String(rate.windowSeconds);
      headers['x-ratelimit-remaining'] = String(Math.max(0, rate.calls - usage.calls));
      if (!omitToWait) headers['x-ratelimit-towait-sec'] = String(toWait);
      if (refused && host === 'gateway') headers['retry-after'] = String(Math.max(1, toWait));
    } else if (refused && host === 'gateway') {
      headers['retry-after'] = '1';
    }
    return { headers, refused };
  }

  #of(host: Host): Usage {
    const usage = this.#usage.get(host) ?? { windowStart: -Infinity, calls: 0, running: 0 };
    this.#usage.set(host, usage);
    return usage;
  }
}

/** Statuses differ: the gateway says 429, the API server 409. Which one the platform URL uses is inferred. */
export function limitStatus(host: Host): number {
  return host === 'gateway' ? 429 : 409;
}

export function withHeaders(answer: Answer, headers: Record<string, string>): Answer {
  return { ...answer, headers: { ...answer.headers, ...headers } };
}
