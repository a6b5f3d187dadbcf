import { isIP } from 'net';
import { Token } from 'aws-cdk-lib';
import { Conditions } from 'aws-cdk-lib/aws-iam';
import { shown } from '../../private/checks';
import { AssumeRolePolicyOptions } from '../assume-role-policy-options';

/** The conditions of the policy, one after the other. */
export function conditionsOf({ externalId, sourceIps, longTermCredentialsOnly }: AssumeRolePolicyOptions): Conditions[] {
  if (sourceIps?.length === 0) throw new Error('sourceIps must hold an address, got none: leave it out to allow any address');
  sourceIps?.forEach(checkAddress);
  return [
    ...externalId === undefined ? [] : [externalId._callerCondition()],
    ...sourceIps === undefined ? [] : [{ IpAddress: { 'aws:SourceIp': [...sourceIps] } }],
    ...longTermCredentialsOnly ? [{ Null: { 'aws:TokenIssueTime': 'true' } }] : [],
  ];
}

function checkAddress(value: string): void {
  if (Token.isUnresolved(value)) return;
  const [address = '', prefix, ...more] = value.split('/');
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address) as 0 | 4 | 6];
  const isBlock = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= longest);
  if (more.length > 0 || longest < 0 || !isBlock) throw new Error(`sourceIps must hold IP addresses or CIDR blocks such as '203.0.113.0/24', got ${shown(value)}`);

}
