import { Aws, Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { IBaseAccountUser } from '../../base-account/base-account-user-attributes';
import { finalName } from '../../private/final-name';
import { deployedStack, standsInAnother } from '../../private/stacks';

/** ARN of a user in whatever stack reads it, made of text alone. */
export function userArn(accountId: string, userName: string, userPath: string): string {
  return `arn:${Aws.PARTITION}:iam::${accountId}:user${userPath}${userName}`;
}

/**
 * ARN of the user as the stack of `scope` may write it. CloudFormation hands no value from one account to another, so
 * that a role elsewhere can only name a user whose name is in the code.
 */
export function userArnFor(scope: IConstruct, user: IBaseAccountUser): string {
  const here = Stack.of(scope);
  if (deployedStack(user) === deployedStack(scope)) return user.userArn;
  const known = !Token.isUnresolved(user.awsAccountId);
  if (known && user.awsAccountId === here.account) return user.userArn;
  if (user.explicitUserName === undefined) {
    throw new Error(`userName of the BaseAccountUser must be set, because ${scope.node.path} trusts it from ${known ? `another account than ${user.awsAccountId}` : 'another stack whose account is not known'}`
      + ': a name that CloudFormation makes cannot be read across accounts');
  }
  if (!known && user.awsAccountId === Aws.ACCOUNT_ID && (standsInAnother(here) || !Token.isUnresolved(here.account))) {
    const place = standsInAnother(here) ? `stack ${here.node.path}, which may go to other accounts` : `account ${here.account}`;
    throw new Error(`the account of the BaseAccountUser must be known, because ${scope.node.path} trusts it from ${place}: set env.account on the user's stack`);
  }
  // The library's own user may have got another name or path by an aspect; there is no resource of an imported one.
  const { name, path } = finalName(user.node.tryFindChild('User')) ?? { name: user.explicitUserName, path: user.userPath };
  return userArn(user.awsAccountId, name, path);
}
