import type { Fetch } from '../../../lambda/runtime/put';

export interface Answer {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly RequestId: string;
  readonly Data?: Readonly<Record<string, string>>;
}

const URL_PREFIX = 'https://cloudformation-custom-resource-response.invalid/';

/** Where a handler's answers go: takes its PUTs, hands every other call on. */
export class Answers {
  private readonly received = new Map<string, Answer[]>();

  public constructor(private readonly otherwise: Fetch) {}

  public url(requestId: string): string {
    return `${URL_PREFIX}${requestId}?X-Amz-Signature=abc`;
  }

  public readonly fetch: Fetch = async (input, init) => {
    const url = String(input);
    if (!url.startsWith(URL_PREFIX)) {
      return this.otherwise(input, init);
    }
    const requestId = new URL(url).pathname.slice(1);
    const body = Buffer.from(init?.body as Uint8Array);
    if (body.byteLength > 4096) {
      throw new Error('Response object is too long.');
    }
    this.received.set(requestId, [...this.received.get(requestId) ?? [], JSON.parse(body.toString('utf8'))]);
    return new Response();
  };

  /** The one answer to a request. */
  public take(requestId: string): Answer {
    const answers = this.received.get(requestId) ?? [];
    if (answers.length !== 1) {
      throw new Error(`expected one answer, got ${answers.length}`);
    }
    return answers[0]!;
  }

  /** Everything that was answered, as text. */
  public text(): string {
    return JSON.stringify([...this.received.values()]);
  }
}
