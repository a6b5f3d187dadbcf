import { Token } from 'aws-cdk-lib';
import { checkAccountId } from '../../private/checks';
import { IBaseAccountUser } from '../base-account-user-attributes';

/** The account of the user; the one given, if any, has to be the same. */
export function accountOf({ awsAccountId, user }: { readonly awsAccountId?: string; readonly user: IBaseAccountUser }): string {
  if (awsAccountId === undefined) return user.awsAccountId;
  checkAccountId('awsAccountId', awsAccountId);
  if (!Token.isUnresolved(awsAccountId) && !Token.isUnresolved(user.awsAccountId) && awsAccountId !== user.awsAccountId) {
    throw new Error(`awsAccountId must be the account of the user ${user.node.path}, ${user.awsAccountId}, got ${awsAccountId}: `
      + 'the service signs with that user\'s key');
  }
  return awsAccountId;
}
