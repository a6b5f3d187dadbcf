import { Stack, Token } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { IConstruct } from 'constructs';
import { ApiKeyDeliveryOptions } from './api-key-delivery-options';
import { DeliveryProperties, WriteApiProperties } from '../wire/base-account';
import { resolveWriteApi } from './private/registration/write-api';

/** Options for a person who brings the key to the console. */
export interface ConsoleKeyDeliveryOptions {
  /**
   * Topic that gets a message with the steps when a key waits. It is a standard topic in the stack's account and region.
   *
   * @default - no message; the stack's output has the steps
   */
  readonly notify?: ITopic;
}

/** The calls of the API, and the topic for the case that there is no such API. */
export interface AutoKeyDeliveryOptions extends ApiKeyDeliveryOptions {
  /**
   * Topic that gets a message with the steps when a key waits for a person. A standard topic in the stack's account and region.
   *
   * @default - no message; the output of the stack has the steps
   */
  readonly notify?: ITopic;
}

/**
 * How the base account's key reaches the connector service.
 *
 * Qualys documents how to read the base account, but not how to write it. The library therefore keeps the write as data that you can
 * correct. Where a subscription has no such API, a person pastes the key (vendor page "Create a Base Account"). The function sends the key,
 * or the person reads it from its secret. It is never in the stack.
 *
 * @example
 * const delivery = KeyDelivery.api({
 *   update: { method: 'PUT', path: '/qps/rest/3.0/update/am/awsbaseaccount/{id}' },
 *   fieldNames: { name: 'title' },
 * });
 */
export class KeyDelivery {
  /**
   * Through the API if the subscription has it, otherwise as `console()`. The function finds out with a request that carries no key.
   *
   * @param options changes to the preset, and the topic. Throws for calls and names that are not valid, and for a FIFO topic.
   */
  public static auto(options: AutoKeyDeliveryOptions = {}): KeyDelivery {
    return new KeyDelivery('AUTO', resolveWriteApi(options), options.notify);
  }

  /**
   * Sends the key through the API. The deployment fails if the subscription has no such API.
   *
   * @param options changes to the preset. Throws for calls and names that are not valid.
   */
  public static api(options: ApiKeyDeliveryOptions = {}): KeyDelivery {
    return new KeyDelivery('API', resolveWriteApi(options));
  }

  /**
   * Through a person at the console. The deployment succeeds with the status `AWAITING_CONSOLE`, and an output has the steps. In a
   * rotation, the new key waits as AWSPENDING. The daily run promotes it once IAM shows that it is used.
   *
   * @param options the topic. Throws for a FIFO topic.
   */
  public static console(options: ConsoleKeyDeliveryOptions = {}): KeyDelivery {
    return new KeyDelivery('CONSOLE', undefined, options.notify);
  }

  private constructor(
    private readonly mode: DeliveryProperties['Mode'],
    private readonly writeApi?: WriteApiProperties,
    private readonly notify?: ITopic,
  ) {
    if (notify?.fifo) throw new Error(`notify must be a standard topic, got the FIFO topic ${notify.node.path}`);
  }

  /**
   * Whether a person may have to do something.
   *
   * @internal
   */
  public _mayNeedPerson(): boolean {
    return this.mode !== 'API';
  }

  /**
   * Throws for a topic that is known to be in another account or region than `scope`.
   *
   * @internal
   */
  public _properties(scope: IConstruct): DeliveryProperties {
    if (this.notify) checkPlace(scope, this.notify);
    return { Mode: this.mode, Api: this.writeApi, NotifyTopicArn: this.notify?.topicArn };
  }

  /** @internal */
  public _statements(): PolicyStatement[] {
    if (!this.notify) return [];
    const { topicArn, masterKey, env } = this.notify;
    const publish = new PolicyStatement({ actions: ['sns:Publish'], resources: [topicArn] });
    return masterKey === undefined ? [publish] : [publish, new PolicyStatement({
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: [masterKey.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `sns.${env.region}.amazonaws.com` } },
    })];
  }
}

/** SNS takes a message only in the topic's region, and this library publishes only within its account. */
function checkPlace(scope: IConstruct, topic: ITopic): void {
  const { account, region } = Stack.of(scope);
  const differs = (there: string, here: string) => ![there, here].some((value) => Token.isUnresolved(value)) && there !== here;
  if (differs(topic.env.account, account) || differs(topic.env.region, region)) {
    throw new Error(`notify must be a topic in account ${account} and region ${region}, where ${scope.node.path} stands, got ${topic.node.path} `
      + `in account ${topic.env.account} and region ${topic.env.region}: make a topic beside the registration, and subscribe the other one to it`);
  }
}
