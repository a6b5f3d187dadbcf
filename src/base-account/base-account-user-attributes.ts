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
  readonly awsAccountId: string;

  /** Name of the user as it was given, which also a stack of another account can refer to; undefined when AWS makes it up. */
  readonly explicitUserName?: string;

  /** Secret with the access key: JSON `accessKeyId`, `secretAccessKey`, `userName`, `accountId`. */
  readonly accessKeySecret: ISecret;

  /** ID of the access key that was current when the stack was deployed. Not a secret. */
  readonly accessKeyId: string;
}

/** A user that another app made, which does not know what is registered here: change its name there with the default `removalPolicy` only. */
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
  readonly awsAccountId?: string;

  /** Secret with the access key: JSON `accessKeyId`, `secretAccessKey`, `userName`, `accountId`. */
  readonly accessKeySecret: ISecret;

  /** ID of the current access key; a change of it sends the key to the service again. */
  readonly accessKeyId: string;
}
