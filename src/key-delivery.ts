import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { DeliveryProperties, WriteApiProperties } from './private/contract';
import { resolveWriteApi } from './private/write-api';

/** One call of the service's API. */
export interface ApiOperation {
  /** `POST`, `PUT`, `PATCH` or `DELETE`. */
  readonly method: string;

  /**
   * Path on the API server, beginning with `/`, with a query where needed; no host, no `..`, no fragment.
   *
   * `{id}` is filled with the ID that the service's read gives; not allowed in a `create`.
   */
  readonly path: string;
}

/** What the service calls the fields of a base account: letters, digits and `_`, each name once. */
export interface ApiFieldNames {
  /**
   * The title.
   *
   * @default 'name'
   */
  readonly name?: string;

  /**
   * The ID of the base account.
   *
   * @default 'awsAccountId'
   */
  readonly awsAccountId?: string;

  /**
   * The account type.
   *
   * @default 'accountType'
   */
  readonly accountType?: string;

  /**
   * The access key ID.
   *
   * @default 'accessKeyId'
   */
  readonly accessKeyId?: string;

  /**
   * The secret access key.
   *
   * @default 'secretKey'
   */
  readonly secretAccessKey?: string;

  /**
   * The option Use in AssetView.
   *
   * @default 'useInAssetView'
   */
  readonly useInAssetView?: string;
}

/** What the service calls its account types: letters, digits, `_ . -` and spaces, each name once. */
export interface ApiAccountTypeNames {
  /**
   * Global.
   *
   * @default 'Global'
   */
  readonly global?: string;

  /**
   * US GovCloud.
   *
   * @default 'Gov'
   */
  readonly usGovcloud?: string;

  /**
   * China.
   *
   * @default 'China'
   */
  readonly china?: string;
}

/** How the service's API is called. The defaults are inferred from its other APIs: the vendor documents no write. */
export interface ApiKeyDeliveryOptions {
  /**
   * The call that creates the base account.
   *
   * @default - `POST /qps/rest/3.0/create/am/awsbaseaccount` (inferred)
   */
  readonly create?: ApiOperation;

  /**
   * The call that changes it.
   *
   * @default - `POST /qps/rest/3.0/update/am/awsbaseaccount/{id}` (inferred)
   */
  readonly update?: ApiOperation;

  /**
   * The call that deletes it.
   *
   * @default - `POST /qps/rest/3.0/delete/am/awsbaseaccount/{id}` (inferred)
   */
  readonly delete?: ApiOperation;

  /**
   * Name of the object in a request's `ServiceRequest.data`: letters, digits and `_`.
   *
   * @default 'AwsBaseAccount'
   */
  readonly objectName?: string;

  /**
   * Names of the object's fields.
   *
   * @default - `name`, `awsAccountId`, `accountType`, `accessKeyId`, `secretKey`, `useInAssetView` (inferred)
   */
  readonly fieldNames?: ApiFieldNames;

  /**
   * Names of the account types.
   *
   * @default - `Global`, `Gov`, `China` (inferred)
   */
  readonly accountTypeNames?: ApiAccountTypeNames;
}

/** How a person takes the key to the console. */
export interface ConsoleKeyDeliveryOptions {
  /**
   * Topic that hears, with the steps, of a key that waits: a standard topic in the stack's account and region.
   *
   * @default - nobody is told; the steps stand in the stack's output
   */
  readonly notify?: ITopic;
}

/** The API's calls, and whom to tell when there is no such API. */
export interface AutoKeyDeliveryOptions extends ApiKeyDeliveryOptions {
  /**
   * Topic that hears, with the steps, of a key that waits: a standard topic in the stack's account and region.
   *
   * @default - nobody is told; the steps stand in the stack's output
   */
  readonly notify?: ITopic;
}

/**
 * How the base account's key reaches the connector service.
 *
 * Qualys publishes reads of the base account but no write. So the write is data that you can correct, and where a
 * subscription has no such API a person pastes the key (vendor page "Create a Base Account"). The key itself is handed
 * over by the function, or read by the person from its secret; it never stands in the stack.
 *
 * @example
 * const delivery = KeyDelivery.api({
 *   update: { method: 'PUT', path: '/qps/rest/3.0/update/am/awsbaseaccount/{id}' },
 *   fieldNames: { name: 'title' },
 * });
 */
export class KeyDelivery {
  /**
   * Through the API if the subscription has it, else as `console`. It is found out with a request that carries no key.
   *
   * Throws for calls and names that cannot be, and for a FIFO topic.
   */
  public static auto(options: AutoKeyDeliveryOptions = {}): KeyDelivery {
    return new KeyDelivery('AUTO', resolveWriteApi(options), options.notify);
  }

  /** Through the API; the deployment fails where the subscription has none. Throws for calls and names that cannot be. */
  public static api(options: ApiKeyDeliveryOptions = {}): KeyDelivery {
    return new KeyDelivery('API', resolveWriteApi(options));
  }

  /**
   * By a person at the console. The deployment succeeds with the status `AWAITING_CONSOLE`, and an output has the steps.
   *
   * Throws for a FIFO topic.
   */
  public static console(options: ConsoleKeyDeliveryOptions = {}): KeyDelivery {
    return new KeyDelivery('CONSOLE', undefined, options.notify);
  }

  private constructor(
    private readonly mode: DeliveryProperties['Mode'],
    private readonly writeApi?: WriteApiProperties,
    private readonly notify?: ITopic,
  ) {
    if (notify?.fifo) {
      throw new Error(`notify must be a standard topic, got the FIFO topic ${notify.node.path}`);
    }
  }

  /**
   * Whether a person may have to do something.
   *
   * @internal
   */
  public _mayNeedPerson(): boolean {
    return this.mode !== 'API';
  }

  /** @internal */
  public _properties(): DeliveryProperties {
    return { Mode: this.mode, Api: this.writeApi, NotifyTopicArn: this.notify?.topicArn };
  }

  /** @internal */
  public _statements(): PolicyStatement[] {
    if (!this.notify) { return []; }
    const { topicArn, masterKey, env } = this.notify;
    const publish = new PolicyStatement({ actions: ['sns:Publish'], resources: [topicArn] });
    return masterKey === undefined ? [publish] : [publish, new PolicyStatement({
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: [masterKey.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `sns.${env.region}.amazonaws.com` } },
    })];
  }
}
