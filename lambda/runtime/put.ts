import { errorFields } from './failure';
import { Log } from './redaction/log';
import { Clock, Fetch, Random } from './world';

export interface PutOptions {
  readonly url: string;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /**
   * Milliseconds for one attempt.
   *
   * @default 3000
   */
  readonly attemptTimeout?: number;
  /** Milliseconds until the function's own end. */
  remaining(): number;
}

const MAXIMUM_ATTEMPTS = 12;
const FIRST_WAIT = 250;
const LONGEST_WAIT = 8_000;

/** Milliseconds that the function needs to end in order. */
const RESERVE = 500;

/**
 * Sends the answer. The URL gives the right to write and is never logged. Its signature covers an empty content type, which `fetch` would
 * replace for a string.
 *
 * @returns whether the answer arrived
 */
export async function putAnswer(options: PutOptions): Promise<boolean> {
  const { clock, random, log } = options;
  for (let attempt = 1; attempt <= MAXIMUM_ATTEMPTS; attempt++) {
    const time = Math.min(options.attemptTimeout ?? 3_000, options.remaining() - RESERVE);
    if (time <= 0) break;
    const result = await attemptOnce(options, time);
    const status = typeof result === 'number' ? result : undefined;
    const failure = typeof result === 'number' ? {} : errorFields(result.error);
    const arrived = status !== undefined && status >= 200 && status < 300;
    log({ step: 'answer', attempt, outcome: arrived ? 'done' : 'failed', status, ...failure });
    if (arrived) return true;
    // The URL is expired or was already used. Another attempt cannot change that.
    if (status === 403) return false;
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempt - 1)) * (0.5 + random() / 2);
    if (attempt === MAXIMUM_ATTEMPTS || wait >= options.remaining() - RESERVE) break;
    await clock.sleep(wait);
  }
  return false;
}

async function attemptOnce({ fetch, url, body }: PutOptions, time: number): Promise<number | { readonly error: unknown }> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), time);
  try {
    const response = await fetch(url, { method: 'PUT', body, headers: { 'content-type': '' }, redirect: 'manual', signal: controller.signal });
    await response.body?.cancel();
    return response.status;
  } catch (error) {
    return { error };
  } finally {
    clearTimeout(timer);
  }
}
