import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { BaseAccountUser } from '../../../src/base-account/base-account-user';
import { BaseAccountUserProps } from '../../../src/base-account/base-account-user-props';
import { newStack, Synth } from '../synth/synth';

export const roles = AssumableRoles.named('QualysConnector');

export function synth(props: BaseAccountUserProps = { roles }, region?: string): Synth {
  const stack = newStack(region);
  new BaseAccountUser(stack, 'Base', props);
  return new Synth(stack);
}

/** Resources that stay together or go together. */
export const TOGETHER = ['BaseGroup', 'BaseKey', 'BasePolicy', 'BaseSecret', 'BaseUser'];
export const OWN = ['BaseAccess', 'BaseFunction', 'BaseFunctionExecution', 'BaseFunctionLogGroup', 'BaseFunctionRole'];
