import { parseAccessKeyProperties } from './properties';
import { ACCESS_KEY_VARIABLE, AccessKeyProperties } from '../../src/wire/access-key';
import { isPinned } from '../../src/wire/pins';
import { Environment } from '../runtime/calls/hosts';
import { DeployError } from '../runtime/errors';

/** Throws where the event asks for a key of another user, or in another secret, than was deployed. */
export function checkAsked(asked: AccessKeyProperties, env: Environment): void {
  const deployed = parseAccessKeyProperties(JSON.parse(env[ACCESS_KEY_VARIABLE] ?? '{}'));
  if (isPinned(asked, deployed)) return;
  throw new DeployError(`the event asks for a key of ${asked.UserName} in account ${asked.AwsAccountId}, in the secret ${asked.SecretArn}, but this function was deployed for `
    + `${deployed.UserName} in account ${deployed.AwsAccountId}, in ${deployed.SecretArn}; nothing was called. Deploy the stack`);
}

/**
 * The same for what is removed. Another user is one that CloudFormation cleans up behind a change: the function's rights reach a user only as
 * long as its resource is there.
 */
export function checkRemoved(asked: AccessKeyProperties, env: Environment): void {
  const deployed = parseAccessKeyProperties(JSON.parse(env[ACCESS_KEY_VARIABLE] ?? '{}'));
  if (asked.UserName === deployed.UserName && asked.AwsAccountId === deployed.AwsAccountId) checkAsked(asked, env);
}
