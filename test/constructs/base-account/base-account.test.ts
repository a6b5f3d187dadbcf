import { RemovalPolicy } from 'aws-cdk-lib';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { BaseAccount, BaseAccountProps } from '../../../src/base-account/base-account';
import { BaseAccountRegistration } from '../../../src/base-account/base-account-registration';
import { BaseAccountUser } from '../../../src/base-account/base-account-user';
import { KeyDelivery } from '../../../src/base-account/key-delivery';
import { newService, newStack, Synth } from '../../support/synth/synth';

const roles = AssumableRoles.named('QualysConnector');

function synth(props: Partial<BaseAccountProps> = {}): Synth {
  const stack = newStack();
  new BaseAccount(stack, 'Base', { service: newService(stack), title: 'Central Security', roles, ...props });
  return new Synth(stack);
}

test('is a user and its registration, and nothing of its own', () => {
  const stack = newStack();
  const base = new BaseAccount(stack, 'Base', { service: newService(stack), title: 'Central Security', roles });
  expect(base.node.children).toEqual([base.user, base.registration]);
  expect(base.user).toBeInstanceOf(BaseAccountUser);
  expect(base.registration).toBeInstanceOf(BaseAccountRegistration);
});

test('hands all properties on', () => {
  const result = synth({ userName: 'base', path: '/security/', delivery: KeyDelivery.console(), adoptExisting: true, deletionProtection: false });
  expect(result.properties('BaseUser')).toMatchObject({ UserName: 'base', Path: '/security/' });
  expect(result.properties('BaseRegistration')).toMatchObject({
    Title: 'Central Security',
    AdoptExisting: 'true',
    DeletionProtection: 'false',
    Delivery: { Mode: 'CONSOLE' },
    UserName: '${BaseUser}',
    AccessKeyId: '${BaseUserKey.AccessKeyId}',
  });
});

test.each([
  ['default', undefined, 'RetainExceptOnCreate', 'Retain'],
  ['DESTROY', RemovalPolicy.DESTROY, 'Delete', 'Delete'],
])('removalPolicy %s: user, group, policy, secret, key and registration stay together or go together', (_, removalPolicy, deletion, replacement) => {
  const result = synth({ removalPolicy });
  const together = ['BaseRegistration', 'BaseUser', 'BaseUserGroup', 'BaseUserKey', 'BaseUserPolicy', 'BaseUserSecret'];
  expect(together.map((name) => [name, result.resource(name).DeletionPolicy, result.resource(name).UpdateReplacePolicy]))
    .toEqual(together.map((name) => [name, deletion, replacement]));
});

test('the registration is deleted first, then the key, then the user (fault 19)', () => {
  const result = synth();
  expect(result.needs('BaseRegistration')).toEqual(expect.arrayContaining(['BaseUserKey', 'BaseUser', 'BaseUserSecret', 'BaseUserFunction', 'BaseUserAccess']));
  expect(result.needs('BaseUserKey')).toEqual(expect.arrayContaining(['BaseUser', 'BaseUserGroup', 'BaseUserPolicy', 'BaseUserSecret']));
});
