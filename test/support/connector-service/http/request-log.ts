import { Answer, Host, Incoming } from './exchange';
import { Fault } from './faults';
import { Redaction } from './redaction';

/** One request, as it may be shown: no secret stands in it. */
export interface LoggedRequest {
  readonly host: Host;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed; values of fields that are not known to be harmless are `***`. */
  readonly body?: unknown;
  /** Undefined when no answer was made. An answer that got lost is there all the same. */
  readonly status?: number;
  readonly responseCode?: string;
  /** The scripted fault that it met. */
  readonly fault?: Fault['kind'];
}

type Entry = { -readonly [K in keyof LoggedRequest]: LoggedRequest[K] };

export class RequestLog {
  readonly #entries: Entry[] = [];

  public constructor(private readonly redaction: Redaction) {}

  /** Returns what completes the entry once the answer is known. */
  public open(incoming: Incoming, fault?: Fault['kind']): (answer: Answer) => void {
    const entry: Entry = {
      host: incoming.host,
      method: incoming.method,
      path: this.redaction.text(incoming.path) + this.redaction.query(incoming.query),
      headers: this.redaction.headers(incoming.headers),
      body: this.redaction.body(incoming.body, incoming.headers['content-type']),
      fault,
    };
    this.#entries.push(entry);
    return (answer) => {
      entry.status = answer.status;
      entry.responseCode = answer.responseCode;
    };
  }

  public list(): LoggedRequest[] {
    // Once more: a secret may have become known only after the request in which it stands.
    return this.redaction.all(this.#entries);
  }

  public clear(): void {
    this.#entries.length = 0;
  }
}
