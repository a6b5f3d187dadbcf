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
 * Environment variable of the access-key function with the names of the records of its user's registrations, separated by commas. The
 * function does not remove a key that the service may have. Set only if the registration is in the same app.
 */
export const RECORDS_VARIABLE = 'RECORDS';

/** Tag on the key's secret. The key engine notes in it that it is about to make a key. */
export const MINTING_TAG = 'cdk-qualys-connectors:minting';

/**
 * Tag on the key's secret. A Delete notes in it that the keys have to be deleted. A Create that CloudFormation gave up and that still runs
 * finds the tag, and undoes itself.
 */
export const REMOVED_TAG = 'cdk-qualys-connectors:removed';
