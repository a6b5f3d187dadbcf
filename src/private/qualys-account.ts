import { Aws, CfnMapping, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { knownPartition, knownRegion } from './partitions';

/** The AWS account that the shared platforms call from in partition `aws`. Those of the other partitions are not public. */
export const QUALYS_ACCOUNT = '805950163170';

const MAPPING = 'QualysAccounts';
const KEY = 'AccountId';

/**
 * The Qualys account for the partition of the stack. Where only the deployment knows the partition, the template looks
 * it up, so that a deployment in another partition fails instead of trusting a stranger's account.
 */
export function qualysAccountOf(scope: IConstruct): string {
  const partition = knownPartition(scope);
  if (partition === 'aws') { return QUALYS_ACCOUNT; }
  if (partition !== undefined) {
    throw new Error(`accountId of TrustPrincipal.qualysAccount() is required in partition ${partition} (${scope.node.path} is in region ${knownRegion(scope)}): `
      + `the Qualys account ${QUALYS_ACCOUNT} exists in partition aws only. Your subscription shows the ID when a connector is created`);
  }
  const stack = Stack.of(scope);
  const mapping = stack.node.tryFindChild(MAPPING) as CfnMapping | undefined
    ?? new CfnMapping(stack, MAPPING, { mapping: { aws: { [KEY]: QUALYS_ACCOUNT } } });
  return mapping.findInMap(Aws.PARTITION, KEY);
}
