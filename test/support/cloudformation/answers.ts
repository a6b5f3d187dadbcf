import type { Fetch } from '../../../lambda/runtime/put';

export interface Answer {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly Data?: Readonly<Record<string, string>>;
}

/** Of CloudFormation, for the whole answer. */
const MAXIMUM_BYTES = 4096;

/** Gives the right to answer; never to be seen anywhere. */
export const SIGNATURE = 'canary-of-the-signature-0123456789';

const URL_PREFIX = 'https://cloudformation-custom-resource-response.invalid/';

/** Where a handler's answers go: takes its PUTs, hands every other call on. */
export class Answers {
  /** Every answer to any request, in order. */
  public readonly puts: Answer[] = [];
  private readonly received = new Map<string, Answer[]>();
  private readonly listeners = new Map<string, (answer: Answer) => void>();

  /** @param otherwise where every other call goes; there is none unless given */
  public constructor(private readonly otherwise: Fetch = async () => { throw new TypeError('fetch failed'); }) {}

  public url(requestId: string): string {
    return `${URL_PREFIX}${requestId}?X-Amz-Signature=${SIGNATURE}`;
  }

  public readonly fetch: Fetch = async (input, init) => {
    const url = new URL(String(input));
    return this.takes(url) ? new Response(null, { status: this.put(url, init) }) : this.otherwise(input, init);
  };

  public takes({ href }: URL): boolean {
    return href.startsWith(URL_PREFIX);
  }

  /** Stores an answer; returns the HTTP status of the storage. */
  public put(url: URL, init: RequestInit = {}): number {
    const requestId = url.pathname.slice(1);
    const body = Buffer.from(init.body as Uint8Array);
    if (init.method !== 'PUT' || new Headers(init.headers).get('content-type')) return 403; // the URL is signed for a PUT with an empty content type

    if (body.byteLength > MAXIMUM_BYTES) throw new Error('Response object is too long.');
    const answer: Answer = JSON.parse(body.toString('utf8'));
    this.puts.push(answer);
    this.received.set(requestId, [...this.received.get(requestId) ?? [], answer]);
    this.listeners.get(requestId)?.(answer);
    return 200;
  }

  /** Called with every answer to a request. */
  public listen(requestId: string, listener: (answer: Answer) => void): void {
    this.listeners.set(requestId, listener);
  }

  /** Every answer to a request; more than one is a defect, none may be the fault that is played. */
  public all(requestId: string): readonly Answer[] {
    return this.received.get(requestId) ?? [];
  }

  /** The requests that were answered at all. */
  public requests(): string[] {
    return [...this.received.keys()];
  }

  /** The one answer to a request. */
  public take(requestId: string): Answer {
    const answers = this.received.get(requestId) ?? [];
    if (answers.length !== 1) throw new Error(`expected one answer, got ${answers.length}`);
    return answers[0]!;
  }

  /** Everything that was answered, as text. */
  public text(): string {
    return JSON.stringify([...this.received.values()]);
  }
}
