import { runSimulation } from '@cloud-copilot/iam-simulate';
import { Place, Policy } from './policies';

/** Whether IAM lets a role with these policies do this. */
export async function may(
  place: Place, policies: readonly Policy[], action: string, resource: string, tagKeys?: readonly string[],
  context: Readonly<Record<string, string>> = {},
): Promise<boolean> {
  const answer = await runSimulation({
    request: {
      action,
      principal: `arn:${place.partition}:iam::${place.accountId}:role/function`,
      resource: { resource, accountId: place.accountId },
      contextVariables: { ...context, ...tagKeys && { 'aws:TagKeys': [...tagKeys] } },
    },
    identityPolicies: policies.map((policy, index) => ({ name: `policy${index}`, policy })),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
  }, {});
  if (answer.resultType === 'error') throw new Error(JSON.stringify(answer.errors));
  return answer.overallResult === 'Allowed';
}
