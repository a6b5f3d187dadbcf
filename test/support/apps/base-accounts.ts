import { Stack } from 'aws-cdk-lib';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { BaseAccount, BaseAccountProps } from '../../../src/base-account/base-account';
import { newService } from '../synth/synth';

/** A base account with what it has to have, and what is given. */
export function baseAccountIn(stack: Stack, props: Partial<BaseAccountProps> = {}, id = 'BaseAccount'): BaseAccount {
  return new BaseAccount(stack, id, {
    service: props.service ?? newService(stack), title: 'Central Security', userName: 'qualys-base-account', roles: AssumableRoles.named('QualysConnector'), ...props,
  });
}
