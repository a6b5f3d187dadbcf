import { DeployedRegistration } from './deployed-registration';
import type { StoredKey } from '../../src/wire/access-key';
import { KeyEngine, readVersion } from '../keys/engine';
import { UserKeys } from '../keys/ports';
import { openRegistration, RegistrationWorld } from '../registration/open-registration';
import { OwnershipRecord } from '../registration/record';
import { Registration } from '../registration/registration';
import { DeployError } from '../runtime/errors';
import { isOwner } from '../runtime/owner';
import { patient } from '../runtime/patience';
import { Invocation, Outbound } from '../runtime/resource';

export interface RotationWorld extends RegistrationWorld {
  userKeys(userName: string, outbound: Outbound): UserKeys;
  newVersionId(): string;
}

/** What the steps of a rotation and the daily run work with: the user's keys, and the entry that one of them is in. */
export interface Rotation {
  readonly engine: KeyEngine;
  readonly registration: Registration;
  readonly retireAfter: number;
}

export function openRotation(world: RotationWorld, deployed: DeployedRegistration, invocation: Invocation): Rotation {
  const { properties, owner, retireAfter } = deployed;
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
    retireAfter,
  };
}

/** The record, if it still says that the entry is this stack's. A rotation must not push a key over somebody else's. */
export async function ownRecord({ registration }: Rotation): Promise<OwnershipRecord> {
  const { records, properties, owner, entryName } = registration;
  const record = await records.read(properties.RecordName);
  if (!record || !isOwner(record?.owner, owner)) {
    throw new DeployError(`${entryName} is ${record ? 'managed by another stack now' : 'not registered'}, `
      + 'so its key is not rotated from here');
  }
  return record;
}

export async function updateRecord(rotation: Rotation, change: Partial<OwnershipRecord>): Promise<OwnershipRecord> {
  const record = await ownRecord(rotation);
  const next = { ...record, ...change, generation: record.generation + 1 };
  await rotation.registration.records.write(rotation.registration.properties.RecordName, next);
  return next;
}

/** The key that a version holds, which has to be there. */
export async function keyOf(rotation: Rotation, versionId: string | undefined): Promise<StoredKey> {
  const key = versionId === undefined ? undefined : await readVersion(rotation.engine, versionId);
  if (!key) throw new DeployError(`the version ${versionId ?? 'labelled AWSCURRENT'} of the secret ${rotation.engine.secret.arn} holds no key`);
  return key;
}
