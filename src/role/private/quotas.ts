import { Annotations, Stack, Token, Tokenization } from 'aws-cdk-lib';
import { CfnRole, PolicyDocument, Role } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { TrustedAccount } from './trust/trust-statements';
import { lengthOfText, tooLarge } from '../../private/policy-size';

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
const MAX_TRUST_POLICY = 2048;
const MAX_MANAGED_POLICIES = 10;

/** Runs last, because code can change the role after it was made. */
export function checkQuotas(role: Role, trusted: TrustedAccount[], externalId: string): string[] {
  const { assumeRolePolicy } = role;
  if (assumeRolePolicy && !plainlyFits(assumeRolePolicy, trusted, externalId)) warnOfLargeTrust(role, assumeRolePolicy);
  const resource = role.node.defaultChild as CfnRole | undefined;
  const attached = resource?.managedPolicyArns === undefined ? 0 : lengthOf(resource, resource.managedPolicyArns);
  return attached > MAX_MANAGED_POLICIES ? [`the role has ${attached} managed policies, but AWS allows ${MAX_MANAGED_POLICIES}: join some of them`] : [];
}

/** Upper limit for the characters of a statement of `trustStatements` without the given texts, and for its share of the document. */
const STATEMENT = 320;

/**
 * Whether a trust policy is still what `trustStatements` made, and clearly small enough. Most are, and this check is cheaper than rendering
 * the policy.
 */
function plainlyFits(document: PolicyDocument, accounts: readonly TrustedAccount[], externalId: string): boolean {
  const texts = accounts.map(({ accountId, userArn = '', organizationId = '' }) => [externalId, accountId, userArn, organizationId].join(' ')).join(' ');
  const most = lengthOfText(texts);
  return document.statementCount === accounts.length && most !== undefined && most + accounts.length * STATEMENT <= MAX_TRUST_POLICY;
}

/** AWS raises this quota on request, up to 8,192. It is therefore a warning, and IAM decides. */
export function warnOfLargeTrust(scope: IConstruct, document: PolicyDocument): void {
  const [wrong] = tooLarge(scope, document, 'the trust policy', MAX_TRUST_POLICY, 'use a shorter externalId, path or user name, or fewer trust principals; or have the '
    + 'quota of the account raised, and acknowledge this');
  if (wrong !== undefined) Annotations.of(scope).addWarningV2('cdk-qualys-connectors:trustPolicySize', wrong);
}

/** How many different items a list has in the end. Counting them does not need their resolved values. */
function lengthOf(scope: IConstruct, list: string[]): number {
  const leaveAsIs = { scope, preparing: false, documentPath: [], registerPostProcessor: () => {}, resolve: (value: unknown) => value };
  const items: unknown = Tokenization.reverseList(list)?.resolve(leaveAsIs) ?? list;
  if (Array.isArray(items) && !Token.isUnresolved(items)) return new Set(items).size;
  return (Stack.of(scope).resolve(list) as unknown[]).length;
}
