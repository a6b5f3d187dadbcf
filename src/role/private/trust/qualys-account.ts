import { Aws, CfnMapping, Reference, Stack, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { knownPartition, knownRegion } from '../../../private/partitions';
import { ownChild } from '../../../private/stacks';

/** The AWS account that the shared platforms call from in partition `aws`. The accounts of other partitions are not public. */
export const QUALYS_ACCOUNT = '805950163170';

const MAPPING = 'QualysAccounts';
const KEY = 'AccountId';

/**
 * The Qualys account for the partition of the stack. If only the deployment knows the partition, the template looks it up: a deployment in
 * another partition then fails instead of trusting a stranger's account.
 */
function qualysAccountOf(scope: IConstruct): string {
  const partition = knownPartition(scope);
  if (partition === 'aws') return QUALYS_ACCOUNT;
  if (partition !== undefined) {
    throw new Error(`accountId of TrustPrincipal.qualysAccount() is required in partition ${partition} (${scope.node.path} is in region ${knownRegion(scope)}): `
      + `the Qualys account ${QUALYS_ACCOUNT} exists in partition aws only. Your subscription shows the ID when a connector is created`);
  }
  const stack = Stack.of(scope);
  const mapping = ownChild<CfnMapping>(stack, MAPPING, 'findInMap')
    ?? new CfnMapping(stack, MAPPING, { mapping: { aws: { [KEY]: QUALYS_ACCOUNT } } });
  return mapping.findInMap(Aws.PARTITION, KEY);
}

/** The given account, or the one of the partition. Throws in China, where there is none. */
export function qualysAccountFor(scope: IConstruct, given?: string): string {
  const partition = knownPartition(scope);
  if (partition === CHINA) {
    throw new Error(`${scope.node.path} is in region ${knownRegion(scope)}, and Qualys has no AWS account in China to trust: `
      + 'register a base account there first, and use TrustPrincipal.baseAccount() or ofUser()');
  }
  if (given === undefined) return qualysAccountOf(scope);
  checkReadable(scope, 'accountId of TrustPrincipal.qualysAccount()', given,
    "write the ID as a text, or make a QualysAccountLookup in the role's stack");
  return given;
}

const CHINA = 'aws-cn';

/** Throws when the text is an attribute of a resource in another account or region, because CloudFormation passes no value between them. */
function checkReadable(scope: IConstruct, name: string, value: string, advice: string): void {
  const here = Stack.of(scope);
  for (const token of Tokenization.reverseString(value).tokens.filter((one) => Reference.isReference(one))) {
    const { target } = token as Reference;
    const there = Stack.of(target);
    if (there.environment !== here.environment) {
      throw new Error(`${name} must be known to ${scope.node.path} in ${here.environment}, but it is a value of ${target.node.path} in ${there.environment}, `
        + `and a role would have to be trusted to read it from there: ${advice}`);
    }
  }
}
