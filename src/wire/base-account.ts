/** What crosses the wire for the entry of a base account at the service. */
import type { AccountTypeName } from './account-types';
import type { AccountSourceProperties } from './accounts';
import type { Flag, ServiceProperties } from './common';
import { hostInName } from './hosts';

export const BASE_ACCOUNT_RESOURCE_TYPE = 'Custom::QualysBaseAccount';

/** Where the ownership records stand in Parameter Store. */
export const RECORD_PREFIX = '/cdk-qualys-connectors/base-account';

/** The name of the ownership record, by the host of the API server. */
export function recordNameOf(host: string, accountType: AccountTypeName): string {
  return `${RECORD_PREFIX}/${hostInName(host)}/${accountType}`;
}

/**
 * Suffix of a record's name. A Delete notes there that it cancels a Create. It is a separate parameter, because Parameter Store overwrites
 * without a check.
 */
export const CANCELLATION_SUFFIX = '/cancelled';

/** The methods that the write API may have. */
export const HTTP_METHODS: readonly string[] = ['POST', 'PUT', 'PATCH', 'DELETE'];

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
  /** Absent if the mode is CONSOLE. */
  readonly Api?: WriteApiProperties;
  /** SNS topic that gets a message when a key waits for a person. */
  readonly NotifyTopicArn?: string;
}

export interface BaseAccountProperties {
  readonly SchemaVersion: string;
  readonly Service: ServiceProperties;
  readonly AccountType: AccountTypeName;
  readonly Title: string;
  readonly AwsAccountId: string;
  readonly UserName: string;
  /**
   * The key that the user had when the template was deployed. Another key makes CloudFormation send an Update. Absent if another app made
   * the user.
   */
  readonly AccessKeyId?: string;
  readonly AccessKeySecretArn: string;
  readonly Delivery: DeliveryProperties;
  readonly UseInAssetView?: Flag;
  readonly AdoptExisting: Flag;
  /** Absent if an earlier version of this library deployed it; then it counts as `true`. */
  readonly DeletionProtection?: Flag;
  /** `true` if a change of the user's name deletes the former user and its keys in the same deployment. */
  readonly DeletesFormerUser?: Flag;
  /** Name of the ownership record in Parameter Store. */
  readonly RecordName: string;
  /** The roles that the key has to be able to assume before anything is sent to the service. */
  readonly VerifyAccessTo?: AccountSourceProperties[];
}

export type RegistrationStatus = 'REGISTERED' | 'AWAITING_CONSOLE';

/** Names of the attributes that the handler answers with. */
export const BASE_ACCOUNT_ATTRIBUTES = {
  status: 'Status',
  registeredAccessKeyId: 'RegisteredAccessKeyId',
  nextStep: 'NextStep',
} as const;

/** Environment variable of the base-account function with its {@link DeployedRegistrationProperties} as JSON: an event that asks for something else is refused. */
export const REGISTRATION_VARIABLE = 'REGISTRATION';

/**
 * Environment variable with the roles to try the key on, as JSON, or their hash if all of them are known at synth: a list of accounts is
 * too long.
 */
export const VERIFY_ACCESS_VARIABLE = 'VERIFY_ACCESS_TO';

/** Environment variable with the title. It is separate, so that a change of the title is one short line in a diff. */
export const TITLE_VARIABLE = 'TITLE';

/** What the base-account function works on, whoever calls it: events of Secrets Manager, the schedule and people have no properties. */
export interface DeployedRegistrationProperties {
  readonly Properties: Omit<BaseAccountProperties, 'AccessKeyId' | 'Title' | 'VerifyAccessTo'>;
  /** Logical ID of the custom resource that owns the entry, as in the ownership record. */
  readonly StackId: string;
  readonly LogicalId: string;
  /** How long a replaced key stays active, in seconds. Absent if this function does not rotate the key. */
  readonly RetireAfterSeconds?: string;
  /** Seconds after its replacement until a key is deactivated even if it is used. Absent means never. */
  readonly ForceRetireAfterSeconds?: string;
}

/** The event of the schedule for the daily run. */
export const DAILY_RUN_EVENT = { Task: 'DAILY_RUN' } as const;

/** Dimensions: `Platform` (host of the API server) and `AccountType`. Written once a daily run, in the embedded format. */
export const METRICS = {
  /** Days since the current key was made. */
  keyAge: 'KeyAge',
  /** Days from the promotion of the current key to the last use of the old one; 0 if nobody used it since, or it is gone. */
  oldKeyInUse: 'OldKeyInUse',
  /** Days that a key waits for a person to enter it at the console; 0 when none waits. */
  awaitingConsole: 'AwaitingConsole',
  /** 1 when the last rotation failed, 0 otherwise. */
  rotationFailed: 'RotationFailed',
  /** Number of the user's access keys that this library has not made. */
  foreignKeys: 'ForeignKeys',
  /** 1 for each completed run; written last. */
  heartbeat: 'Heartbeat',
} as const;
