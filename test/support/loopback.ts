import { createServer as createHttpServer, IncomingHttpHeaders, IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { AddressInfo } from 'node:net';
import { Agent, fetch as undiciFetch } from 'undici';
import { ServerCertificate } from './certificates';

export interface ReceivedRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type Reply = (response: ServerResponse, request: ReceivedRequest) => void;

/** A server on this machine that says what a test tells it, in order, and keeps what it received. */
export class Loopback {
  public static async start(certificate?: ServerCertificate): Promise<Loopback> {
    const loopback = new Loopback(certificate);
    await new Promise<void>((resolve) => loopback.server.listen(0, '127.0.0.1', resolve));
    return loopback;
  }

  public readonly requests: ReceivedRequest[] = [];
  private readonly server: Server;
  private readonly replies: Reply[] = [];

  private constructor(private readonly certificate?: ServerCertificate) {
    const listener: RequestListener = (request, response) => void this.receive(request, response);
    this.server = certificate ? createHttpsServer({ cert: certificate.cert, key: certificate.key }, listener) : createHttpServer(listener);
  }

  /** e.g. `https://localhost:41234` */
  public get url(): string {
    return `${this.certificate ? 'https' : 'http'}://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  /** The next answers; whatever comes after them is answered with HTTP 599. */
  public reply(...replies: Reply[]): this {
    this.replies.push(...replies);
    return this;
  }

  /** Forgets what was received and what was to be said. */
  public clear(): void {
    this.requests.length = 0;
    this.replies.length = 0;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const received = {
      method: request.method ?? '', path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8'),
    };
    this.requests.push(received);
    (this.replies.shift() ?? text(599, 'nothing was scripted for this request'))(response, received);
  }
}

export function text(status: number, body: string, headers: Record<string, string> = {}): Reply {
  return (response) => void response.writeHead(status, headers).end(body);
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  return text(status, JSON.stringify(body), { 'Content-Type': 'application/json', ...headers });
}

/** Says nothing until the caller gives up. */
export const silence: Reply = () => {};

/** Closes the connection without a word. */
export const reset: Reply = (response) => void response.socket?.destroy();

/** Begins an answer and breaks off. */
export function brokenOff(beginning: string): Reply {
  return (response) => {
    response.writeHead(200, { 'Content-Length': String(beginning.length + 100) });
    response.write(beginning, () => response.socket?.destroy());
  };
}

/** Begins an answer and never ends it. */
export function slowBody(beginning: string): Reply {
  return (response) => void response.writeHead(200, { 'Content-Length': String(beginning.length + 100) }).write(beginning);
}

export interface TrustingFetch {
  readonly fetch: typeof globalThis.fetch;
  close(): Promise<void>;
}

/** A `fetch` that trusts this certificate authority, and verifies like any other. */
export function fetchTrusting(ca: string | undefined): TrustingFetch {
  const dispatcher = new Agent({ connect: ca === undefined ? {} : { ca } });
  const call = async (url: unknown, init: object) => undiciFetch(url as string, { ...init, dispatcher });
  return { fetch: call as unknown as typeof globalThis.fetch, close: () => dispatcher.destroy() };
}
