import { seededUuid } from '../seeded';
import type { VirtualTime } from '../virtual-time';
import type { Answer, Answers } from './answers';
import type { DeliveredEvent, Properties } from './template';
import type { KnownStack } from '../fake-aws/cloudformation';

export interface RequestWorld {
  readonly time: VirtualTime;
  readonly answers: Answers;
  readonly random: () => number;
  readonly aws: {
    readonly partition: string;
    readonly region: string;
    readonly accountId: string;
    /** Where stacks can be asked about. */
    readonly stacks: Map<string, KnownStack>;
  };
}

export interface CustomRequest {
  readonly requestType: 'Create' | 'Update' | 'Delete';
  readonly resourceType: string;
  readonly stackId: string;
  readonly logicalId: string;
  /** Not on Create. */
  readonly physicalId?: string;
  /** Resolved. */
  readonly properties: Properties;
  readonly oldProperties?: Properties;
  readonly deliver: (event: DeliveredEvent) => Promise<unknown>;
}

export interface Outcome {
  readonly succeeded: boolean;
  /** As it was answered; undefined where nothing was, or nothing usable. */
  readonly physicalId?: string;
  readonly data: Readonly<Record<string, string>>;
  readonly reason: string;
}

/** What was sent, for a look at it and to send it once more. */
export interface SentRequest {
  readonly requestId: string;
  readonly request: CustomRequest;
  readonly event: DeliveredEvent;
}

const MAXIMUM_ID_BYTES = 1024;

/** CloudFormation's side of the wire: sends events, waits for the one answer or for the `ServiceTimeout`, and checks it. */
export class Requests {
  public readonly sent: SentRequest[] = [];
  /**
   * Answers so many milliseconds after which the same event is delivered a second time, which waits until the first one lets time
   * pass; undefined for not at all.
   */
  public duplicate?: (request: CustomRequest) => number | 'at once' | undefined;
  private readonly underWay = new Set<Promise<unknown>>();

  public constructor(public readonly world: RequestWorld) {}

  public async send(request: CustomRequest): Promise<Outcome> {
    const { time, answers, random } = this.world;
    const requestId = seededUuid(random);
    const event = this.event(request, requestId);
    this.sent.push({ requestId, request, event });
    return time.track(new Promise((resolve) => {
      const timeout = time.setTimeout(() => resolve(failed('CloudFormation did not receive a response from your Custom Resource')), Number(request.properties.ServiceTimeout) * 1_000);
      answers.listen(requestId, (answer) => {
        time.clearTimeout(timeout);
        resolve(check(answer, request, requestId));
      });
      this.background(request.deliver(event));
      const again = this.duplicate?.(request);
      if (again === 'at once') this.background(request.deliver(event));
      else if (again !== undefined) this.background(time.sleep(again).then(async () => request.deliver(event)));
    }));
  }

  /** The same event, with the same request ID, as a retry brings it. */
  public async again({ request, event }: SentRequest): Promise<void> {
    await this.world.time.track(request.deliver(event));
  }

  /** Resolves when no function works on a request any more, also on one that was given up. */
  public async settled(): Promise<void> {
    while (this.underWay.size > 0) await this.world.time.track(Promise.all(this.underWay));
  }

  /** As CloudFormation makes it of a request. */
  public event(request: Omit<CustomRequest, 'deliver'>, requestId: string): DeliveredEvent {
    const { requestType, resourceType, stackId, logicalId, physicalId, properties, oldProperties } = request;
    return {
      RequestType: requestType,
      ResponseURL: this.world.answers.url(requestId),
      StackId: stackId,
      RequestId: requestId,
      LogicalResourceId: logicalId,
      ResourceType: resourceType,
      ResourceProperties: properties,
      ...(physicalId === undefined ? {} : { PhysicalResourceId: physicalId }),
      ...(oldProperties === undefined ? {} : { OldResourceProperties: oldProperties }),
    } as DeliveredEvent;
  }

  private background(work: Promise<unknown>): void {
    const done: Promise<unknown> = work.catch(() => undefined).finally(() => this.underWay.delete(done));
    this.underWay.add(done);
  }
}

function check(answer: Answer, { stackId, logicalId }: CustomRequest, requestId: string): Outcome {
  const { Status, Reason = '', PhysicalResourceId, Data = {} } = answer;
  if (answer.StackId !== stackId || answer.LogicalResourceId !== logicalId || answer.RequestId !== requestId) return failed('Invalid response object');
  if (!PhysicalResourceId || Buffer.byteLength(PhysicalResourceId) > MAXIMUM_ID_BYTES) return failed('Invalid PhysicalResourceId');
  if (Status !== 'SUCCESS' && Reason === '') return failed('Reason is required when FAILED');
  return { succeeded: Status === 'SUCCESS', physicalId: PhysicalResourceId, data: Data, reason: Reason };
}

function failed(reason: string): Outcome {
  return { succeeded: false, data: {}, reason };
}
