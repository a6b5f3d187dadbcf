import type { Answers } from '../cloudformation/answers';
import type { ConnectorServiceStandIn } from '../connector-service';
import type { Fault } from './faults';
import type { Process } from './process';
import { hang, Traffic } from './traffic';
import type { Host } from '../connector-service/http/exchange';
import type { Taken } from '../connector-service/stand-in';

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
export function networkOf(answers: Answers, platforms: () => Platforms, traffic: Traffic, process: () => Process): typeof globalThis.fetch {
  return (async (input: unknown, init: RequestInit = {}) => {
    const url = new URL(String(input));
    const { method = 'GET' } = init;
    const signal = init.signal ?? undefined;
    if (answers.takes(url)) {
      return traffic.carry({
        step: 'answer',
        surface: 'answer',
        process: process(),
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
      process: process(),
      signal,
      spoil,
      effect: () => {
        if (!host) throw lost('ENOTFOUND');
        const headers = Object.fromEntries(new Headers(init.headers));
        const taken = (isOther ? otherPlatform : service).take({ host, method, path: url.pathname, query: url.searchParams, headers, body: String(init.body ?? '') });
        return received(taken, signal);
      },
    });
  }) as typeof globalThis.fetch;
}

/** What comes of an answer on its way, as it was scripted at the service. */
function received({ answer, fault }: Taken, signal: AbortSignal | undefined): Response | Promise<never> {
  switch (fault?.kind) {
    case 'hang': return hang(signal);
    case 'drop':
    case 'lose-answer': throw lost('ECONNRESET');
    case 'slow':
    case 'oversized': throw new Error(`the fault ${fault.kind} needs a network: play it against a stand-in with servers`);
    default: {
      const { status, headers, body } = answer!;
      const cut = fault?.kind === 'truncate' ? brokenOff(body.slice(0, Math.floor(body.length / 2))) : body;
      return new Response([204, 205, 304].includes(status) ? null : cut, { status, headers });
    }
  }
}

function spoil(fault: Fault): Response {
  switch (fault) {
    case 'throttle': return new Response('', { status: 429, headers: { 'retry-after': '2' } });
    case 'server-error': return new Response('Internal Server Error', { status: 500 });
    case 'forbidden': return new Response('Forbidden', { status: 403 });
    case 'malformed': return new Response('<html><title>Login</title></html>', { status: 200, headers: { 'content-type': 'text/html' } });
    case 'truncated': return new Response(brokenOff('{"ServiceResponse":{"respon'), { status: 200 });
    case 'refuse': throw lost('ECONNREFUSED');
    default: throw lost('ECONNRESET');
  }
}

function lost(code: string): Error {
  return Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error(code), { code }) });
}

function brokenOff(beginning: string): ReadableStream<Uint8Array> {
  let sent = false;
  return new ReadableStream({
    pull: (controller) => {
      if (sent) {
        return controller.error(Object.assign(new TypeError('terminated'),
          { cause: Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' }) }));
      }
      sent = true;
      return controller.enqueue(Buffer.from(beginning));
    },
  });
}
