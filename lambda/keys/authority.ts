import { parseAccessKeyProperties } from './properties';
import { ACCESS_KEY_VARIABLE, AccessKeyProperties } from '../../src/wire/access-key';
import { isPinned } from '../../src/wire/pins';
import { Environment } from '../runtime/calls/hosts';
import { DeployError } from '../runtime/errors';

/** Throws when the event asks for another user or another secret than was deployed. */
export function checkAsked(asked: AccessKeyProperties, env: Environment): void {
  const deployed = parseAccessKeyProperties(JSON.parse(env[ACCESS_KEY_VARIABLE] ?? '{}'));
  if (isPinned(asked, deployed)) return;
  throw new DeployError(`the event asks for a key of ${asked.UserName} in account ${asked.AwsAccountId}, in the secret ${asked.SecretArn}, but this function was deployed for `
    + `${deployed.UserName} in account ${deployed.AwsAccountId}, in ${deployed.SecretArn}; nothing was called. Deploy the stack`);
}

/**
 * Checks what to remove. Another user is one that CloudFormation cleans up after a change: the function has rights on a user only as long
 * as the user's resource exists.
 */
export function checkRemoved(asked: AccessKeyProperties, env: Environment): void {
  const deployed = parseAccessKeyProperties(JSON.parse(env[ACCESS_KEY_VARIABLE] ?? '{}'));
  if (asked.UserName === deployed.UserName && asked.AwsAccountId === deployed.AwsAccountId) checkAsked(asked, env);
}
