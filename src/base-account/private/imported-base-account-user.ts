import { Stack } from 'aws-cdk-lib';
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
  public readonly accountId: string;
  public readonly accessKeySecret: ISecret;

  public constructor(scope: Construct, id: string, attributes: BaseAccountUserAttributes) {
    super(scope, id);
    const { account, partition } = Stack.of(this);
    const { userName, userPath = '/', accountId = account } = attributes;
    checkUserName('userName', userName);
    checkPath('userPath', userPath);
    checkAccountId('accountId', accountId);
    this.userName = userName;
    this.userArn = `arn:${partition}:iam::${accountId}:user${userPath}${userName}`;
    this.userPath = userPath;
    this.accountId = accountId;
    this.accessKeySecret = attributes.accessKeySecret;
  }
}
