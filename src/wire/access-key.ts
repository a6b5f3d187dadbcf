/** What crosses the wire for the access key of a user. */

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

/** Environment variable of the access-key function with the {@link AccessKeyProperties} that it was deployed for, as JSON. */
export const ACCESS_KEY_VARIABLE = 'ACCESS_KEY';

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
