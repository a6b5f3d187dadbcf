import { GetRoleCommand, IAMClient, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { RolePolicy } from './ports';
import { unless } from '../runtime/calls/aws-errors';
import { Outbound } from '../runtime/resource';

/** The trust policy of a role, in IAM. */
export function iamRole(roleName: string, outbound: Outbound): RolePolicy {
  const client = new IAMClient({});
  return {
    read: async () => {
      const answer = await unless('NoSuchEntityException', outbound('iam:GetRole', () => client.send(new GetRoleCommand({ RoleName: roleName }))));
      return answer && decoded(answer.Role?.AssumeRolePolicyDocument ?? '');
    },
    write: async (document) => {
      await outbound('iam:UpdateAssumeRolePolicy', () => client.send(new UpdateAssumeRolePolicyCommand({ RoleName: roleName, PolicyDocument: document })));
    },
  };
}

/** IAM returns a document URL-encoded (RFC 3986). A document that is not encoded is used as it is. */
function decoded(document: string): string {
  try {
    return decodeURIComponent(document);
  } catch {
    return document;
  }
}
