import { customResourceHandler, FunctionContext } from '../../lambda/runtime/custom-resource';
import { DeployError } from '../../lambda/runtime/errors';
import { CustomResource, ResourceRequest } from '../../lambda/runtime/resource';
import { Fetch } from '../../lambda/runtime/world';
import { VirtualTime } from '../support/virtual-time';

export interface WidgetProperties {
  readonly Name: string;
  readonly Kind: string;
}

export type Widget = CustomResource<WidgetProperties>;

/** A resource that says what it was asked to do. */
export class RecordingWidget implements Widget {
  public readonly calls: Array<[verb: string, request: ResourceRequest<WidgetProperties>]> = [];

  public constructor(private readonly work: (request: ResourceRequest<WidgetProperties>) => Promise<unknown> = async () => undefined) {}

  public parse(properties: unknown): WidgetProperties {
    const { Name, Kind } = (properties ?? {}) as Partial<WidgetProperties>;
    if (typeof Name !== 'string' || typeof Kind !== 'string') throw new DeployError('property \'Name\' is missing');
    return { Name, Kind };
  }

  public physicalId({ Kind }: WidgetProperties): string {
    return `widget:host.example:${Kind}`;
  }

  public async create(asked: ResourceRequest<WidgetProperties>) {
    return this.record('create', asked);
  }

  public async update(asked: ResourceRequest<WidgetProperties>) {
    return this.record('update', asked);
  }

  public async delete(asked: ResourceRequest<WidgetProperties>) {
    await this.record('delete', asked);
  }

  private async record(verb: string, asked: ResourceRequest<WidgetProperties>) {
    this.calls.push([verb, asked]);
    await this.work(asked);
    return { Name: asked.properties.Name };
  }
}

export const SIGNATURE = 'SIGNATURE%2Bcanary%3D';
export const RESPONSE_URL = `https://bucket.s3.amazonaws.com/arn%3Aaws?AWSAccessKeyId=AKIAEXAMPLE&Expires=1&Signature=${SIGNATURE}`;

export function request(requestType: string, changes: object = {}): Record<string, unknown> {
  return {
    RequestType: requestType,
    ResponseURL: RESPONSE_URL,
    StackId: 'arn:aws:cloudformation:eu-central-1:111122223333:stack/Security/0a1b2c3d',
    RequestId: 'r-1',
    LogicalResourceId: 'BaseAccount7F3A',
    ResourceType: 'Custom::Widget',
    ResourceProperties: { ServiceToken: 'arn:aws:lambda:x', Name: 'n', Kind: 'GLOBAL' },
    ...changes,
  };
}

/** Of the function: it serves the stack of the requests. */
export const ENV = { STACK: 'arn:aws:cloudformation:eu-central-1:111122223333:stack/Security/0a1b2c3d' };

export interface Handled {
  /** Every answer that was handed over. */
  readonly answers: Array<Record<string, string> & { Data?: Record<string, string> }>;
  readonly lines: string[];
  readonly bytes: number[];
}

/** Runs one request with a `fetch` that takes whatever is put. */
export async function handle(
  resource: Widget, event: unknown, context: Partial<FunctionContext> = {}, env: Readonly<Record<string, string>> = {},
): Promise<Handled> {
  const handled: Handled = { answers: [], lines: [], bytes: [] };
  const take = async (_: unknown, init: { body: Uint8Array }) => {
    handled.answers.push(JSON.parse(new TextDecoder().decode(init.body)));
    handled.bytes.push(init.body.byteLength);
    return new Response('');
  };
  const handler = customResourceHandler(resource, {
    fetch: take as unknown as Fetch,
    clock: new VirtualTime(),
    random: () => 0.5,
    env: { ...ENV, ...env },
    write: (line) => handled.lines.push(line),
  });
  await handler(event, { logStreamName: '2026/01/15/[$LATEST]abc', getRemainingTimeInMillis: () => 60_000, ...context });
  return handled;
}
