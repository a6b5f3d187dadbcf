import { App, Stack } from 'aws-cdk-lib';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { BaseAccountUser } from '../../../src/base-account/base-account-user';
import { BaseAccountUserProps } from '../../../src/base-account/base-account-user-props';
import { ExternalId } from '../../../src/service/external-id';
import { OWN, TOGETHER, roles, synth } from '../../support/apps/base-account-users';
import { BASE_ACCOUNT, newStack, plain, Synth } from '../../support/synth/synth';
import { rights } from '../../support/synth/world';

test('makes these resources and no others', () => {
  expect(synth().names()).toEqual([...OWN, ...TOGETHER].sort());
});

test('the user gets the policy through a group', () => {
  const result = synth();
  expect(result.properties('BaseUser')).toEqual({ Groups: ['${BaseGroup}'] });
  expect(result.resource('BaseGroup').Properties).toBeUndefined();
  expect(result.properties('BasePolicy').Groups).toEqual(['${BaseGroup}']); // so `cdk diff` can tell whom it is for
  expect(result.statements('BasePolicy')).toEqual([
    { Action: 'sts:AssumeRole', Effect: 'Allow', Resource: 'arn:${AWS::Partition}:iam::*:role/QualysConnector' },
  ]);
});

test('no access key is in the template, and the secret starts with no value', () => {
  const result = synth();
  expect(result.properties('BaseSecret')).toEqual({ Description: 'Access key of the user that the Qualys connector service signs with.' });
  result.template.resourceCountIs('AWS::IAM::AccessKey', 0);
});

test('the key resource has exactly the contract\'s properties', () => {
  expect(synth().properties('BaseKey')).toEqual({
    ServiceToken: '${BaseFunction.Arn}',
    ServiceTimeout: '1500',
    SchemaVersion: '1',
    AwsAccountId: '${AWS::AccountId}',
    UserName: '${BaseUser}',
    SecretArn: '${BaseSecret}',
  });
  expect(synth().resource('BaseKey').Type).toBe('Custom::QualysAccessKey');
});

test('the function may handle the keys of this user and the versions of this secret, and nothing else', () => {
  const result = synth();
  expect(rights(result.statements('BaseAccess'))).toEqual(rights([
    { Action: ['iam:CreateAccessKey', 'iam:DeleteAccessKey', 'iam:ListAccessKeys', 'iam:GetAccessKeyLastUsed'], Effect: 'Allow', Resource: '${BaseUser.Arn}' },
    {
      Action: [
        'secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage',
      ],
      Effect: 'Allow',
      Resource: '${BaseSecret}',
    },
    {
      Action: 'secretsmanager:TagResource',
      Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['cdk-qualys-connectors:minting', 'cdk-qualys-connectors:removed'] } },
      Effect: 'Allow',
      Resource: '${BaseSecret}',
    },
  ]));
  expect(result.properties('BaseAccess').Roles).toEqual(['${BaseFunctionRole}']);
  result.template.resourceCountIs('AWS::IAM::Policy', 0);
});

test('the rights are replaced together with the user, so that those on the old one last until its key is gone', () => {
  expect(synth().properties('BaseAccess').Description)
    .toBe('Lets a function of cdk-qualys-connectors make and remove the access keys of the user ${BaseUser}.');
});

test('everything that the key needs to be deleted outlives it (fault 20)', () => {
  expect(synth().needs('BaseKey')).toEqual([...OWN, ...TOGETHER].filter((name) => name !== 'BaseKey').sort());
  // IAM deletes no group that has a user or a policy.
  expect(synth().needs('BasePolicy')).toEqual(['BaseGroup']);
  expect(synth().needs('BaseUser')).toEqual(['BaseGroup']);
});

describe('encryptionKey', () => {
  const stack = newStack();
  new BaseAccountUser(stack, 'Base', { roles, encryptionKey: new Key(stack, 'Kms') });
  const result = new Synth(stack);

  test('encrypts the secret', () => {
    expect(result.properties('BaseSecret').KmsKeyId).toBe('${Kms.Arn}');
  });

  test('may be used through Secrets Manager only', () => {
    expect(result.statements('BaseAccess').slice(3)).toEqual([{
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Condition: { StringEquals: { 'kms:ViaService': 'secretsmanager.${AWS::Region}.amazonaws.com' } },
      Effect: 'Allow',
      Resource: '${Kms.Arn}',
    }]);
  });

  test('outlives the key resource', () => {
    expect(result.needs('BaseKey')).toContain('Kms');
  });
});

test('names, path and boundary', () => {
  const stack = newStack();
  new BaseAccountUser(stack, 'Base', {
    roles,
    userName: 'qualys-base-account',
    path: '/security/',
    secretName: 'qualys/base-account-key',
    permissionsBoundary: ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'boundary'),
  });
  const result = new Synth(stack);
  expect(result.properties('BaseUser')).toEqual({
    Groups: ['${BaseGroup}'],
    Path: '/security/',
    PermissionsBoundary: 'arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/boundary',
    UserName: 'qualys-base-account',
  });
  expect(result.properties('BaseGroup').Path).toBe('/security/');
  expect(result.properties('BaseSecret').Name).toBe('qualys/base-account-key');
});

test('externalId stands in the policy', () => {
  const [statement] = synth({ roles, externalId: ExternalId.of('83172650944188230571') }).statements('BasePolicy');
  expect(statement.Condition).toEqual({ StringEquals: { 'sts:ExternalId': '83172650944188230571' } });
});

describe('attributes', () => {
  test('without a name', () => {
    const stack = newStack();
    const user = new BaseAccountUser(stack, 'Base', { roles });
    const { userName, userArn, userPath, accountId, accessKeyId, accessKeySecret } = user;
    const secret = accessKeySecret.secretArn;
    expect(plain(stack.resolve({ userName, userArn, userPath, accountId, accessKeyId, secret }))).toEqual({
      userName: '${BaseUser}',
      userArn: '${BaseUser.Arn}',
      userPath: '/',
      accountId: '${AWS::AccountId}',
      accessKeyId: '${BaseKey.AccessKeyId}',
      secret: '${BaseSecret}',
    });
  });

  test('with name and path, in a known account', () => {
    const stack = newStack('us-east-1');
    const user = new BaseAccountUser(stack, 'Base', { roles, userName: 'base', path: '/security/' });
    expect(plain(stack.resolve(user.userName))).toBe('${BaseUser}'); // within its stack a reference, which keeps the order
    expect(user.userPath).toBe('/security/');
    expect(user.accountId).toBe(BASE_ACCOUNT);
  });

  test('of an imported user', () => {
    const stack = newStack();
    const accessKeySecret = Secret.fromSecretNameV2(stack, 'Secret', 'base-account-key');
    const user = BaseAccountUser.fromBaseAccountUserAttributes(stack, 'Base', {
      userName: 'base', userPath: '/security/', accountId: '444455556666', accessKeySecret,
    });
    expect(plain(stack.resolve(user.userArn))).toBe('arn:${AWS::Partition}:iam::444455556666:user/security/base');
    expect([user.userName, user.userPath, user.accountId]).toEqual(['base', '/security/', '444455556666']);
    expect(user.accessKeySecret).toBe(accessKeySecret);
  });

  test('of an imported user in the stack\'s account', () => {
    const stack = newStack();
    const user = BaseAccountUser.fromBaseAccountUserAttributes(stack, 'Base', {
      userName: 'base', accessKeySecret: Secret.fromSecretNameV2(stack, 'Secret', 'base-account-key'),
    });
    expect(plain(stack.resolve(user.userArn))).toBe('arn:${AWS::Partition}:iam::${AWS::AccountId}:user/base');
  });
});

test.each(['us-east-1', 'us-gov-west-1', 'cn-north-1', undefined])('no partition stands in the template as a text (%s)', (region) => {
  expect(JSON.stringify(synth({ roles }, region).template.toJSON())).not.toMatch(/arn:aws/);
});

describe('bad input (fault 59)', () => {
  const make = (props: BaseAccountUserProps) => () => new BaseAccountUser(newStack(), 'Base', props);
  const given = AssumableRoles.fromPolicy(ManagedPolicy.fromAwsManagedPolicyName('SecurityAudit'));
  const narrows = (name: string) => `${name} narrows a policy that the library makes, got it with AssumableRoles.fromPolicy(): put the condition into that policy`;

  test.each<[string, BaseAccountUserProps, string]>([
    ['externalId with a policy', { roles: given, externalId: ExternalId.of('83172650944188230571') }, narrows('externalId')],
    ['sourceIps with a policy', { roles: given, sourceIps: ['203.0.113.0/24'] }, narrows('sourceIps')],
    ['longTermCredentialsOnly with a policy', { roles: given, longTermCredentialsOnly: true }, narrows('longTermCredentialsOnly')],
    ['a user name of 65 characters', { roles, userName: 'u'.repeat(65) }, 'userName must be 1 to 64 characters long, got 65'],
    ['a user name with a space', { roles, userName: 'a b' }, 'userName may only hold letters, digits'],
    ['a path without an end', { roles, path: '/security' }, "path must begin and end with '/'"],
    ['a secret name with a space', { roles, secretName: 'a b' }, 'secretName may only hold letters, digits'],
    ['a secret name of 513 characters', { roles, secretName: 's'.repeat(513) }, 'secretName must be 1 to 512 characters long, got 513'],
  ])('%s', (_, props, message) => {
    expect(make(props)).toThrow(message);
  });

  test.each([
    ['userName', { userName: 'a b' }, 'userName may only hold'],
    ['userPath', { userPath: 'x' }, "userPath must begin and end with '/'"],
    ['accountId', { accountId: '1234' }, 'accountId must be an AWS account ID'],
  ])('%s of an imported user', (_, wrong, message) => {
    const stack = new Stack(new App(), 'Stack');
    const accessKeySecret = Secret.fromSecretNameV2(stack, 'Secret', 'key');
    const attributes = { userName: 'base', accessKeySecret, ...wrong };
    expect(() => BaseAccountUser.fromBaseAccountUserAttributes(stack, 'Base', attributes)).toThrow(message);
  });
});
