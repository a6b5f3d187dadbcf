import type { StoredKey } from '../../src/wire/access-key';
import { KeyEngine, readVersion } from '../keys/engine';
import { UserKeys } from '../keys/ports';
import { DeployedRegistration, RotationTimes } from '../registration/deployed-registration';
import { openRegistration, RegistrationWorld } from '../registration/open-registration';
import { Registration } from '../registration/registration';
import { patient } from '../runtime/calls/patience';
import { DeployError } from '../runtime/errors';
import { Invocation, Outbound } from '../runtime/resource';

export interface RotationWorld extends RegistrationWorld {
  userKeys(userName: string, outbound: Outbound): UserKeys;
  newVersionId(): string;
}

/** What the steps of a rotation and the daily run need: the user's keys, and the entry that has one of them. */
export interface Rotation {
  readonly engine: KeyEngine;
  readonly registration: Registration;
  readonly times: RotationTimes;
}

export function openRotation(world: RotationWorld, deployed: DeployedRegistration, invocation: Invocation): Rotation {
  const { properties, owner, rotation: times } = deployed;
  if (times === undefined) throw new DeployError('this function was deployed without rotation, so there is nothing to rotate. Set rotation on the registration');
  const registration = openRegistration(world, properties, owner, invocation);
  return {
    engine: {
      owner: { userName: properties.UserName, accountId: properties.AwsAccountId },
      userKeys: world.userKeys(properties.UserName, patient(invocation.outbound, world.clock, world.random)),
      secret: registration.secret,
      clock: world.clock,
      redactor: invocation.redactor,
      newVersionId: () => world.newVersionId(),
    },
    registration,
    times,
  };
}

/** The key in a version. Throws when the version has none. */
export async function keyOf(rotation: Rotation, versionId: string | undefined): Promise<StoredKey> {
  const key = versionId === undefined ? undefined : await readVersion(rotation.engine, versionId);
  if (!key) throw new DeployError(`the version ${versionId ?? 'labelled AWSCURRENT'} of the secret ${rotation.engine.secret.arn} holds no key`);
  return key;
}
