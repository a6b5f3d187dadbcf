import { Agent, fetch } from 'undici';
import { ConnectorServiceStandIn } from '../stand-in';

export interface Call {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body?: string | object;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The text, parsed; undefined when it is not JSON. */
  readonly json: any;
}

/** The headers that the service asks for. */
export const HEADERS = { 'accept': 'application/json', 'content-type': 'application/json', 'x-requested-with': 'test' };

export function basic(username: string, password: string): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
}

/** Calls a stand-in over TLS, trusting its authority. The caller's own headers replace all defaults. */
export class Caller {
  readonly #agent: Agent;

  public constructor(standIn: ConnectorServiceStandIn, private readonly authorization: Record<string, string> = {}) {
    this.#agent = new Agent({ connect: { ca: standIn.ca } });
  }

  public async call(url: string, { method = 'POST', headers = { ...HEADERS, ...this.authorization }, body }: Call = {}): Promise<Reply> {
    const response = await fetch(url, {
      dispatcher: this.#agent,
      method,
      headers,
      body: typeof body === 'object' ? JSON.stringify(body) : body,
      redirect: 'manual',
    });
    const text = await response.text();
    return { status: response.status, headers: Object.fromEntries(response.headers), text, json: parsed(text) };
  }

  public async stop(): Promise<void> {
    await this.#agent.destroy();
  }
}

function parsed(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
