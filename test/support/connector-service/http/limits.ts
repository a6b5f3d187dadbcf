import { Answer, Clock, Host } from './exchange';

export interface LimitOptions {
  /** So many calls a window, counted a host. No limit unless given. Which kind of window it is is not documented, nor whether refusals count. */
  readonly rate?: {
    readonly calls: number;
    readonly windowSeconds: number;
    /** The window is what lies just behind each call. Unless given it begins with a call, and the next one after its end. */
    readonly sliding?: boolean;
    /** A refused call counts, too. */
    readonly refusalsCount?: boolean;
  };
  /** So many calls at once, counted a host. No limit unless given. */
  readonly concurrency?: number;
  /** The first refusal of a subscription may come without `X-RateLimit-ToWait-Sec`; with this, every one does. */
  readonly omitToWait?: boolean;
  /** No header says anything of the rate. */
  readonly omitHeaders?: boolean;
}

interface Usage {
  /** When the calls were that count, oldest first. */
  times: number[];
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
    const { rate, concurrency, omitToWait, omitHeaders } = this.options;
    const headers: Record<string, string> = {};
    let refused = false;
    if (concurrency !== undefined) {
      headers['x-concurrency-limit-limit'] = String(concurrency);
      headers['x-concurrency-limit-running'] = String(usage.running);
      refused = usage.running > concurrency;
    }
    if (rate) {
      const window = rate.windowSeconds * 1000;
      const now = this.clock.now();
      if (rate.sliding) while (usage.times.length > 0 && usage.times[0]! <= now - window) usage.times.shift();
      else if (usage.times.length > 0 && now >= usage.times[0]! + window) usage.times = [];
      const left = rate.calls - usage.times.length;
      const oldest = usage.times[rate.sliding ? usage.times.length - rate.calls : 0] ?? now;
      const toWait = left > 0 ? 0 : Math.ceil((oldest + window - now) / 1000);
      if (left > 0 ? !refused : rate.refusalsCount) usage.times.push(now);
      refused ||= left <= 0;
      if (!omitHeaders) {
        headers['x-ratelimit-limit'] = String(rate.calls);
        headers['x-ratelimit-window-sec'] = String(rate.windowSeconds);
        headers['x-ratelimit-remaining'] = String(Math.max(0, rate.calls - usage.times.length));
        if (!omitToWait) headers['x-ratelimit-towait-sec'] = String(toWait);
      }
      if (refused && host === 'gateway') headers['retry-after'] = String(Math.max(1, toWait));
    } else if (refused && host === 'gateway') {
      headers['retry-after'] = '1';
    }
    return { headers, refused };
  }

  #of(host: Host): Usage {
    const usage = this.#usage.get(host) ?? { times: [], running: 0 };
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
