import { describeSecret, KeyEngine } from './engine';
import type { AccessKeyProperties } from '../../src/wire/access-key';
import { DeployError } from '../runtime/errors';

/**
 * Another secret for the same user starts empty, and nothing would know the key in the former one any more: it would stay
 * active, stop each rotation, and keep the user from being deleted. The way back, to a secret with a key, is free.
 */
export async function checkSameSecret(engine: KeyEngine, previous: AccessKeyProperties | undefined): Promise<void> {
  const { secret, owner, userKeys } = engine;
  const sameUser = previous?.UserName === owner.userName && previous.AwsAccountId === owner.accountId;
  if (!sameUser || previous.SecretArn === secret.arn) return;
  const { stages } = await describeSecret(engine);
  if (stages.AWSCURRENT === undefined && (await userKeys.list())?.length) {
    throw new DeployError(`the access key of ${owner.userName} is in the secret ${previous.SecretArn}, and cannot move to another secret (${secret.arn}): it would be `
      + 'left behind, active. Nothing was changed. Leave secretName as it was, or change userName with it, so that a new user has the new secret');
  }
}
