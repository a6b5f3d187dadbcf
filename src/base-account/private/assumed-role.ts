import { Aws, Token } from 'aws-cdk-lib';

/** What the code says of a role of the app. */
export interface AssumedRole {
  /** Undefined when CloudFormation chooses it, and a token when only the deployment knows it. */
  readonly name?: string;
  readonly path: string;
  readonly account: string;
}

/** Whether a resource of a policy certainly does not match the role. */
export function misses(resource: string, { name, path, account }: AssumedRole): boolean {
  const [, given, text] = /^arn:[^:]*:iam::(\*|\d{12}):role(\/.*)$/.exec(resource.replace(Aws.PARTITION, 'aws')) ?? [];
  if (given === undefined || text === undefined || Token.isUnresolved(text)) return false;
  // A name that CloudFormation chooses may be in a list of ARNs, or match a pattern.
  if (name === undefined) return given === '*' && !/[*?]/.test(text);
  const isOfOthers = given !== '*' && given !== account;
  if ([name, path, ...isOfOthers ? [account] : []].some((part) => Token.isUnresolved(part))) return false;
  return isOfOthers || !matches(text, path + name);
}

/**
 * Matches as IAM does: `*` stands for any characters, `?` for one. It takes one pass: where the rest fails, the last `*` takes one more
 * character.
 */
function matches(pattern: string, text: string): boolean {
  let [at, star, taken] = [0, -1, 0];
  for (let index = 0; index < text.length;) {
    if (pattern[at] === '*') [star, taken, at] = [at, index, at + 1];
    else if (pattern[at] === '?' || pattern[at] === text[index]) [at, index] = [at + 1, index + 1];
    else if (star >= 0) [at, taken, index] = [star + 1, taken + 1, taken + 1];
    else return false;
  }
  return /^\**$/.test(pattern.slice(at));
}
