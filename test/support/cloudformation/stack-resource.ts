import { randomUUID } from 'node:crypto';
import { Answer, Answers } from './answers';
import type { CustomResourceHandler } from '../../../lambda/runtime/custom-resource';

type Properties = object;

export interface StackResourceOptions {
  readonly handler: CustomResourceHandler;
  readonly answers: Answers;
  readonly resourceType: string;
  readonly stackName?: string;
  readonly logicalId?: string;
  /** The clock that the function's time runs out by; the system's unless given. */
  readonly now?: () => number;
}

/** One custom resource in one stack, as CloudFormation drives it. */
export class StackResource {
  public physicalId?: string;
  private deployed?: Properties;
  private readonly stackId: string;

  public constructor(private readonly options: StackResourceOptions) {
    this.stackId = `arn:aws:cloudformation:us-east-1:111111111111:stack/${options.stackName ?? 'CentralSecurity'}/0f0e0d0c-1111-2222-3333-444455556666`;
  }

  /** A failed one is followed by a Delete with the ID that was answered. */
  public async create(properties: Properties): Promise<{ readonly answer: Answer; readonly cleanUp?: Answer }> {
    const answer = await this.send('Create', properties);
    this.physicalId = answer.PhysicalResourceId;
    this.deployed = properties;
    return answer.Status === 'SUCCESS' ? { answer } : { answer, cleanUp: await this.delete() };
  }

  /** Another ID in the answer is followed by a Delete of the old one; a failure by an Update back to where it was. */
  public async update(properties: Properties): Promise<{ readonly answer: Answer; readonly cleanUp?: Answer; readonly rollback?: Answer }> {
    const before = { properties: this.deployed!, physicalId: this.physicalId! };
    const answer = await this.send('Update', properties, { OldResourceProperties: before.properties });
    if (answer.Status === 'FAILED') {
      const rollback = await this.send('Update', before.properties, { OldResourceProperties: properties, PhysicalResourceId: answer.PhysicalResourceId });
      return { answer, rollback };
    }
    this.deployed = properties;
    this.physicalId = answer.PhysicalResourceId;
    if (answer.PhysicalResourceId === before.physicalId) return { answer };
    return { answer, cleanUp: await this.send('Delete', before.properties, { PhysicalResourceId: before.physicalId }) };
  }

  public async delete(): Promise<Answer> {
    return this.send('Delete', this.deployed!);
  }

  /** One request, as it is on the wire: every scalar a string. */
  public async send(requestType: string, properties: Properties, more: object = {}, requestId = randomUUID() as string): Promise<Answer> {
    const event = {
      RequestType: requestType,
      ResponseURL: this.options.answers.url(requestId),
      StackId: this.stackId,
      RequestId: requestId,
      LogicalResourceId: this.options.logicalId ?? 'BaseAccountRegistration1A2B3C4D',
      ResourceType: this.options.resourceType,
      ResourceProperties: { ServiceToken: 'arn:aws:lambda:us-east-1:111111111111:function:f', ServiceTimeout: '1500', ...properties },
      ...(requestType === 'Create' ? {} : { PhysicalResourceId: this.physicalId }),
      ...more,
    };
    const { handler, now = Date.now } = this.options;
    const end = now() + 300_000;
    await handler(event, { logStreamName: 'stream', getRemainingTimeInMillis: () => end - now() });
    return this.options.answers.take(requestId);
  }
}
