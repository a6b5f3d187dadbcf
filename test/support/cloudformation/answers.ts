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

const STORE = 'https://cloudformation-custom-resource-response-useast1.s3.';

/** Where a handler's answers go. */
export class Answers {
  /** Every answer to any request, in order. */
  public readonly puts: Answer[] = [];
  /** Of the partition. */
  public domain = 'amazonaws.com';
  private readonly received = new Map<string, Answer[]>();
  private readonly listeners = new Map<string, (answer: Answer) => void>();

  public url(requestId: string): string {
    return `${STORE}${this.domain}/${requestId}?X-Amz-Signature=${SIGNATURE}`;
  }

  public takes({ href }: URL): boolean {
    return href.startsWith(STORE);
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

  /** Everything that was answered, as text. */
  public text(): string {
    return JSON.stringify([...this.received.values()]);
  }
}
