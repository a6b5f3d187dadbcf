import { Aws, Stack } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
const MAX_MANAGED_POLICY = 6144;

/**
 * Makes synthesis fail when the managed policy is too large, with all statements that it has then.
 *
 * @param fitting number of statements that are known to fit; a policy with exactly so many is not measured
 */
export function limitSize(policy: ManagedPolicy, advice: string, fitting?: number): void {
  const validate = () => policy.document.statementCount === fitting ? [] : tooLarge(policy, policy.document, 'the policy', MAX_MANAGED_POLICY, advice);
  policy.node.addValidation({ validate });
}

/** Returns an error in one sentence if the policy is too large, otherwise nothing. */
export function tooLarge(scope: IConstruct, document: PolicyDocument, what: string, limit: number, advice: string): string[] {
  if ((mostSize(document) ?? Infinity) <= limit) return [];
  const size = leastSize(scope, document);
  return size > limit ? [`${what} has at least ${size} characters, but AWS allows ${limit}: ${advice}`] : [];
}

/**
 * An upper limit for the size of a policy, without resolving its tokens. To resolve them takes a tenth more time in the synthesis of many roles.
 * Undefined if the policy has a token of unknown length.
 */
function mostSize(document: PolicyDocument): number | undefined {
  const text = JSON.stringify(document.toJSON(), (_, value) => (typeof value?.resolve === 'function' ? UNRESOLVED : value)) ?? '';
  return lengthOfText(text);
}

/** The length of a text, with pseudo parameters at their least length. Undefined if it has another token. */
export function lengthOfText(text: string): number | undefined {
  const known = text.replaceAll(Aws.PARTITION, PSEUDO_PARAMETERS['AWS::Partition']).replaceAll(Aws.ACCOUNT_ID, PSEUDO_PARAMETERS['AWS::AccountId']);
  return TOKEN.test(known) ? undefined : known.length;
}

/** Stands for a token that is not resolved. */
const UNRESOLVED = '<unresolved-token>';
const TOKEN = /Token\[|<unresolved-|e\+\d{3}/;

/** The least size of a policy. AWS does not count white space. Values that only the deployment knows count with their least length. */
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
