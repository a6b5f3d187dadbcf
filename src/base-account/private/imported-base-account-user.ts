import { Stack, Token } from 'aws-cdk-lib';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { checkAccountId } from '../../private/checks';
import { checkPath, checkUserName } from '../../private/iam-names';
import type { BaseAccountUserAttributes, IBaseAccountUser } from '../base-account-user-attributes';

/** A user that another app made. */
export class ImportedBaseAccountUser extends Construct implements IBaseAccountUser {
  public readonly userName: string;
  public readonly userArn: string;
  public readonly userPath: string;
  public readonly awsAccountId: string;
  public readonly explicitUserName?: string;
  public readonly accessKeySecret: ISecret;
  public readonly accessKeyId: string;

  public constructor(scope: Construct, id: string, attributes: BaseAccountUserAttributes) {
    super(scope, id);
    const { account, partition } = Stack.of(this);
    const { userName, userPath = '/', awsAccountId = account } = attributes;
    checkUserName('userName', userName);
    checkPath('userPath', userPath);
    checkAccountId('awsAccountId', awsAccountId);
    this.userName = userName;
    this.userArn = `arn:${partition}:iam::${awsAccountId}:user${userPath}${userName}`;
    this.userPath = userPath;
    this.awsAccountId = awsAccountId;
    this.explicitUserName = Token.isUnresolved(userName) ? undefined : userName;
    this.accessKeySecret = attributes.accessKeySecret;
    this.accessKeyId = attributes.accessKeyId;
  }
}
