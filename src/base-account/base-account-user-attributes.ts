import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { IConstruct } from 'constructs';

/** The IAM user that the connector service signs with, and its access key. */
export interface IBaseAccountUser extends IConstruct {
  /** Name of the user. */
  readonly userName: string;

  /** ARN of the user. */
  readonly userArn: string;

  /** Path of the user, beginning and ending with `/`. */
  readonly userPath: string;

  /** ID of the user's account, 12 digits: the base account. */
  readonly accountId: string;

  /** Secret with the access key: JSON with `accessKeyId`, `secretAccessKey`, `userName` and `accountId`. */
  readonly accessKeySecret: ISecret;
}

/**
 * A user that another app made.
 *
 * Take the values from that app's `BaseAccountUser`: pass its `userName`, and the `secretArn` of its `accessKeySecret`, as outputs or
 * parameters. The function reads the ID of the key from the secret, because each rotation changes it. The other app does not know of the
 * registration here: change the user's name there with the default `removalPolicy` only.
 */
export interface BaseAccountUserAttributes {
  /** Name of the user. */
  readonly userName: string;

  /**
   * Path of the user, beginning and ending with `/`.
   *
   * @default '/'
   */
  readonly userPath?: string;

  /**
   * ID of the user's account, 12 digits.
   *
   * @default - the stack's account
   */
  readonly accountId?: string;

  /** Secret with the access key: JSON with `accessKeyId`, `secretAccessKey`, `userName` and `accountId`. */
  readonly accessKeySecret: ISecret;
}
