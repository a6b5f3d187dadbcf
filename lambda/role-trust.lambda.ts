import { confirmTrust } from './role-trust/confirm';
import { iamRole } from './role-trust/iam-role';
import { ownStack } from './role-trust/own-stack';
import { parameterStore } from './role-trust/parameter-store';
import { roleTrust, RoleTrustWorld } from './role-trust/role-trust';
import { calledBy } from './runtime/callers';
import { customResourceHandler } from './runtime/custom-resource';
import { runTask } from './runtime/task';
import { systemWorld } from './runtime/world';
import { CONFIRM_EVENT } from '../src/wire/common';

const world: RoleTrustWorld = { ...systemWorld, role: iamRole, records: parameterStore, stack: ownStack };

/** CloudFormation calls it, and a person who asks for the state of the trust. */
export const handler = calledBy(systemWorld, {
  request: customResourceHandler(roleTrust(world), systemWorld),
  tasks: { [CONFIRM_EVENT.Task]: (_, context) => runTask('Confirm', context, systemWorld, (invocation) => confirmTrust(world, invocation)) },
});
