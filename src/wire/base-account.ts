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

/** Appended to the name of a record: where a Delete notes that it cancels a Create. A parameter of its own, since Parameter Store overwrites blindly. */
export const CANCELLATION_SUFFIX = '/cancelled';

/** With these the write API may be called. */
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
  /** The key that the user had when the template was deployed: a change of it makes CloudFormation send an Update. Absent where another app made the user. */
  readonly AccessKeyId?: string;
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
  /** The roles that the key has to get into before anything is sent to the service. */
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

/** The roles that the key is tried on, as JSON, or their hash where all of them is known at synth: lists of accounts have no room there. */
export const VERIFY_ACCESS_VARIABLE = 'VERIFY_ACCESS_TO';

/** The title apart from it: what people change most shows in a diff as one short line. */
export const TITLE_VARIABLE = 'TITLE';

/** What the base-account function works on, whoever calls it: Secrets Manager, the schedule and people hand over no properties. */
export interface DeployedRegistrationProperties {
  readonly Properties: Omit<BaseAccountProperties, 'AccessKeyId' | 'Title' | 'VerifyAccessTo'>;
  /** The custom resource whose entry it is, as in the ownership record. */
  readonly StackId: string;
  readonly LogicalId: string;
  /** How long a replaced key stays active, in seconds. Absent: the key is not rotated from here. */
  readonly RetireAfterSeconds?: string;
  /** How long after its replacement a key is cut off whatever uses it, in seconds. Absent: never. */
  readonly ForceRetireAfterSeconds?: string;
}

/** What the schedule hands over for the daily run. */
export const DAILY_RUN_EVENT = { Task: 'DAILY_RUN' } as const;

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
  /** Access keys of the user that this library has not made. */
  foreignKeys: 'ForeignKeys',
  /** 1 a run that came to its end; written last. */
  heartbeat: 'Heartbeat',
} as const;
