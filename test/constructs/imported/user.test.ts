import { App, Duration, Stack } from 'aws-cdk-lib';
import { ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { BaseAccountRegistration, BaseAccountRegistrationProps } from '../../../src/base-account/base-account-registration';
import { BaseAccountUser } from '../../../src/base-account/base-account-user';
import { IBaseAccountUser } from '../../../src/base-account/base-account-user-attributes';
import { KeyRotation } from '../../../src/base-account/key-rotation';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { newRole } from '../../support/apps/connectors';
import { SECURITY } from '../../support/synth/stack-order';
import { newService, plain, Synth } from '../../support/synth/synth';

/* A user that this app does not make: imported, or an implementation of the interface by whoever uses the library. */
class OwnUser extends Construct implements IBaseAccountUser {
  public readonly userName = 'qualys';
  public readonly userPath = '/identity/';
  public readonly accountId = SECURITY.account!;
  public readonly userArn = `arn:aws:iam::${SECURITY.account}:user/identity/qualys`;
  public readonly accessKeySecret: ISecret;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    this.accessKeySecret = Secret.fromSecretNameV2(this, 'Secret', 'qualys/key');
  }
}

const USERS: ReadonlyArray<[string, (stack: Stack) => IBaseAccountUser]> = [
  ['an imported user', (stack) => BaseAccountUser.fromBaseAccountUserAttributes(stack, 'User', {
    userName: 'qualys', userPath: '/identity/', accessKeySecret: Secret.fromSecretNameV2(stack, 'Secret', 'qualys/key'),
  })],
  ['a user of an implementation of one\'s own', (stack) => new OwnUser(stack, 'User')],
];

const inApp = () => {
  const app = new App();
  return { app, stack: new Stack(app, 'Stack', { env: SECURITY }) };
};

function register(stack: Stack, user: IBaseAccountUser, props: Partial<BaseAccountRegistrationProps> = {}): BaseAccountRegistration {
  return new BaseAccountRegistration(stack, 'Entry', { service: newService(stack), title: 'Central Security', user, ...props });
}

describe.each(USERS)('%s', (_, userIn) => {
  test('needs a word on rotation: by default a function here would make and delete its keys', () => {
    const { stack } = inApp();
    expect(() => register(stack, userIn(stack))).toThrow('rotation must be given for Stack/User, a user that this app does not make, got none: KeyRotation.every() lets a function here '
      + 'make and delete keys of that user, KeyRotation.disabled() leaves them to the other app');
  });

  test('without rotation has no right of this app on its keys, and the key\'s ID is read from the secret', () => {
    const { stack } = inApp();
    register(stack, userIn(stack), { rotation: KeyRotation.disabled() });
    const result = new Synth(stack);
    expect(result.properties('Entry')).toMatchObject({ UserName: 'qualys', AwsAccountId: SECURITY.account, AccessKeySecretArn: expect.stringMatching(/:secret:qualys\/key$/) });
    expect(result.properties('Entry')).not.toHaveProperty('AccessKeyId');
    expect(JSON.stringify(result.template.toJSON())).not.toMatch(/iam:(Create|Delete|Update|List)AccessKey/);
  });

  test('with rotation has the rights on its own ARN', () => {
    const { stack } = inApp();
    register(stack, userIn(stack), { rotation: KeyRotation.every(Duration.days(60)) });
    const [statement] = new Synth(stack).statements('EntryRotationAccess');
    expect(statement.Resource.replace('${AWS::Partition}', 'aws')).toBe(`arn:aws:iam::${SECURITY.account}:user/identity/qualys`);
  });

  test('is trusted by its name, from its own account and from others', () => {
    const { app, stack } = inApp();
    const trust = TrustPrincipal.ofUser(userIn(stack));
    const productions = [SECURITY.account, '222233334444'].map((account) => new Stack(app, `Production${account}`, { env: { account, region: 'us-east-1' } }));
    productions.forEach((production) => newRole(production, { trust }));
    for (const production of productions) {
      const [{ Condition }] = new Synth(production).properties('Role').AssumeRolePolicyDocument.Statement;
      expect(plain(Condition.ArnEquals['aws:PrincipalArn']).replace('${AWS::Partition}', 'aws')).toBe(`arn:aws:iam::${SECURITY.account}:user/identity/qualys`);
    }
  });
});

test.each([undefined, null, 'qualys/key'])('an imported user needs a secret, got %j', (accessKeySecret) => {
  const { stack } = inApp();
  expect(() => BaseAccountUser.fromBaseAccountUserAttributes(stack, 'User', { userName: 'qualys', accessKeySecret: accessKeySecret as never })).toThrow(/^accessKeySecret must be an ISecret, got /);
});

test.each([undefined, null, 42])('an imported user needs a name, got %j', (userName) => {
  const { stack } = inApp();
  const accessKeySecret = Secret.fromSecretNameV2(stack, 'Secret', 'qualys/key');
  expect(() => BaseAccountUser.fromBaseAccountUserAttributes(stack, 'User', { userName: userName as never, accessKeySecret })).toThrow(/^userName must be a string, got /);
});
