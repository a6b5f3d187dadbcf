import { Aws, Stack } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
const MAX_MANAGED_POLICY = 6144;

/**
 * Makes synthesis fail when the managed policy, as it stands then, is too large.
 *
 * @param fitting so many statements are known to fit: the policy is looked at only if it has others
 */
export function limitSize(policy: ManagedPolicy, advice: string, fitting?: number): void {
  const validate = () => policy.document.statementCount === fitting ? [] : tooLarge(policy, policy.document, 'the policy', MAX_MANAGED_POLICY, advice);
  policy.node.addValidation({ validate });
}

/** What is wrong with the size of a policy: nothing, or one sentence. */
export function tooLarge(scope: IConstruct, document: PolicyDocument, what: string, limit: number, advice: string): string[] {
  if ((mostSize(document) ?? Infinity) <= limit) return [];
  const size = leastSize(scope, document);
  return size > limit ? [`${what} has at least ${size} characters, but AWS allows ${limit}: ${advice}`] : [];
}

/**
 * What most policies stay under, found without resolving them: that would add a tenth to the synthesis of many roles.
 * `undefined` where there is a token in it whose length is not known.
 */
function mostSize(document: PolicyDocument): number | undefined {
  const text = JSON.stringify(document.toJSON(), (_, value) => (typeof value?.resolve === 'function' ? UNRESOLVED : value)) ?? '';
  return lengthOfText(text);
}

/** Length of a text with pseudo parameters in it, counted as the least they can be; `undefined` where it holds another token. */
export function lengthOfText(text: string): number | undefined {
  const known = text.replaceAll(Aws.PARTITION, PSEUDO_PARAMETERS['AWS::Partition']).replaceAll(Aws.ACCOUNT_ID, PSEUDO_PARAMETERS['AWS::AccountId']);
  return TOKEN.test(known) ? undefined : known.length;
}

/** What CDK writes for a token that it is not asked to resolve. */
const UNRESOLVED = '<unresolved-token>';
const TOKEN = /Token\[|<unresolved-|e\+\d{3}/;

/** AWS leaves white space out of the count. What only the deployment knows counts as the least it can be. */
function leastSize(scope: IConstruct, document: PolicyDocument): number {
  return JSON.stringify(leastText(Stack.of(scope).resolve(document))).replace(/\s/g, '').length;
}

const PSEUDO_PARAMETERS = { 'AWS::AccountId': '0'.repeat(12), 'AWS::Partition': 'aws' };

function leastText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(leastText);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [name, argument] = entries[0] ?? [];
  if (name === 'Ref') return (PSEUDO_PARAMETERS as Readonly<Record<string, string>>)[String(argument)] ?? '';
  if (name === 'Fn::Join') {
    const [delimiter, parts] = argument as [string, unknown];
    return Array.isArray(parts) ? parts.map(leastText).join(delimiter) : '';
  }
  if (name?.startsWith('Fn::')) return '';
  return Object.fromEntries(entries.map(([key, item]) => [key, leastText(item)]));
}
