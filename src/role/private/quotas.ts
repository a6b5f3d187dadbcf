import { Stack, Token, Tokenization } from 'aws-cdk-lib';
import { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { TrustedAccount } from './trust-statements';
import { lengthOfText, tooLarge } from '../../private/policy-size';

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
const MAX_TRUST_POLICY = 2048;

/** More than a statement of `trustStatements` has besides the texts in it, with its share of the document. */
const STATEMENT = 320;

/** Whether a trust policy is still what `trustStatements` made of these, and plainly small enough: most are, and rendering it costs more than this. */
export function plainlyFits(document: PolicyDocument, accounts: readonly TrustedAccount[], externalId: string): boolean {
  const texts = accounts.map(({ accountId, userArn = '', organizationId = '' }) => [externalId, accountId, userArn, organizationId].join(' ')).join(' ');
  const most = lengthOfText(texts);
  return document.statementCount === accounts.length && most !== undefined && most + accounts.length * STATEMENT <= MAX_TRUST_POLICY;
}

/** What is wrong with the size of a trust policy: nothing, or one sentence. */
export function trustPolicyTooLarge(scope: IConstruct, document: PolicyDocument): string[] {
  return tooLarge(scope, document, 'the trust policy', MAX_TRUST_POLICY, 'use a shorter externalId, path or user name, or one trust principal');
}

/** How many different items a list has in the end. Its items stay as they are: to count them, nobody needs to resolve them. */
export function lengthOf(scope: IConstruct, list: string[]): number {
  const leaveAsIs = { scope, preparing: false, documentPath: [], registerPostProcessor: () => {}, resolve: (value: unknown) => value };
  const items: unknown = Tokenization.reverseList(list)?.resolve(leaveAsIs) ?? list;
  if (Array.isArray(items) && !Token.isUnresolved(items)) return new Set(items).size;
  return (Stack.of(scope).resolve(list) as unknown[]).length;
}
