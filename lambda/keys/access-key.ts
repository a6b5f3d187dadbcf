import { randomUUID } from 'node:crypto';
import { checkAsked, checkRemoved } from './authority';
import { KeyEngine } from './engine';
import { ensureKey, hasKey } from './minting/ensure-key';
import { KeySecret, UserKeys } from './ports';
import { parseAccessKeyProperties } from './properties';
import { keepNames } from './removal/former-keys';
import { ReadHeldKeys } from './removal/held-keys';
import { refuseKeysInUse } from './removal/keys-in-use';
import { removeKeys } from './removal/remove-keys';
import { checkSameSecret } from './same-secret';
import { ACCESS_KEY_ATTRIBUTES, AccessKeyProperties } from '../../src/wire/access-key';
import { Environment } from '../runtime/calls/hosts';
import { patient } from '../runtime/calls/patience';
import { CustomResource, Outbound, ResourceRequest } from '../runtime/resource';
import { Clock, Random } from '../runtime/world';

export interface AccessKeyWorld {
  readonly clock: Clock;
  readonly random: Random;
  readonly env: Environment;
  userKeys(userName: string, outbound: Outbound): UserKeys;
  secret(arn: string, outbound: Outbound): KeySecret;
  heldKeys(outbound: Outbound): ReadHeldKeys;
  /** The records of the registrations of the user's key. */
  recordNames(): readonly string[];
}

/** `Custom::QualysAccessKey`: one access key of a user, kept in a secret. */
export function accessKey(world: AccessKeyWorld): CustomResource<AccessKeyProperties> {
  const engineOf = (request: ResourceRequest<AccessKeyProperties>, { UserName, AwsAccountId, SecretArn } = request.properties): KeyEngine => {
    const outbound = patient(request.outbound, world.clock, world.random);
    return {
      owner: { userName: UserName, accountId: AwsAccountId },
      userKeys: world.userKeys(UserName, outbound),
      secret: world.secret(SecretArn, outbound),
      clock: world.clock,
      redactor: request.redactor,
      // The GUID in the stack's ID. A stack that is deployed again after its deletion has another one.
      stack: request.stackId.split('/').at(-1),
      newVersionId: randomUUID,
    };
  };
  const ensure = async (request: ResourceRequest<AccessKeyProperties>, former?: AccessKeyProperties) => {
    checkAsked(request.properties, world.env);
    if (former) await keepNames(engineOf(request), engineOf(request, former));
    const key = await ensureKey(engineOf(request), request.requestId);
    return { [ACCESS_KEY_ATTRIBUTES.accessKeyId]: key.accessKeyId };
  };
  const remove = async (request: ResourceRequest<AccessKeyProperties>): Promise<void> => {
    const { properties } = request;
    checkRemoved(properties, world.env);
    const read = world.heldKeys(patient(request.outbound, world.clock, world.random));
    const refuseInUse = (ids: readonly string[]) => refuseKeysInUse(read, world.recordNames(), properties.UserName, ids, world.clock);
    await removeKeys(engineOf(request), request.isUndo, refuseInUse);
  };
  return {
    parse: parseAccessKeyProperties,
    physicalId,
    create: (request) => ensure(request, request.replaces?.previous),
    update: async (request) => {
      const { previous } = request;
      checkAsked(request.properties, world.env);
      await checkSameSecret(engineOf(request), previous);
      // With another user this is the rollback of a change that was never answered.
      return ensure(request, previous && physicalId(previous) !== request.physicalId ? previous : undefined);
    },
    stands: async (request) => {
      checkAsked(request.properties, world.env);
      return hasKey(engineOf(request));
    },
    giveUp: remove,
    delete: remove,
  };
}

/** The physical ID names the user and not the key: a rotation changes the key, and CloudFormation must not take that for a replacement. */
function physicalId({ AwsAccountId, UserName }: AccessKeyProperties): string {
  return `qualys-access-key:${AwsAccountId}:${UserName}`;
}
