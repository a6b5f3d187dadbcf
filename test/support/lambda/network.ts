import type { Answers } from '../cloudformation/answers';
import type { ConnectorServiceStandIn } from '../connector-service';
import type { Fault } from './faults';
import type { Process } from './process';
import type { Traffic } from './traffic';
import type { Host } from '../connector-service/exchange';

/** Where the three hosts of the stand-in are in this world. */
export const HOSTS: Readonly<Record<Host, string>> = {
  apiServer: 'https://qualysapi.connectors.example', gateway: 'https://gateway.connectors.example', platformUrl: 'https://console.connectors.example',
};

/** The same of another platform, where a world has one. */
export const OTHER_HOSTS: typeof HOSTS = {
  apiServer: 'https://qualysapi.other.example', gateway: 'https://gateway.other.example', platformUrl: 'https://console.other.example',
};

/** What the function can reach of the connector service. */
export interface Platforms {
  readonly service: ConnectorServiceStandIn;
  readonly otherPlatform?: ConnectorServiceStandIn;
}

/** A `fetch` that reaches the answer URLs of CloudFormation and the connector service, both in this process. */
export function networkOf(answers: Answers, platforms: () => Platforms, traffic: Traffic, process: Process): typeof globalThis.fetch {
  return (async (input: unknown, init: RequestInit = {}) => {
    const url = new URL(String(input));
    const { method = 'GET' } = init;
    const signal = init.signal ?? undefined;
    if (answers.takes(url)) {
      return traffic.carry({
        step: 'answer',
        surface: 'answer',
        process,
        signal,
        effect: () => new Response(null, { status: answers.put(url, init) }),
        spoil,
      });
    }
    const { service, otherPlatform } = platforms();
    const isOther = otherPlatform !== undefined && url.hostname.endsWith('.other.example');
    const host = (Object.keys(HOSTS) as Host[]).find((one) => (isOther ? OTHER_HOSTS : HOSTS)[one] === url.origin);
    return traffic.carry({
      step: `${method} ${url.pathname}`,
      surface: 'service',
      process,
      signal,
      spoil,
      effect: () => {
        if (!host) throw lost('ENOTFOUND');
        const headers = Object.fromEntries(new Headers(init.headers));
        const answer = (isOther ? otherPlatform : service).answer({ host, method, path: url.pathname, query: url.searchParams, headers, body: String(init.body ?? '') });
        return new Response([204, 205, 304].includes(answer.status) ? null : answer.body, { status: answer.status, headers: answer.headers });
      },
    });
  }) as typeof globalThis.fetch;
}

function spoil(fault: Fault): Response {
  switch (fault) {
    case 'throttle': return new Response('', { status: 429, headers: { 'retry-after': '2' } });
    case 'server-error': return new Response('Internal Server Error', { status: 500 });
    case 'forbidden': return new Response('Forbidden', { status: 403 });
    case 'malformed': return new Response('<html><title>Login</title></html>', { status: 200, headers: { 'content-type': 'text/html' } });
    case 'truncated': return new Response(brokenOff(), { status: 200 });
    case 'refuse': throw lost('ECONNREFUSED');
    default: throw lost('ECONNRESET');
  }
}

function lost(code: string): Error {
  return Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error(code), { code }) });
}

function brokenOff(): ReadableStream<Uint8Array> {
  let sent = false;
  return new ReadableStream({
    pull: (controller) => {
      if (sent) {
        return controller.error(Object.assign(new TypeError('terminated'),
          { cause: Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' }) }));
      }
      sent = true;
      return controller.enqueue(Buffer.from('{"ServiceResponse":{"respon'));
    },
  });
}
