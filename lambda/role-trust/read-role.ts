import { Trust } from './trust';
import { isAccessDenied } from '../runtime/calls/aws-errors';
import { DeployError } from '../runtime/errors';

/** Reads the role; undefined when there is no such role. The function may read this ARN only, so a wrong path causes a refusal. */
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
