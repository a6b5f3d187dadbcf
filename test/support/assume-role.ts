import { runSimulation } from '@cloud-copilot/iam-simulate';
import { Place, Policy } from './synth/policies';

/** One call of sts:AssumeRole. */
export interface AssumeRoleCall {
  readonly place: Place;
  /** Account of the caller. */
  readonly callerAccount: string;
  readonly callerUser: string;
  readonly callerOrganization?: string;
  /** `<path><name>` of the role, without the leading slash. */
  readonly role?: string;
  /** Account of the role. */
  readonly roleAccount?: string;
  readonly roleOrganization?: string;
  readonly externalId?: string;
  /** Of temporary credentials: when they were issued. A key has no such time. */
  readonly issuedAt?: string;
}

/** What lets a caller assume whatever trusts it, so that the trust policy alone decides. */
export const ANY_ROLE: Policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' }] };

/** Whether IAM lets the call through, given the policy of the caller and the trust policy of the role. */
export async function mayAssume(call: AssumeRoleCall, callerPolicy: Policy, trust: Policy): Promise<boolean> {
  const { partition, accountId } = call.place;
  const roleAccount = call.roleAccount ?? accountId;
  const principal = `arn:${partition}:iam::${call.callerAccount}:user/${call.callerUser}`;
  const context: Record<string, string | undefined> = {
    'aws:PrincipalArn': principal,
    'aws:PrincipalAccount': call.callerAccount,
    'aws:PrincipalOrgID': call.callerOrganization,
    'aws:ResourceAccount': roleAccount,
    'aws:ResourceOrgID': call.roleOrganization,
    'sts:ExternalId': call.externalId,
    'aws:TokenIssueTime': call.issuedAt,
  };
  const answer = await runSimulation({
    request: {
      action: 'sts:AssumeRole',
      principal,
      resource: { resource: `arn:${partition}:iam::${roleAccount}:role/${call.role ?? 'QualysConnector'}`, accountId: roleAccount },
      contextVariables: Object.fromEntries(Object.entries(context).filter((entry): entry is [string, string] => entry[1] !== undefined)),
    },
    identityPolicies: [{ name: 'caller', policy: callerPolicy }],
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    resourcePolicy: trust,
  }, {});
  if (answer.resultType === 'error') throw new Error(JSON.stringify(answer.errors));
  return answer.overallResult === 'Allowed';
}
