import { iamRole } from './role-trust/iam-role';
import { ownStack } from './role-trust/own-stack';
import { parameterStore } from './role-trust/parameter-store';
import { roleTrust } from './role-trust/role-trust';
import { customResourceHandler } from './runtime/custom-resource';
import { systemWorld } from './runtime/system-world';

export const handler = customResourceHandler(roleTrust({ ...systemWorld, role: iamRole, records: parameterStore, stack: ownStack }), systemWorld);
