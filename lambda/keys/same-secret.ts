import { describeSecret, KeyEngine } from './engine';
import type { AccessKeyProperties } from '../../src/wire/access-key';
import { DeployError } from '../runtime/errors';

/**
 * Refuses another secret for the same user. The new secret would be empty, and nothing would know the key in the former one any more: it
 * would stay active, block every rotation, and prevent the deletion of the user. A change back to a secret that has a key is allowed.
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
