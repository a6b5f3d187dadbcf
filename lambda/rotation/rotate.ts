import { createSecret } from './create-secret';
import { finishSecret } from './finish-secret';
import { Rotation, updateRecord } from './rotation';
import { setSecret } from './set-secret';
import { testSecret } from './test-secret';
import { describeSecret } from '../keys/engine';
import { DeployError } from '../runtime/errors';

/** What Secrets Manager calls the function with. */
export interface RotationEvent {
  readonly Step: string;
  readonly SecretId: string;
  readonly ClientRequestToken: string;
}

export type Step = (rotation: Rotation, token: string) => Promise<void>;

const STEPS: ReadonlyMap<string, Step> = new Map<string, Step>([
  ['createSecret', createSecret],
  ['setSecret', setSecret],
  ['testSecret', testSecret],
  ['finishSecret', finishSecret],
]);

/** As Secrets Manager makes them. */
const VERSION_ID = /^[\w-]{32,64}$/;

/**
 * One step of a rotation, guarded as in the templates of Secrets Manager: rotation is on, the version is known, and it
 * waits under AWSPENDING. A version that is current already was finished by an earlier attempt.
 */
export async function rotate(rotation: Rotation, event: RotationEvent): Promise<void> {
  const { secret } = rotation.engine;
  const step = STEPS.get(event.Step);
  if (!step) throw new DeployError(`the step must be one of ${[...STEPS.keys()].join(', ')}`);
  if (event.SecretId !== secret.arn) throw new DeployError(`this function rotates the secret ${secret.arn} only`);
  if (typeof event.ClientRequestToken !== 'string' || !VERSION_ID.test(event.ClientRequestToken)) {
    throw new DeployError('the ClientRequestToken must be the ID of a version of the secret, '
      + 'of 32 to 64 characters');
  }
  const { rotationEnabled, versions } = await describeSecret(rotation.engine);
  if (!rotationEnabled) throw new DeployError(`rotation is not enabled for the secret ${secret.arn}`);
  const labels = versions[event.ClientRequestToken];
  if (!labels) throw new DeployError(`the version ${event.ClientRequestToken} of the secret ${secret.arn} has no stage for rotation`);
  if (labels.includes('AWSCURRENT')) return;
  if (!labels.includes('AWSPENDING')) {
    throw new DeployError(`the version ${event.ClientRequestToken} of the secret ${secret.arn} is not set as AWSPENDING for `
      + 'rotation');
  }
  try {
    await step(rotation, event.ClientRequestToken);
  } catch (error) {
    await updateRecord(rotation, { lastRotation: 'FAILED' }).catch(() => undefined);
    throw error;
  }
}
