import { App, Stack, Stage } from 'aws-cdk-lib';
import { BaseAccountRegistration } from '../../../src/base-account/base-account-registration';
import { BaseAccountUser } from '../../../src/base-account/base-account-user';
import { QualysPlatform } from '../../../src/service/qualys-platform';
import { importedUser, register, roles } from '../../support/apps/base-account-registrations';
import { BASE_ACCOUNT, newService, newStack, Synth } from '../../support/synth/synth';

describe('room for one', () => {
  const message = (first: string, second: string) =>
    `${first} and ${second} both register a base account of type GLOBAL at https://qualysapi.qg2.apps.qualys.com, but the service has room for one per account type`;

  test('a second one in the same stack is refused', () => {
    const stack = newStack();
    const { user, service } = { user: importedUser(stack), service: newService(stack) };
    register(stack, { user, service });
    expect(() => register(stack, { user, service }, 'Second')).toThrow(message('Stack/Entry', 'Stack/Second'));
  });

  test('also in another stack of the app', () => {
    const app = new App();
    register(newStack('us-east-1', app, 'One'));
    expect(() => register(newStack('eu-west-1', app, 'Two'))).toThrow(message('One/Entry', 'Two/Entry'));
  });

  test('also in another stack of the same stage', () => {
    const stage = new Stage(new App(), 'Stage');
    register(new Stack(stage, 'One'));
    expect(() => register(new Stack(stage, 'Two'))).toThrow(message('Stage/One/Entry', 'Stage/Two/Entry'));
  });

  test('other account types, platforms and stages have room of their own', () => {
    const app = new App();
    register(newStack('us-east-1', app, 'Global'));
    register(newStack('us-gov-west-1', app, 'Gov'));
    const other = newStack('us-east-1', app, 'Other');
    register(other, { service: newService(other, QualysPlatform.EU_1) });
    register(new Stack(new Stage(app, 'Test'), 'Stack'));
    register(new Stack(new Stage(app, 'Production'), 'Stack'));
    expect(app.node.findAll().filter((construct) => construct instanceof BaseAccountRegistration)).toHaveLength(5);
  });

  test('one that was refused for another reason takes no room', () => {
    const stack = newStack();
    const user = importedUser(stack);
    expect(() => register(stack, { user, title: '' }, 'Bad')).toThrow('title');
    register(stack, { user });
  });
});

describe('a user of another stack', () => {
  const app = new App();
  const security = newStack('us-east-1', app, 'Security');
  const user = new BaseAccountUser(security, 'Base', { roles });
  const entries = newStack('us-east-1', app, 'Entries');
  register(entries, { user });

  test('is referred to', () => {
    const properties = new Synth(entries).properties('Entry');
    expect(properties.AwsAccountId).toBe(BASE_ACCOUNT);
    expect(properties.UserName).toBe('${from Security: RefBaseUser}');
    expect(properties.AccessKeyId).toBe('${from Security: FnGetAttBaseKeyAccessKeyId}');
    expect(properties.AccessKeySecretArn).toBe('${from Security: RefBaseSecret}');
  });

  test('is deployed before', () => {
    expect(entries.dependencies).toEqual([security]);
  });
});
