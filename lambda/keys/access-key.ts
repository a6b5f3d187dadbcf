import { randomUUID } from 'node:crypto';
import { KeyEngine } from './engine';
import { ensureKey, hasKey } from './ensure-key';
import { KeySecret, UserKeys } from './ports';
import { parseAccessKeyProperties } from './properties';
import { removeKeys } from './remove-keys';
import { checkSameSecret } from './same-secret';
import { ACCESS_KEY_ATTRIBUTES, AccessKeyProperties } from '../../src/private/contract';
import { patient } from '../runtime/patience';
import { CustomResource, Outbound, ResourceRequest } from '../runtime/resource';
import { Clock, Random } from '../runtime/world';

export interface AccessKeyWorld {
  readonly clock: Clock;
  readonly random: Random;
  userKeys(userName: string, outbound: Outbound): UserKeys;
  secret(arn: string, outbound: Outbound): KeySecret;
}

/** `Custom::QualysAccessKey`: one access key of a user, kept in a secret. */
export function accessKey(world: AccessKeyWorld): CustomResource<AccessKeyProperties> {
  const engineOf = (request: ResourceRequest<AccessKeyProperties>): KeyEngine => {
    const { UserName, AwsAccountId, SecretArn } = request.properties;
    const outbound = patient(request.outbound, world.clock, world.random);
    return {
      owner: { userName: UserName, accountId: AwsAccountId },
      userKeys: world.userKeys(UserName, outbound),
      secret: world.secret(SecretArn, outbound),
      clock: world.clock,
      redactor: request.redactor,
      // Its GUID: a stack that is deployed again after it was deleted is another one.
      stack: request.stackId.split('/').at(-1),
      newVersionId: randomUUID,
    };
  };
  const ensure = async (request: ResourceRequest<AccessKeyProperties>) => {
    const key = await ensureKey(engineOf(request), request.requestId);
    return { [ACCESS_KEY_ATTRIBUTES.accessKeyId]: key.accessKeyId };
  };
  return {
    parse: parseAccessKeyProperties,
    // The user, not the key: rotation changes the key, and CloudFormation must not see a replacement in that.
    physicalId: ({ AwsAccountId, UserName }) => `qualys-access-key:${AwsAccountId}:${UserName}`,
    create: ensure,
    update: async (request) => {
      await checkSameSecret(engineOf(request), request.previous);
      return ensure(request);
    },
    stands: (request) => hasKey(engineOf(request)),
    delete: (request) => removeKeys(engineOf(request), request.isUndo),
  };
}
