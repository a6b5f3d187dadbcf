import { Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { BaseAccountRegistration, BaseAccountRegistrationProps } from '../../../src/base-account/base-account-registration';
import { BaseAccountUser } from '../../../src/base-account/base-account-user';
import { KeyRotation } from '../../../src/base-account/key-rotation';
import { newService, newStack, Synth } from '../synth/synth';

export const OWN = ['EntryAccess', 'EntryFunction', 'EntryFunctionExecution', 'EntryFunctionLogGroup', 'EntryFunctionRole'];

export const DAILY_RUN = ['EntryDailyRun', 'EntryDailyRunInvocation'];

export const roles = AssumableRoles.named('QualysConnector');

export function importedUser(stack: Stack, accountId?: string) {
  return BaseAccountUser.fromBaseAccountUserAttributes(stack, 'User', {
    userName: 'base', accountId, accessKeySecret: Secret.fromSecretNameV2(stack, 'KeySecret', 'base-key'),
  });
}

/** A registration of an imported user, so that the template holds nothing else. Rotation has a test file of its own. */
export function register(stack: Stack, props: Partial<BaseAccountRegistrationProps> = {}, id = 'Entry'): BaseAccountRegistration {
  const user = props.user ?? importedUser(stack);
  return new BaseAccountRegistration(stack, id, {
    service: newService(stack), title: 'Central Security', rotation: KeyRotation.disabled(), ...props, user,
  });
}

export function synth(props: Partial<BaseAccountRegistrationProps> = {}, region?: string): Synth {
  const stack = newStack(region);
  register(stack, props);
  return new Synth(stack);
}
