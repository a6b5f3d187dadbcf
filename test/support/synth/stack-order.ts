import { App, Environment, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { CONNECTED_ACCOUNT } from './policies';
import { BASE_ACCOUNT, newService } from './synth';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { BaseAccount } from '../../../src/base-account/base-account';
import { BaseAccountRegistration } from '../../../src/base-account/base-account-registration';
import { BaseAccountUser } from '../../../src/base-account/base-account-user';
import { KeyRotation } from '../../../src/base-account/key-rotation';
import { AccountType } from '../../../src/service/account-type';
import { QualysPlatform } from '../../../src/service/qualys-platform';

export const SECURITY: Environment = { account: BASE_ACCOUNT, region: 'us-east-1' };

export const PRODUCTION: Environment = { account: CONNECTED_ACCOUNT, region: 'us-east-1' };

export function register(stack: Stack, platform?: QualysPlatform, accountType?: AccountType, id = 'Entry'): BaseAccountRegistration {
  const secret = stack.node.tryFindChild('KeySecret') as Secret | undefined ?? Secret.fromSecretNameV2(stack, 'KeySecret', 'base-key');
  return new BaseAccountRegistration(stack, id, {
    service: newService(stack, platform),
    title: 'Central Security',
    accountType,
    user: BaseAccountUser.fromBaseAccountUserAttributes(stack, `${id}User`, { userName: 'base', accessKeySecret: secret }),
    rotation: KeyRotation.disabled(),
  });
}

export function baseAccount(stack: Stack): BaseAccount {
  return new BaseAccount(stack, 'BaseAccount', {
    service: newService(stack), title: 'Central Security', userName: 'qualys-base-account', roles: AssumableRoles.named('QualysConnector'),
  });
}

/** The stacks that a stack waits for, once everything is synthesized. */
export function order(app: App): Record<string, string[]> {
  const { stacks } = app.synth();
  return Object.fromEntries(stacks.map(({ id, dependencies }) => [id, dependencies.map((other) => other.id).filter((other) => !other.endsWith('.assets')).sort()]));
}
