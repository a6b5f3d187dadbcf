import { Token } from 'aws-cdk-lib';
import { IBaseAccountUser } from '../base-account-user';
import { refuseSecret } from './no-secrets';
import { checkAccountId, checkText } from './validate';

/** Throws unless the title is a token, or one that the console can show on a line. */
export function checkTitle(title: string): void {
  refuseSecret('title', title);
  checkText('title', title, { max: 255, pattern: /^[^\p{Cc}\u2028\u2029]*$/u, allowed: 'characters other than line breaks and control characters' });
  if (title.trim() === '') {
    throw new Error('title must hold a character other than a space');
  }
}

/** The account of the user; the one given, if any, has to be the same. */
export function accountOf({ awsAccountId, user }: { readonly awsAccountId?: string; readonly user: IBaseAccountUser }): string {
  if (awsAccountId === undefined) { return user.awsAccountId; }
  checkAccountId('awsAccountId', awsAccountId);
  if (!Token.isUnresolved(awsAccountId) && !Token.isUnresolved(user.awsAccountId) && awsAccountId !== user.awsAccountId) {
    throw new Error(`awsAccountId must be the account of the user ${user.node.path}, ${user.awsAccountId}, got ${awsAccountId}: the service signs with that user's key`);
  }
  return awsAccountId;
}
