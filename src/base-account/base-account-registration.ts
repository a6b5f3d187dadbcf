import { CfnOutput, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { BaseAccountRegistrationOptions } from './base-account-registration-options';
import { IBaseAccountUser } from './base-account-user-attributes';
import { KeyDelivery } from './key-delivery';
import { KeyRotation } from './key-rotation';
import { takePlace } from '../private/base-account-places';
import { checkLine } from '../private/checks';
import { handledResource } from '../private/handled-resource';
import { HandlerFunction } from '../private/handler-function';
import { A_SERVICE, A_USER, checkRequired, TEXT } from '../private/required';
import { AccountType } from '../service/account-type';
import { BaseAccountFunction } from './private/base-account-function';
import { secretId } from '../private/secrets';
import { BASE_ACCOUNT_ATTRIBUTES, BASE_ACCOUNT_RESOURCE_TYPE, BaseAccountProperties, METRICS, RECORD_PREFIX, DeployedRegistrationProperties } from '../wire/base-account';
import { flag, SCHEMA_VERSION } from '../wire/common';
import { deletesFormerUser, guardKeys } from './private/key-guard';
import { checkSecretPartition } from '../private/partitions';
import { noteRegistration } from './private/registered-keys';
import { accountOf } from './private/registration-checks';
import { dailyMetric, metricDimensions } from './private/registration-metrics';
import { registerKey } from './private/registration-rights';
import { RotationTimes } from './private/rotation-times';
import { scheduleRotation } from './private/scheduled-rotation';

/** Properties of a {@link BaseAccountRegistration}. */
export interface BaseAccountRegistrationProps extends BaseAccountRegistrationOptions {
  /**
   * The user whose key the service gets, of the same account and region. Best in the same stack: CloudFormation does not
   * change a value that another stack imports, so that a key that had to be made anew would not come through.
   */
  readonly user: IBaseAccountUser;

  /**
   * What becomes of the service's entry when the registration is removed from the stack or the stack is deleted.
   *
   * By default it stays, as all connectors of the account type call from it; a stack that is deployed again takes it up with
   * `adoptExisting`. With `DESTROY` it is deleted, and these connectors go back to the Qualys account at once: let their
   * roles trust that one before, then see `deletionProtection`. An entry that a person made at the console, or that was
   * there before, has to be deleted there first. Give `user` the same value.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * The base account of one account type at the connector service, kept equal to the code.
 *
 * The service has room for one per account type in a subscription: a second one for the same platform in the same `Stage`
 * is refused. Title, account ID and key are edited in place; a change of account type or platform makes a new entry.
 * Read back after writing; what the function did stands in a record in Parameter Store, without the key.
 *
 * With `rotation` the key is replaced on a schedule, and a daily run retires the old one, promotes a key that a person has
 * entered, and writes the metrics. The secret's rotation schedule and the daily run go with the function, also where user and
 * entry stay: the last key then goes on working as it is.
 *
 * Throws for a title or account ID that cannot be, for an account ID other than the user's, for an account type that does
 * not go with the stack's region, for credentials in another partition than the stack, and for a user whose key is rotated and
 * registered twice.
 *
 * @example
 * const registration = new BaseAccountRegistration(this, 'Registration', {
 *   service,
 *   user: new BaseAccountUser(this, 'User', { roles: AssumableRoles.named('QualysConnector') }),
 *   title: 'Central Security',
 *   delivery: KeyDelivery.console({ notify: new sns.Topic(this, 'Operators') }),
 *   rotation: KeyRotation.every(Duration.days(60), { retireAfter: Duration.days(7) }),
 * });
 */
export class BaseAccountRegistration extends Construct {
  /**
   * `REGISTERED`, or `AWAITING_CONSOLE` while the key waits for a person. As of the last deployment: what the daily run finds
   * out later, it writes into the record in Parameter Store and into the metric `AwaitingConsole`.
   */
  public readonly status: string;

  /** ID of the access key that the service has; `NONE` while it has none. As of the last deployment: a rotation does not change it. */
  public readonly registeredAccessKeyId: string;

  /** What a person has to do, with the ARN of the key's secret, or that nothing is left to do. As of the last deployment. */
  public readonly nextStep: string;

  /**
   * Undefined without rotation.
   *
   * @internal
   */
  public readonly _rotation?: RotationTimes;

  private readonly dimensions: Record<string, string>;

  public constructor(scope: Construct, id: string, props: BaseAccountRegistrationProps) {
    super(scope, id);
    checkRequired(props, { service: A_SERVICE, user: A_USER, title: TEXT });
    const { service, user, title, delivery = KeyDelivery.auto(), useInAssetView, adoptExisting = false, deletionProtection = true } = props;
    const { platform } = service;
    checkLine('title', title);
    const awsAccountId = accountOf(props);
    const accountType = AccountType._of(this, props.accountType);
    checkSecretPartition(this, service.credentials._secret);
    takePlace(this, { apiServer: platform.apiServer, accountType: accountType.name });
    this._rotation = (props.rotation ?? KeyRotation.every(Duration.days(90)))._times;
    noteRegistration(this, user, this._rotation !== undefined);
    this.dimensions = metricDimensions(platform, accountType);
    const recordName = `${RECORD_PREFIX}/${platform._host()}/${accountType.name}`;
    guardKeys(user, recordName);

    const handler = new HandlerFunction(this, 'Function', {
      code: BaseAccountFunction,
      purpose: 'Registers the base account at the Qualys connector service',
      network: service._network,
    });
    const properties: DeployedRegistrationProperties['Properties'] = {
      SchemaVersion: SCHEMA_VERSION,
      Service: service._properties(),
      AccountType: accountType._name,
      AwsAccountId: awsAccountId,
      UserName: user.userName,
      AccessKeySecretArn: secretId(user.accessKeySecret),
      Delivery: delivery._properties(),
      UseInAssetView: useInAssetView === undefined ? undefined : flag(useInAssetView),
      AdoptExisting: flag(adoptExisting),
      RecordName: recordName,
    };
    const entry = handledResource(this, 'Resource', {
      handler,
      resourceType: BASE_ACCOUNT_RESOURCE_TYPE,
      properties: {
        ...properties,
        Title: title,
        AccessKeyId: user.accessKeyId,
        DeletionProtection: flag(deletionProtection),
        DeletesFormerUser: deletesFormerUser(user),
      } satisfies BaseAccountProperties,
      access: `Lets a function of cdk-qualys-connectors register the base account of type ${accountType.name} at ${platform.apiServer}.`,
      statements: registerKey(this, { service, user, delivery, recordName }),
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      needs: [user, user.accessKeySecret, service.credentials._secret],
    });
    this.status = entry.getAttString(BASE_ACCOUNT_ATTRIBUTES.status);
    this.registeredAccessKeyId = entry.getAttString(BASE_ACCOUNT_ATTRIBUTES.registeredAccessKeyId);
    this.nextStep = entry.getAttString(BASE_ACCOUNT_ATTRIBUTES.nextStep);
    if (this._rotation) scheduleRotation(this, { handler, entry, user, title, properties, times: this._rotation });
    if (delivery._mayNeedPerson()) {
      new CfnOutput(this, 'NextStep', {
        value: this.nextStep, description: `What a person has to do for the Qualys base account (${accountType.label})`,
      });
    }
  }

  /**
   * A metric of this registration, in namespace `CdkQualysConnectors`; dimensions `Platform` and `AccountType`, one value a
   * day. There are none without rotation. By default the maximum of a day.
   *
   * @param metricName `KeyAge`, `OldKeyInUse`, `AwaitingConsole`, `RotationFailed` or `Heartbeat`
   */
  public metric(metricName: string, props?: MetricOptions): Metric {
    return dailyMetric(this, metricName, this.dimensions, props);
  }

  /** Days since the current key was made. By default the maximum of a day. */
  public metricKeyAge(props?: MetricOptions): Metric {
    return this.metric(METRICS.keyAge, props);
  }

  /** Days since the last rotation for which the old key was still used; 0 when it is not, or gone. By default the maximum of a day. */
  public metricOldKeyInUse(props?: MetricOptions): Metric {
    return this.metric(METRICS.oldKeyInUse, props);
  }

  /** Days that a key waits for a person to enter it at the console; 0 when none waits. By default the maximum of a day. */
  public metricAwaitingConsole(props?: MetricOptions): Metric {
    return this.metric(METRICS.awaitingConsole, props);
  }

  /** 1 when the last rotation failed, 0 otherwise. By default the maximum of a day. */
  public metricRotationFailed(props?: MetricOptions): Metric {
    return this.metric(METRICS.rotationFailed, props);
  }

  /** 1 for each daily run that came to its end. By default the maximum of a day. */
  public metricHeartbeat(props?: MetricOptions): Metric {
    return this.metric(METRICS.heartbeat, props);
  }
}
