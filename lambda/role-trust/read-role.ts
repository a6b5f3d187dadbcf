import { Trust } from './trust';
import { isAccessDenied } from '../runtime/calls/aws-errors';
import { DeployError } from '../runtime/errors';

/** Undefined: there is no such role. The function may read this one ARN, so that a wrong path shows as a refusal. */
export async function readRole({ role, properties }: Trust): Promise<string | undefined> {
  try {
    return await role.read();
  } catch (error) {
    if (isAccessDenied(error)) {
      throw new DeployError(`iam:GetRole on ${properties.RoleArn} is denied. If the role has another path, give it as path; else look for a policy of the `
        + 'organization that denies it');
    }
    throw error;
  }
}
