import { CfnOutput, RemovalPolicy, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AccountType } from './account-type';
import { IBaseAccountUser } from './base-account-user';
import { ConnectorService } from './connector-service';
import { KeyDelivery } from './key-delivery';
import { BaseAccountFunction } from './private/base-account-function';
import {
  BASE_ACCOUNT_ATTRIBUTES, BASE_ACCOUNT_RESOURCE_TYPE, BaseAccountProperties, Flag, RECORD_PREFIX, SCHEMA_VERSION,
} from './private/contract';
import { handledResource } from './private/handled-resource';
import { HandlerFunction } from './private/handler-function';
import { refuseSecret } from './private/no-secrets';
import { takePlace } from './private/registered-types';
import { registerKey } from './private/registration-rights';
import { secretId } from './private/secret-access';
import { checkAccountId, checkText } from './private/validate';

/** What is to be registered, and how. */
export interface BaseAccountRegistrationOptions {
  /** The connector service of your subscription. */
  readonly service: ConnectorService;

  /**
   * Title of the base account at the service ("name" in its newer consoles). Edited in place.
   *
   * 1 to 255 characters without line breaks and control characters, and no secret; the vendor documents no limit, so this
   * one is the library's.
   */
  readonly title: string;

  /**
   * Account type. It cannot be edited at the service: a change makes a new registration.
   *
   * @default - that of the stack's region; `GLOBAL` when the region is not known at synth
   */
  readonly accountType?: AccountType;

  /**
   * ID of the base account, 12 digits: the account of the user. Given, it is checked.
   *
   * @default - the user's account
   */
  readonly awsAccountId?: string;

  /**
   * How the key reaches the service.
   *
   * @default KeyDelivery.auto()
   */
  readonly delivery?: KeyDelivery;

  /**
   * The option Use in AssetView of older consoles: connectors of this base account are available there too.
   *
   * Turning it off later does not remove the AssetView connector (vendor page "Base Account"): remove it in AssetView.
   *
   * @default - not sent
   */
  readonly useInAssetView?: boolean;

  /**
   * Whether an entry that the service has already may be taken over. Only one of the same AWS account is: another one lets
   * the deployment fail with its account, as its connectors would stop.
   *
   * @default false
   */
  readonly adoptExisting?: boolean;
}

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
   * By default it stays, as all connectors of the account type call from it. With `DESTROY` it is deleted, and these
   * connectors go back to the Qualys account at once: let their roles trust that one before. An entry that a person made at
   * the console, or that was there before, has to be deleted there first. Give `user` the same value.
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
 * Throws for a title or account ID that cannot be, for an account ID other than the user's, and for an account type that
 * does not go with the stack's region.
 *
 * @example
 * new BaseAccountRegistration(this, 'Registration', {
 *   service,
 *   user: new BaseAccountUser(this, 'User', { roles: AssumableRoles.named('QualysConnector') }),
 *   title: 'Central Security',
 *   delivery: KeyDelivery.console({ notify: new sns.Topic(this, 'Operators') }),
 * });
 */
export class BaseAccountRegistration extends Construct {
  /** `REGISTERED`, or `AWAITING_CONSOLE` while the key waits for a person. As of the last deployment. */
  public readonly status: string;

  /** ID of the access key that the service has; `NONE` while it has none. As of the last deployment. */
  public readonly registeredAccessKeyId: string;

  /** What a person has to do, with the ARN of the key's secret, or that nothing is left to do. As of the last deployment. */
  public readonly nextStep: string;

  public constructor(scope: Construct, id: string, props: BaseAccountRegistrationProps) {
    super(scope, id);
    const { service, user, title, delivery = KeyDelivery.auto(), useInAssetView, adoptExisting = false } = props;
    const { platform } = service;
    checkTitle(title);
    const awsAccountId = accountOf(props);
    const accountType = AccountType._of(this, props.accountType);
    takePlace(this, platform, accountType);
    const recordName = `${RECORD_PREFIX}/${platform._host()}/${accountType.name}`;

    const entry = handledResource(this, 'Resource', {
      handler: new HandlerFunction(this, 'Function', {
        code: BaseAccountFunction,
        purpose: 'Registers the base account at the Qualys connector service',
        network: service._network,
      }),
      resourceType: BASE_ACCOUNT_RESOURCE_TYPE,
      properties: {
        SchemaVersion: SCHEMA_VERSION,
        Service: service._properties(),
        AccountType: accountType._name,
        Title: title,
        AwsAccountId: awsAccountId,
        UserName: user.userName,
        AccessKeyId: user.accessKeyId,
        AccessKeySecretArn: secretId(user.accessKeySecret),
        Delivery: delivery._properties(),
        UseInAssetView: useInAssetView === undefined ? undefined : flag(useInAssetView),
        AdoptExisting: flag(adoptExisting),
        RecordName: recordName,
      } satisfies BaseAccountProperties,
      access: `Lets a function of cdk-qualys-connectors register the base account of type ${accountType.name} at ${platform.apiServer}.`,
      statements: registerKey(this, { service, user, delivery, recordName }),
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      needs: [user, user.accessKeySecret, service.credentials._secret],
    });
    this.status = entry.getAttString(BASE_ACCOUNT_ATTRIBUTES.status);
    this.registeredAccessKeyId = entry.getAttString(BASE_ACCOUNT_ATTRIBUTES.registeredAccessKeyId);
    this.nextStep = entry.getAttString(BASE_ACCOUNT_ATTRIBUTES.nextStep);

    if (delivery._mayNeedPerson()) {
      new CfnOutput(this, 'NextStep', { value: this.nextStep, description: `What a person has to do for the Qualys base account (${accountType.label})` });
    }
  }
}

function checkTitle(title: string): void {
  refuseSecret('title', title);
  checkText('title', title, { max: 255, pattern: /^[^\p{Cc}\u2028\u2029]*$/u, allowed: 'characters other than line breaks and control characters' });
  if (title.trim() === '') {
    throw new Error('title must hold a character other than a space');
  }
}

/** The account of the user; the one given, if any, has to be the same. */
function accountOf({ awsAccountId, user }: BaseAccountRegistrationProps): string {
  if (awsAccountId === undefined) { return user.awsAccountId; }
  checkAccountId('awsAccountId', awsAccountId);
  if (!Token.isUnresolved(awsAccountId) && !Token.isUnresolved(user.awsAccountId) && awsAccountId !== user.awsAccountId) {
    throw new Error(`awsAccountId must be the account of the user ${user.node.path}, ${user.awsAccountId}, got ${awsAccountId}: the service signs with that user's key`);
  }
  return awsAccountId;
}

function flag(value: boolean): Flag {
  return value ? 'true' : 'false';
}
