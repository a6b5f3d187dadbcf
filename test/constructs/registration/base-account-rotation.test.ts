import { App, Duration, RemovalPolicy, SecretValue, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { BaseAccountRegistration, BaseAccountRegistrationProps } from '../../../src/base-account/base-account-registration';
import { BaseAccountUser } from '../../../src/base-account/base-account-user';
import { KeyDelivery } from '../../../src/base-account/key-delivery';
import { KeyRotation } from '../../../src/base-account/key-rotation';
import { QualysPlatform } from '../../../src/service/qualys-platform';
import { newService, newStack, Synth } from '../../support/synth/synth';
import { rights } from '../../support/synth/world';

const roles = AssumableRoles.named('QualysConnector');
const ROTATION = ['EntryRotationAccess', 'EntryRotationDailyRun', 'EntryRotationDailyRunInvocation', 'EntryRotationInvocation', 'EntryRotationSchedule'];
const ENTRY = ['Entry', 'EntryAccess', 'EntryFunction', 'EntryFunctionExecution', 'EntryFunctionLogGroup', 'EntryFunctionRole'];

function register(stack: Stack, props: Partial<BaseAccountRegistrationProps> = {}, id = 'Entry'): BaseAccountRegistration {
  const user = props.user ?? new BaseAccountUser(stack, 'Base', { roles });
  return new BaseAccountRegistration(stack, id, { service: newService(stack), title: 'Central Security', ...props, user });
}

function importedUser(stack: Stack) {
  return BaseAccountUser.fromBaseAccountUserAttributes(stack, 'User', {
    userName: 'base', userPath: '/security/', accessKeySecret: Secret.fromSecretNameV2(stack, 'KeySecret', 'base-key'),
  });
}

function synth(props: Partial<BaseAccountRegistrationProps> = {}, region?: string): Synth {
  const stack = newStack(region);
  register(stack, props);
  return new Synth(stack);
}

test('rotation is on by default, and adds these resources', () => {
  expect(synth().names().filter((name) => name.startsWith('Entry'))).toEqual([...ENTRY, ...ROTATION]);
});

test('the key is replaced every 90 days, and never because of a deployment', () => {
  const result = synth();
  expect(result.resource('EntryRotationSchedule').Type).toBe('AWS::SecretsManager::RotationSchedule');
  expect(result.properties('EntryRotationSchedule')).toEqual({
    SecretId: '${BaseSecret}',
    RotationLambdaARN: '${EntryFunction.Arn}',
    RotationRules: { ScheduleExpression: 'rate(90 days)' },
    RotateImmediatelyOnUpdate: false,
  });
});

test('interval and retireAfter are those given', () => {
  const result = synth({ rotation: KeyRotation.every(Duration.hours(60), { retireAfter: Duration.hours(6) }) });
  expect(result.properties('EntryRotationSchedule').RotationRules).toEqual({ ScheduleExpression: 'rate(60 hours)' });
  expect(JSON.parse(result.properties('EntryFunction').Environment.Variables.REGISTRATION).RetireAfterSeconds).toBe('21600');
});

test('who may call the function: Secrets Manager for this account, and the rule of the daily run (fault 76)', () => {
  const result = synth();
  const permissions = result.names().filter((name) => result.resource(name).Type === 'AWS::Lambda::Permission');
  expect(permissions.map((name) => result.properties(name))).toEqual([
    {
      Action: 'lambda:InvokeFunction',
      FunctionName: '${EntryFunction.Arn}',
      Principal: 'events.amazonaws.com',
      SourceArn: '${EntryRotationDailyRun.Arn}',
    },
    {
      Action: 'lambda:InvokeFunction',
      FunctionName: '${EntryFunction.Arn}',
      Principal: 'secretsmanager.amazonaws.com',
      SourceAccount: '${AWS::AccountId}',
    },
  ]);
});

test('the daily run', () => {
  const result = synth();
  expect(result.resource('EntryRotationDailyRun').Type).toBe('AWS::Events::Rule');
  expect(result.properties('EntryRotationDailyRun')).toEqual({
    Description: 'Daily run of cdk-qualys-connectors: looks after the access key of the user ${BaseUser}.',
    ScheduleExpression: 'rate(1 day)',
    State: 'ENABLED',
    Targets: [{ Id: 'Function', Arn: '${EntryFunction.Arn}', Input: '{"Task":"DAILY_RUN"}' }],
  });
});

describe('rights (fault 75)', () => {
  const keyRights = (userArn: string, secret: string) => [
    {
      Action: ['iam:CreateAccessKey', 'iam:DeleteAccessKey', 'iam:ListAccessKeys', 'iam:UpdateAccessKey', 'iam:GetAccessKeyLastUsed'],
      Effect: 'Allow',
      Resource: userArn,
    },
    {
      Action: [
        'secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue',
        'secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage',
      ],
      Effect: 'Allow',
      Resource: secret,
    },
    {
      Action: 'secretsmanager:TagResource',
      Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['cdk-qualys-connectors:minting', 'cdk-qualys-connectors:removed'] } },
      Effect: 'Allow',
      Resource: secret,
    },
  ];

  test('on this one user and this one secret', () => {
    const result = synth();
    const { PolicyDocument, ...properties } = result.properties('EntryRotationAccess');
    expect(properties).toEqual({
      Description: 'Lets a function of cdk-qualys-connectors rotate the access key of the user ${BaseUser}.',
      Path: '/',
      Roles: ['${EntryFunctionRole}'],
    });
    expect(rights(PolicyDocument.Statement)).toEqual(rights(keyRights('${BaseUser.Arn}', '${BaseSecret}')));
    expect(JSON.stringify(result.statements('EntryRotationAccess'))).not.toContain('*');
  });

  test('on the key of the secret, through Secrets Manager only', () => {
    const stack = newStack();
    register(stack, { user: new BaseAccountUser(stack, 'Base', { roles, encryptionKey: new Key(stack, 'Kms') }) });
    expect(rights(new Synth(stack).statements('EntryRotationAccess'))).toEqual(rights([...keyRights('${BaseUser.Arn}', '${BaseSecret}'), {
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Condition: { StringEquals: { 'kms:ViaService': 'secretsmanager.${AWS::Region}.amazonaws.com' } },
      Effect: 'Allow',
      Resource: '${Kms.Arn}',
    }]));
  });

  test('of an imported user: on its ARN with its path, and on the secret by its name', () => {
    const stack = newStack();
    register(stack, { user: importedUser(stack), rotation: KeyRotation.every(Duration.days(90)) });
    const secret = 'arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:base-key';
    const result = new Synth(stack);
    expect(rights(result.statements('EntryRotationAccess'))).toEqual(rights(keyRights('arn:${AWS::Partition}:iam::${AWS::AccountId}:user/security/base', `${secret}-??????`)));
    expect(result.properties('EntryRotationSchedule').SecretId).toBe(secret);
  });

  test('the function that makes the first key has none of them, and the other policy of the registration stays as it is', () => {
    const [on, off] = [synth(), synth({ rotation: KeyRotation.disabled() })];
    expect(on.statements('EntryAccess')).toEqual(off.statements('EntryAccess'));
    expect(on.properties('BaseAccess')).toEqual(off.properties('BaseAccess'));
  });
});

describe('order', () => {
  test('the schedule begins when the first key is delivered, and may work; it ends before any of that goes', () => {
    const result = synth();
    expect(result.resource('EntryRotationSchedule').DependsOn.map((id: string) => id.replace(/[0-9A-F]{8}$/, '')).sort())
      .toEqual(['Entry', 'EntryRotationAccess', 'EntryRotationInvocation']);
    expect(result.needs('EntryRotationSchedule')).toEqual(expect.arrayContaining([...ENTRY, 'BaseUser', 'BaseKey', 'BaseSecret']));
  });

  test('so does the daily run', () => {
    expect(synth().needs('EntryRotationDailyRun')).toEqual(expect.arrayContaining([...ENTRY, 'EntryRotationAccess', 'BaseKey']));
  });

  test('the first key waits neither for this function nor for rotation, and the entry not for rotation: no circle', () => {
    const result = synth();
    expect(result.needs('BaseKey').filter((name) => name.startsWith('Entry'))).toEqual([]);
    expect(result.needs('EntryFunction')).toEqual(expect.not.arrayContaining(['BaseKey', ...ROTATION]));
    expect(result.needs('Entry')).toEqual(expect.not.arrayContaining(ROTATION));
    result.names().forEach((name) => { expect(result.needs(name)).not.toContain(name); });
  });
});

test.each([
  ['default', undefined],
  ['DESTROY', RemovalPolicy.DESTROY],
  ['RETAIN', RemovalPolicy.RETAIN],
])('removalPolicy %s: rotation goes with its function', (_, removalPolicy) => {
  const result = synth({ removalPolicy });
  expect(ROTATION.map((name) => [result.resource(name).DeletionPolicy, result.resource(name).UpdateReplacePolicy]))
    .toEqual(ROTATION.map(() => [undefined, undefined]));
});

test('rotation, daily run and deployment may run at the same time (fault 73)', () => {
  expect(synth().properties('EntryFunction').ReservedConcurrentExecutions).toBeUndefined();
});

test.each(['us-east-1', 'us-gov-west-1', 'cn-north-1', undefined])('in region %s no partition stands in the template as a text (fault 60)', (region) => {
  const result = synth({}, region);
  expect(result.strayPartitions()).toEqual([]);
  expect(result.properties('EntryRotationInvocation')).toMatchObject({
    Principal: 'secretsmanager.amazonaws.com', SourceAccount: region ? '111122223333' : '${AWS::AccountId}',
  });
});

test('an environment with a secret in it is refused (fault 61)', () => {
  const secret = SecretValue.secretsManager('canary').unsafeUnwrap();
  expect(() => synth({ delivery: KeyDelivery.api({ objectName: secret }) })).toThrow('a property refers to a value in Secrets Manager');
});

test('a user of another stack is referred to, and the schedule stands beside the function', () => {
  const app = new App();
  const user = new BaseAccountUser(newStack('us-east-1', app, 'Security'), 'Base', { roles });
  const entries = newStack('us-east-1', app, 'Entries');
  register(entries, { user });
  const result = new Synth(entries);
  expect(result.names()).toEqual([...ENTRY, ...ROTATION]);
  expect(result.properties('EntryRotationSchedule').SecretId).toBe('${from Security: RefBaseSecret}');
  const [onUser, onSecret] = result.statements('EntryRotationAccess');
  expect([onUser.Resource, onSecret.Resource]).toEqual(['${from Security: FnGetAttBaseUserArn}', '${from Security: RefBaseSecret}']);
});

describe('a user with two registrations', () => {
  const both = (first: KeyRotation | undefined, second: KeyRotation | undefined) => () => {
    const stack = newStack();
    const user = new BaseAccountUser(stack, 'Base', { roles });
    register(stack, { user, rotation: first }, 'First');
    register(stack, { user, rotation: second, service: newService(stack, QualysPlatform.EU_1) }, 'Second');
    return stack;
  };
  const off = KeyRotation.disabled();

  test.each([
    ['both', undefined, undefined, 'Stack/Second'],
    ['the first', undefined, off, 'Stack/First'],
    ['the second', off, undefined, 'Stack/Second'],
  ])('is refused when %s rotates, as the other would be left with the old key', (_, first, second, rotating) => {
    expect(both(first, second)).toThrow(`Stack/First and Stack/Second both register the key of Stack/Base, and ${rotating} rotates it: the other one would be left with the old key`);
  });

  test('is fine when none rotates', () => {
    expect(new Synth(both(off, off)()).names()).toEqual(expect.arrayContaining(['First', 'Second']));
  });
});
