import { createSecret } from './create-secret';
import { finishSecret } from './finish-secret';
import { Rotation } from './rotation';
import { setSecret } from './set-secret';
import { testSecret } from './test-secret';
import { describeSecret } from '../keys/engine';
import { updateRecord } from '../registration/record/own-record';
import { within } from '../runtime/calls/within';
import { DeadlineExceeded, DeployError } from '../runtime/errors';

/** The event of Secrets Manager. */
export interface RotationEvent {
  readonly Step: unknown;
  readonly SecretId: unknown;
  readonly ClientRequestToken: unknown;
}

export type Step = (rotation: Rotation, token: string) => Promise<void>;

const STEPS: ReadonlyMap<string, Step> = new Map<string, Step>([
  ['createSecret', createSecret],
  ['setSecret', setSecret],
  ['testSecret', testSecret],
  ['finishSecret', finishSecret],
]);

/** Milliseconds that are kept to record that the rotation has failed. */
const FOR_THE_RECORD = 20_000;

/** The form of the tokens of Secrets Manager. */
const VERSION_ID = /^[\w-]{32,64}$/;

/**
 * One step of a rotation, with the checks of the templates of Secrets Manager: rotation is on, the version exists, and it is AWSPENDING. If
 * the version is current already, an earlier attempt has finished it.
 */
export async function rotate(rotation: Rotation, event: RotationEvent): Promise<void> {
  const { secret } = rotation.engine;
  const { Step: name, SecretId, ClientRequestToken: token } = event;
  const step = STEPS.get(String(name));
  if (!step) throw new DeployError(`the step must be one of ${[...STEPS.keys()].join(', ')}`);
  if (SecretId !== secret.arn) throw new DeployError(`this function rotates the secret ${secret.arn} only`);
  if (typeof token !== 'string' || !VERSION_ID.test(token)) {
    throw new DeployError('the ClientRequestToken must be the ID of a version of the secret, '
      + 'of 32 to 64 characters');
  }
  const { rotationEnabled, versions } = await describeSecret(rotation.engine);
  if (!rotationEnabled) throw new DeployError(`rotation is not enabled for the secret ${secret.arn}`);
  const labels = versions[token];
  if (!labels) throw new DeployError(`the version ${token} of the secret ${secret.arn} has no stage for rotation`);
  if (labels.includes('AWSCURRENT')) return;
  if (!labels.includes('AWSPENDING')) {
    throw new DeployError(`the version ${token} of the secret ${secret.arn} is not set as AWSPENDING for `
      + 'rotation');
  }
  try {
    const time = Math.max(0, rotation.registration.deadline.remaining() - FOR_THE_RECORD);
    await within(time, step(rotation, token), () => new DeadlineExceeded(String(name)));
  } catch (error) {
    await updateRecord(rotation, { lastRotation: 'FAILED' }).catch(() => undefined);
    throw error;
  }
}
