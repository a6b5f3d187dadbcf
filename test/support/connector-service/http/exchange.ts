import { IncomingHttpHeaders } from 'node:http';

/** The three hosts of a Qualys platform. They do not answer the same paths. */
export type Host = 'apiServer' | 'gateway' | 'platformUrl';

export interface Incoming {
  readonly host: Host;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
  /** What the body says about success, for the log. */
  readonly responseCode?: string;
}

export function jsonAnswer(status: number, content: unknown, responseCode?: string): Answer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(content), responseCode };
}

export function textAnswer(status: number, body: string, contentType = 'text/plain'): Answer {
  return { status, headers: { 'content-type': contentType }, body };
}

export function isJson(header: string | undefined): boolean {
  return header?.split(';')[0].trim().toLowerCase() === 'application/json';
}

/** Where the stand-in takes the time from. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}
