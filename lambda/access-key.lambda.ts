import { accessKey, AccessKeyWorld } from './keys/access-key';
import { confirmKey } from './keys/confirm';
import { iamUserKeys } from './keys/iam-user-keys';
import { heldKeys } from './keys/removal/held-keys';
import { keySecret } from './keys/secrets-manager';
import { calledBy } from './runtime/callers';
import { customResourceHandler } from './runtime/custom-resource';
import { runTask } from './runtime/task';
import { systemWorld } from './runtime/world';
import { RECORDS_VARIABLE } from '../src/wire/access-key';
import { CONFIRM_EVENT } from '../src/wire/common';

const world: AccessKeyWorld = {
  ...systemWorld,
  userKeys: iamUserKeys,
  secret: keySecret,
  heldKeys,
  recordNames: () => systemWorld.env[RECORDS_VARIABLE]?.split(',') ?? [],
};

/** CloudFormation calls it, and a person who asks for the state of the key. */
export const handler = calledBy(systemWorld, {
  request: customResourceHandler(accessKey(world), systemWorld),
  tasks: { [CONFIRM_EVENT.Task]: (_, context) => runTask('Confirm', context, systemWorld, (invocation) => confirmKey(world, invocation)) },
});
