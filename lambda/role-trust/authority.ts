import { parseDeployedTrust, parseRoleTrustProperties } from './properties';
import { isPinned } from '../../src/wire/pins';
import { ROLE_TRUST_VARIABLE, roleTrustRecordNameOf, RoleTrustProperties } from '../../src/wire/role-trust';
import { Environment } from '../runtime/calls/hosts';
import { DeployError } from '../runtime/errors';

/** Throws when the event asks for another trust or another role than was deployed. Otherwise a caller could let themselves in. */
export function checkAsked(asked: RoleTrustProperties, env: Environment): RoleTrustProperties {
  const pins = deployedTrust(env);
  const names = Object.keys({ ...asked, ...pins }) as Array<keyof RoleTrustProperties>;
  const differ = names.filter((name) => !isPinned(asked[name], pins[name]));
  if (differ.length === 0) return asked;
  throw new DeployError(`the event asks for another ${differ.join(', ')} than this function was deployed with; nothing was called. Deploy the stack`);
}

/**
 * The role to restore. Another role is one that CloudFormation cleans up after a change. The function uses only the role of that event, and
 * has rights on a role only as long as the role's resource exists. The accounts and external IDs of the service come from what is deployed.
 */
export function formerTrust(asked: RoleTrustProperties, env: Environment): RoleTrustProperties {
  const pins = deployedTrust(env);
  if (asked.RoleArn === pins.RoleArn) return checkAsked(asked, env);
  const { RoleArn } = asked;
  const RecordName = roleTrustRecordNameOf(RoleArn.slice(RoleArn.lastIndexOf('/') + 1));
  return parseRoleTrustProperties({ ...pins, Statements: Array.isArray(pins.Statements) ? pins.Statements : asked.Statements, RoleArn, RecordName });
}

/** The properties as deployed. */
export function deployedTrust(env: Environment): ReturnType<typeof parseDeployedTrust> {
  const value = env[ROLE_TRUST_VARIABLE];
  if (value === undefined) throw new DeployError('the environment of this function does not say which trust it edits; deploy the stack again');
  return parseDeployedTrust(JSON.parse(value));
}
