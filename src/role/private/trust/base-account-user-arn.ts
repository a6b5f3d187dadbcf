import { Aws, Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import type { BaseAccountUser } from '../../../base-account/base-account-user';
import { IBaseAccountUser } from '../../../base-account/base-account-user-attributes';
import { FinalName, knownName } from '../../../private/final-name';
import { deployedStack, standsInAnother } from '../../../private/stacks';
import { keepExport } from '../../../private/weak-references';

/** ARN of a user for any stack that reads it, made of text alone. */
export function userArn(accountId: string, userName: string, userPath: string): string {
  return `arn:${Aws.PARTITION}:iam::${accountId}:user${userPath}${userName}`;
}

/**
 * ARN of the user as the stack of `scope` may write it: a reference in the user's own stack, text where the name is known as text, and
 * otherwise a reference between stacks of the account. No reference reaches another account.
 */
export function userArnFor(scope: IConstruct, user: IBaseAccountUser): string {
  const here = Stack.of(scope);
  if (deployedStack(user) === deployedStack(scope)) return user.userArn;
  const known = nameOf(user);
  const isKnownAccount = !Token.isUnresolved(user.accountId);
  if (known && isKnownAccount) {
    const own = (user as BaseAccountUser).iamUser;
    if (own) keepExport(scope, own, own.userArn);
    return userArn(user.accountId, known.name, known.path);
  }
  if (isKnownAccount && user.accountId === here.account) return user.userArn;
  if (!known) {
    throw new Error(`userName and path of the BaseAccountUser must be set as text, because ${scope.node.path} trusts it from `
      + `${isKnownAccount ? `another account than ${user.accountId}` : 'another stack whose account is not known'}: `
      + 'a name that only CloudFormation knows, as one with pseudo parameters in it, cannot be read across accounts');
  }
  if (user.accountId === Aws.ACCOUNT_ID && (standsInAnother(here) || !Token.isUnresolved(here.account))) {
    const place = standsInAnother(here) ? `stack ${here.node.path}, which may go to other accounts` : `account ${here.account}`;
    throw new Error(`the account of the BaseAccountUser must be known, because ${scope.node.path} trusts it from ${place}: `
      + 'set env.account on the user\'s stack');
  }
  return userArn(user.accountId, known.name, known.path);
}

/** Whether another stack has to read the user's ARN by reference, because its name is not known as text. */
export function isReadByReference(scope: IConstruct, user: IBaseAccountUser): boolean {
  return deployedStack(scope) !== deployedStack(user) && nameOf(user) === undefined;
}

/** The IAM resource of a user that this app makes, as it is after all aspects. Other users have no resource here. */
function nameOf(user: IBaseAccountUser): FinalName | undefined {
  const made = user.node.tryFindChild('User');
  if (made) return knownName(made);
  const { userName: name, userPath: path } = user;
  return [name, path].some((text) => Token.isUnresolved(text)) ? undefined : { name, path };
}
