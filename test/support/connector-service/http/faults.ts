import { Host } from './exchange';

/** What goes wrong with a request. Unless it says otherwise, the request has no effect. */
export type Fault =
  /** This very answer. */
  | { readonly kind: 'answer'; readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> }
  /** Refused for its rate, as the host does it; a header that is not named is not sent. */
  | { readonly kind: 'limit'; readonly toWaitSeconds?: number; readonly retryAfterSeconds?: number }
  /** The connection ends before anything happens. */
  | { readonly kind: 'drop' }
  /** The request has its effect, the connection ends before the answer. */
  | { readonly kind: 'lose-answer' }
  /** Nothing is ever answered. */
  | { readonly kind: 'hang' }
  /** The request has its effect; the body comes byte by byte with this pause. */
  | { readonly kind: 'slow'; readonly pauseMilliseconds: number }
  /** The request has its effect; half the body comes, then the connection ends. */
  | { readonly kind: 'truncate' }
  /** The login page of the vendor's UI, with status 200. */
  | { readonly kind: 'login-page' }
  | { readonly kind: 'redirect'; readonly location: string; readonly status?: number }
  /** JSON of at least so many bytes. */
  | { readonly kind: 'oversized'; readonly bytes: number };

export interface FaultRule {
  /** Which requests; every one unless given. */
  readonly match?: { readonly method?: string; readonly path?: RegExp; readonly host?: Host };
  /** How often, 1 unless given. */
  readonly times?: number;
}

/** Faults in the order in which they were scripted; each is used up. */
export class Faults {
  readonly #scripted: { readonly rule: FaultRule; readonly fault: Fault; left: number }[] = [];

  public next(rule: FaultRule, fault: Fault): void {
    this.#scripted.push({ rule, fault, left: rule.times ?? 1 });
  }

  /** How many are not used yet. */
  public pending(): number {
    return this.#scripted.reduce((sum, { left }) => sum + left, 0);
  }

  public clear(): void {
    this.#scripted.length = 0;
  }

  public take(request: { readonly method: string; readonly path: string; readonly host: Host }): Fault | undefined {
    const hit = this.#scripted.find(({ rule: { match = {} }, left }) =>
      left > 0
      && (match.method ?? request.method) === request.method
      && (match.host ?? request.host) === request.host
      && request.path.search(match.path ?? /^/) >= 0); // search() leaves a global expression's lastIndex alone
    if (hit) hit.left -= 1;
    return hit?.fault;
  }
}
