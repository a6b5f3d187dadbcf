/**
 * What crosses the wire between the constructs and their handlers, typed as it is there: CloudFormation makes a
 * string of every scalar. Types and constants only; both sides compile against this file.
 */

/** Raised when a property changes its meaning. Handlers keep understanding every version that was ever deployed. */
export const SCHEMA_VERSION = '1';

/** IAM path of the roles of the library's own functions, so that an organization's policy can name who may make keys. */
export const FUNCTION_ROLE_PATH = '/cdk-qualys-connectors/';

/** Where the ownership records stand in Parameter Store. */
export const RECORD_PREFIX = '/cdk-qualys-connectors/base-account';

/** Appended to the name of a record: where a Delete notes that it cancels a Create. A parameter of its own, since Parameter Store overwrites blindly. */
export const CANCELLATION_SUFFIX = '/cancelled';

/**
 * Environment variable of the access-key function with the names of the records, with commas between, of what its user's key is
 * registered for: a key that the service may have is not removed. There only where the registration is in the same app.
 */
export const RECORDS_VARIABLE = 'RECORDS';

/** Tag on the key secret in which the key engine notes that it is about to make a key. */
export const MINTING_TAG = 'cdk-qualys-connectors:minting';

/**
 * Tag on the key secret in which a Delete notes that the keys are to go: a Create that CloudFormation gave up, and that is
 * still at work, finds it and undoes itself.
 */
export const REMOVED_TAG = 'cdk-qualys-connectors:removed';

/** A boolean, as CloudFormation hands it over. */
export type Flag = 'true' | 'false';

/** Account types of the service, by the names that this library gives them. */
export type AccountTypeName = 'GLOBAL' | 'US_GOVCLOUD' | 'CHINA';

export const ACCESS_KEY_RESOURCE_TYPE = 'Custom::QualysAccessKey';

export interface AccessKeyProperties {
  readonly SchemaVersion: string;
  /** The account of the user, 12 digits. */
  readonly AwsAccountId: string;
  readonly UserName: string;
  /** The secret that keeps the key. */
  readonly SecretArn: string;
}

/** Names of the attributes that the handler answers with. */
export const ACCESS_KEY_ATTRIBUTES = { accessKeyId: 'AccessKeyId' } as const;

/** The JSON in the key's secret. */
export interface StoredKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly userName: string;
  readonly accountId: string;
}

export const BASE_ACCOUNT_RESOURCE_TYPE = 'Custom::QualysBaseAccount';

/** Where the service is and how to sign in; the credentials themselves stay in their secret. */
export interface ServiceProperties {
  /** e.g. `https://qualysapi.qg2.apps.qualys.com` */
  readonly ApiServer: string;
  readonly Gateway?: string;
  readonly PlatformUrl?: string;
  readonly Authentication: 'BASIC' | 'OIDC_CLIENT';
  readonly CredentialsSecretArn: string;
}

export interface ApiOperationProperties {
  readonly Method: string;
  /** `{id}` is filled with the ID that the service's read gives. */
  readonly Path: string;
}

/** The write API of the service, as data: the vendor publishes none. */
export interface WriteApiProperties {
  readonly Create: ApiOperationProperties;
  readonly Update: ApiOperationProperties;
  readonly Delete: ApiOperationProperties;
  readonly ObjectName: string;
  readonly FieldNames: {
    readonly Name: string;
    readonly AwsAccountId: string;
    readonly AccountType: string;
    readonly AccessKeyId: string;
    readonly SecretAccessKey: string;
    readonly UseInAssetView: string;
  };
  readonly AccountTypeNames: Readonly<Record<AccountTypeName, string>>;
}

export interface DeliveryProperties {
  readonly Mode: 'AUTO' | 'API' | 'CONSOLE';
  /** There unless the mode is CONSOLE. */
  readonly Api?: WriteApiProperties;
  /** SNS topic that hears of a key that waits for a person. */
  readonly NotifyTopicArn?: string;
}

export interface BaseAccountProperties {
  readonly SchemaVersion: string;
  readonly Service: ServiceProperties;
  readonly AccountType: AccountTypeName;
  readonly Title: string;
  readonly AwsAccountId: string;
  readonly UserName: string;
  /** The key that the user had when the template was deployed: a change of it makes CloudFormation send an Update. */
  readonly AccessKeyId: string;
  readonly AccessKeySecretArn: string;
  readonly Delivery: DeliveryProperties;
  readonly UseInAssetView?: Flag;
  readonly AdoptExisting: Flag;
  /** Absent where a version of this library deployed it that did not have it yet: it counts as `true`. */
  readonly DeletionProtection?: Flag;
  /** `true` where a change of the user's name deletes the user before and its keys in the same deployment. */
  readonly DeletesFormerUser?: Flag;
  /** Name of the ownership record in Parameter Store. */
  readonly RecordName: string;
}

export type RegistrationStatus = 'REGISTERED' | 'AWAITING_CONSOLE';

/** Names of the attributes that the handler answers with. */
export const BASE_ACCOUNT_ATTRIBUTES = {
  status: 'Status',
  registeredAccessKeyId: 'RegisteredAccessKeyId',
  nextStep: 'NextStep',
} as const;

/** Environment variable of the base-account function with its {@link StandingRegistration} as JSON; there only with rotation. */
export const STANDING_VARIABLE = 'REGISTRATION';

/** The title apart from it: what people change most shows in a diff as one short line. */
export const TITLE_VARIABLE = 'TITLE';

/** What the base-account function works on when Secrets Manager or the schedule calls it, which hand over no properties. */
export interface StandingRegistration {
  readonly Properties: Omit<BaseAccountProperties, 'AccessKeyId' | 'Title'>;
  /** The custom resource whose entry it is, as in the ownership record. */
  readonly StackId: string;
  readonly LogicalId: string;
  /** How long a replaced key stays active, in seconds. */
  readonly RetireAfterSeconds: string;
}

/** What the schedule hands over for the daily run. */
export const DAILY_RUN_EVENT = { Task: 'DAILY_RUN' } as const;

export const METRIC_NAMESPACE = 'CdkQualysConnectors';

/** Dimensions: `Platform` (host of the API server) and `AccountType`. Written once a daily run, in the embedded format. */
export const METRICS = {
  /** Days since the current key was made. */
  keyAge: 'KeyAge',
  /** Days since the promotion of the current key in which the old one was still used; 0 when it is not used or gone. */
  oldKeyInUse: 'OldKeyInUse',
  /** Days that a key waits for a person to enter it at the console; 0 when none waits. */
  awaitingConsole: 'AwaitingConsole',
  /** 1 when the last rotation failed, 0 otherwise. */
  rotationFailed: 'RotationFailed',
  /** 1 a run that came to its end; written last. */
  heartbeat: 'Heartbeat',
} as const;
