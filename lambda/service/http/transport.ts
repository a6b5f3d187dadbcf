import { boundedText } from './bounded-text';
import { NoUsableAnswer } from './errors';
import { networkFailure } from './network-failure';
import { urlWithin } from './origin';
import { DeadlineExceeded, DeployError } from '../../runtime/errors';
import { Deadline } from '../../runtime/resource';
import { Fetch } from '../../runtime/world';

export interface ServiceRequest {
  /** Names the request in messages and logs, e.g. `search awsbaseaccount`. */
  readonly operation: string;
  readonly origin: string;
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /**
   * Longest answer. A longer one is refused.
   *
   * @default 1 MB
   */
  readonly maximumBytes?: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface TransportWorld {
  readonly fetch: Fetch;
  /** The environment of the function. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly deadline: Deadline;
  /** Gets the headers of every answer, which have the service's limits. */
  readonly seen?: (headers: Headers) => void;
}

/** Milliseconds for one attempt, from the connection to the last byte. */
const ATTEMPT_TIMEOUT = 30_000;

/** The service answers in JSON only if both of the first two are sent, also for reads. */
const HEADERS = {
  'Accept': 'application/json',
  'Content-Type': 'application/json',
  'X-Requested-With': 'cdk-qualys-connectors',
  'User-Agent': 'cdk-qualys-connectors',
};

/** Sends one request once. It follows no redirect and always verifies TLS. */
export async function send(
  request: ServiceRequest, { fetch, env, deadline, seen }: TransportWorld, attemptTimeout = ATTEMPT_TIMEOUT,
): Promise<HttpAnswer> {
  const { operation, origin, method, path, headers, body, maximumBytes } = request;
  const url = urlWithin(origin, path);
  if (!url.startsWith('https://')) throw new DeployError(`'${operation}' must go to an https URL`);
  if (env.NODE_TLS_REJECT_UNAUTHORIZED === '0') {
    throw new DeployError('the environment of the function has NODE_TLS_REJECT_UNAUTHORIZED=0, which would send credentials to anybody; '
      + 'remove it');
  }
  const attempt = startAttempt(deadline, attemptTimeout);
  let answered = false;
  try {
    const response = await fetch(url, { method, headers: { ...HEADERS, ...headers }, body, redirect: 'manual', signal: attempt.signal });
    answered = true;
    seen?.(response.headers);
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      throw new NoUsableAnswer(operation, 'redirect', `HTTP ${response.status}`);
    }
    return { status: response.status, headers: response.headers, text: await boundedText(operation, response, maximumBytes) };
  } catch (error) {
    if (error instanceof NoUsableAnswer) throw error;
    if (deadline.signal.aborted) throw new DeadlineExceeded(operation);
    if (attempt.signal.aborted) throw new NoUsableAnswer(operation, 'timeout');
    throw networkFailure(operation, error, answered ? 'truncated' : 'unreachable');
  } finally {
    attempt.end();
  }
}

/** Aborts at the end of the attempt or of the request, whichever is first. */
function startAttempt(deadline: Deadline, timeout: number): { readonly signal: AbortSignal; end(): void } {
  const controller = new AbortController();
  const abort = () => controller.abort();
  if (deadline.signal.aborted) abort();
  const timer = setTimeout(abort, Math.min(timeout, deadline.remaining()));
  deadline.signal.addEventListener('abort', abort);
  return {
    signal: controller.signal,
    end: () => {
      clearTimeout(timer);
      deadline.signal.removeEventListener('abort', abort);
    },
  };
}
