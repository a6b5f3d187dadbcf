import { Annotations, CfnOutput, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { BaseAccountRegistrationAttributes, IBaseAccountRegistration } from './base-account-registration-attributes';
import { BaseAccountRegistrationOptions } from './base-account-registration-options';
import { IBaseAccountUser } from './base-account-user-attributes';
import { KeyDelivery } from './key-delivery';
import { KeyRotation } from './key-rotation';
import { BaseAccountFunction } from './private/base-account-function';
import { deletesFormerUser, guardKeys } from './private/key-guard';
import { noteAwaited, takePlace } from '../private/base-account-places';
import { checkLine } from '../private/checks';
import { handledResource } from '../private/handled-resource';
import { HandlerFunction } from '../private/handler-function';
import { checkSecretPartition } from '../private/partitions';
import { A_PLATFORM, A_SERVICE, A_USER, AN_ACCOUNT_TYPE, checkRequired, TEXT } from '../private/required';
import { secretId } from '../private/secrets';
import { AccountType } from '../service/account-type';
import { QualysPlatform } from '../service/qualys-platform';
import {
  BASE_ACCOUNT_ATTRIBUTES, BASE_ACCOUNT_RESOURCE_TYPE, BaseAccountProperties, DeployedRegistrationProperties, recordNameOf,
} from '../wire/base-account';
import { flag, SCHEMA_VERSION } from '../wire/common';
import { isMadeHere, warnOfWeakUser } from './private/registration/made-here';
import { noteRegistration } from './private/registration/registered-keys';
import { registerKey } from './private/registration/registration-rights';
import { verifiedAccess } from './private/registration/verified-access';
import { scheduleDailyRun } from './private/rotation/daily-run';
import { fixRegistration } from './private/rotation/deployed-registration';
import { ImportedBaseAccountRegistration, RegistrationMetrics } from './private/rotation/registration-metrics';
import { RotationTimes } from './private/rotation/rotation-times';
import { scheduleRotation } from './private/rotation/scheduled-rotation';
import { watchForAlarms } from './private/rotation/watched';
import { letRead } from './private/secret-readers';

/** Properties of a {@link BaseAccountRegistration}. */
export interface BaseAccountRegistrationProps extends BaseAccountRegistrationOptions {
  /**
   * The user whose key the service gets. It is in the same account and region, and best in the same stack: values of another stack arrive
   * only with that stack's next deployment.
   */
  readonly user: IBaseAccountUser;

  /**
   * What becomes of the service's entry when the registration is removed from the stack or the stack is deleted.
   *
   * By default it stays, because the service calls all connectors of the account type from it. A stack that is deployed again takes it over
   * with `adoptExisting`.
   *
   * With `DESTROY` it is deleted, and the service calls these connectors from the Qualys account at once: let their roles trust that
   * account before, and see `deletionProtection`. An entry that a person made at the console, or that was there before, has to be deleted
   * there first. Give `user` the same value.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * The base account of one account type at the connector service, kept equal to the code.
 *
 * The service takes one base account for each account type of a subscription, so a second one for the same platform in the same `Stage` is
 * refused. Title, account ID and key are edited in place. A change of account type or platform makes a new entry. The function reads the
 * entry back after each write. It keeps a record in Parameter Store, without the key.
 *
 * With `rotation` the key is replaced on a schedule. A daily run retires the old key, promotes a key that a person has entered, and writes
 * the metrics. When the registration is removed, the rotation schedule and the daily run are always deleted; if user and entry stay, the
 * last key goes on working. Where a person may have to enter the key, there is a daily run without `rotation` too.
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
export class BaseAccountRegistration extends RegistrationMetrics {
  /**
   * A registration that another app made. Use it for metrics and alarms in this app.
   *
   * @param scope the construct that contains this one
   * @param id an ID that is unique in `scope`
   * @param attributes which entry it is
   * @example
   * const registration = BaseAccountRegistration.fromBaseAccountRegistrationAttributes(this, 'Registration', {
   *   platform: QualysPlatform.US_2,
   *   accountType: AccountType.GLOBAL,
   * });
   */
  public static fromBaseAccountRegistrationAttributes(
    scope: Construct, id: string, attributes: BaseAccountRegistrationAttributes,
  ): IBaseAccountRegistration {
    checkRequired(attributes, { platform: A_PLATFORM, accountType: AN_ACCOUNT_TYPE });
    return new ImportedBaseAccountRegistration(scope, id, attributes);
  }

  public readonly platform: QualysPlatform;
  public readonly accountType: AccountType;

  /**
   * `REGISTERED`, or `AWAITING_CONSOLE` while the key waits for a person. The value is that of the last deployment. Later changes are in
   * the record in Parameter Store and in the metric `AwaitingConsole`.
   */
  public readonly registrationStatus: string;

  /**
   * ID of the access key that the service has, or `NONE` while it has none. The value is that of the last deployment: a rotation does not
   * change it.
   */
  public readonly registeredAccessKeyId: string;

  /** What a person has to do, with the ARN of the key's secret, or that nothing is left to do. The value is that of the last deployment. */
  public readonly nextStep: string;

  /** The function that calls the service, rotates the key and runs once a day. */
  public readonly handler: IFunction;

  /**
   * Undefined without rotation.
   *
   * @internal
   */
  public readonly _rotation?: RotationTimes;

  /**
   * Registers the key of the user.
   *
   * Throws for
   *
   * - a title that the service cannot show;
   * - an account type of another partition than the stack's region;
   * - credentials in another partition than the stack;
   * - a user whose key is rotated and registered twice;
   * - a user of another app without `rotation`.
   *
   * @param scope the construct that contains this one
   * @param id an ID that is unique in `scope`; logical IDs contain it, so a change of it replaces the resources
   * @param props whose key is registered, where and how
   */
  public constructor(scope: Construct, id: string, props: BaseAccountRegistrationProps) {
    super(scope, id);
    checkRequired(props, { service: A_SERVICE, user: A_USER, title: TEXT });
    const { service, user, title, delivery = KeyDelivery.auto(), useInAssetView, adoptExisting = false, deletionProtection = true } = props;
    const { platform } = service;
    checkLine('title', title);
    if (props.rotation === undefined && !isMadeHere(user)) {
      throw new Error(`rotation must be given for ${user.node.path}, a user that this app does not make, got none: KeyRotation.every() lets a function here make and `
        + 'delete keys of that user, KeyRotation.disabled() leaves them to the other app');
    }
    const accountType = AccountType._of(this, props.accountType);
    checkSecretPartition(this, service.credentials._secret);
    const place = { apiServer: platform.apiServer, accountType: accountType.name };
    takePlace(this, place);
    this.platform = platform;
    this.accountType = accountType;
    this._rotation = (props.rotation ?? KeyRotation.every(Duration.days(90)))._times;
    noteRegistration(this, user, this._rotation !== undefined);
    warnOfWeakUser(this, user);
    const recordName = recordNameOf(platform._host(), accountType._name);
    const access = verifiedAccess(this, props.verifyAccessTo);
    guardKeys(user, recordName);

    const handler = new HandlerFunction(this, 'Function', {
      code: BaseAccountFunction,
      purpose: 'Registers the base account at the Qualys connector service',
      network: service._network,
      logRetention: props.logRetention,
      timeout: props.verifyAccessTo && Duration.minutes(15), // for ten thousand roles, and for changes in IAM, which take time
    });
    this.handler = handler.function;
    letRead(user.accessKeySecret, handler.role);
    const properties: DeployedRegistrationProperties['Properties'] = {
      SchemaVersion: SCHEMA_VERSION,
      Service: service._properties(),
      AccountType: accountType._name,
      AwsAccountId: user.accountId,
      UserName: user.userName,
      AccessKeySecretArn: secretId(user.accessKeySecret),
      Delivery: delivery._properties(this),
      UseInAssetView: useInAssetView === undefined ? undefined : flag(useInAssetView),
      AdoptExisting: flag(adoptExisting),
      DeletionProtection: flag(deletionProtection),
      DeletesFormerUser: deletesFormerUser(user),
      RecordName: recordName,
    };
    const entry = handledResource(this, 'Resource', {
      handler,
      resourceType: BASE_ACCOUNT_RESOURCE_TYPE,
      properties: {
        ...properties,
        ...access.properties,
        Title: title,
        AccessKeyId: (user as { readonly accessKeyId?: string }).accessKeyId,
      } satisfies BaseAccountProperties,
      access: `Lets a function of cdk-qualys-connectors register the base account of type ${accountType.name} at ${platform.apiServer}.`,
      statements: [...registerKey(this, { service, user, delivery, recordName }), ...access.statements],
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      needs: [user, user.accessKeySecret, service.credentials._secret, ...access.needs],
    });
    this.node.defaultChild = entry.node.defaultChild;
    this.registrationStatus = entry.getAttString(BASE_ACCOUNT_ATTRIBUTES.status);
    this.registeredAccessKeyId = entry.getAttString(BASE_ACCOUNT_ATTRIBUTES.registeredAccessKeyId);
    this.nextStep = entry.getAttString(BASE_ACCOUNT_ATTRIBUTES.nextStep);
    fixRegistration(handler, entry, properties, title, this._rotation);
    access.fix(handler, this.node.findChild('Access'));
    if (this._rotation) {
      scheduleRotation(this, { handler, entry, user, times: this._rotation });
      watchForAlarms(this);
    } else if (delivery._mayNeedPerson()) {
      scheduleDailyRun(this, handler, 'looks whether the key was entered at the console', [entry]);
    }
    if (delivery._mayNeedPerson()) {
      noteAwaited(this, place);
      new CfnOutput(this, 'NextStep', {
        value: this.nextStep, description: `What a person has to do for the Qualys base account (${accountType.label})`,
      });
    }
  }

  /** @internal */
  public _warnOfNoData(): void {
    if (this._rotation) return;
    Annotations.of(this).addWarningV2('cdk-qualys-connectors:metricsWithoutRotation',
      'metrics of this registration never have data: they are written by the daily run of a rotation, and KeyRotation.disabled() has none. '
      + 'Give it KeyRotation.every(), or leave the metrics out');
  }
}
