import { RemovalPolicy } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { BaseAccountUser } from '../../../src/base-account/base-account-user';
import { KeyDelivery } from '../../../src/base-account/key-delivery';
import { DAILY_RUN, OWN, register, roles, synth } from '../../support/apps/base-account-registrations';
import { newStack, Synth } from '../../support/synth/synth';
import { rights } from '../../support/synth/world';

describe('rights of the function', () => {
  const SIGN_IN = {
    Action: 'secretsmanager:GetSecretValue',
    Effect: 'Allow',
    Resource: 'arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:qualys/api-user-??????',
  };
  const RECORD = {
    Action: ['ssm:GetParameter', 'ssm:PutParameter', 'ssm:DeleteParameter'],
    Effect: 'Allow',
    Resource: ['', '/cancelled'].map((suffix) => (
      `arn:\${AWS::Partition}:ssm:\${AWS::Region}:\${AWS::AccountId}:parameter/cdk-qualys-connectors/base-account/qualysapi.qg2.apps.qualys.com/GLOBAL${suffix}`)),
  };

  test('sign in, read the key, keep the record, tell the topic; none on users and keys', () => {
    const stack = newStack();
    const user = new BaseAccountUser(stack, 'Base', { roles, encryptionKey: new Key(stack, 'Kms') });
    register(stack, { user, delivery: KeyDelivery.console({ notify: new Topic(stack, 'Topic') }) });
    const result = new Synth(stack);
    expect(rights(result.statements('EntryAccess'))).toEqual(rights([
      SIGN_IN,
      { Action: 'secretsmanager:GetSecretValue', Effect: 'Allow', Resource: '${BaseSecret}' },
      {
        Action: 'kms:Decrypt',
        Condition: { StringEquals: { 'kms:ViaService': 'secretsmanager.${AWS::Region}.amazonaws.com' } },
        Effect: 'Allow',
        Resource: '${Kms.Arn}',
      },
      RECORD,
      { Action: 'sns:Publish', Effect: 'Allow', Resource: '${Topic}' },
    ]));
    expect(result.properties('EntryAccess').Roles).toEqual(['${EntryFunctionRole}']);
    result.template.resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('of a secret known by name, the six characters are open that Secrets Manager appends', () => {
    const KEY = { ...SIGN_IN, Resource: 'arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:base-key-??????' };
    expect(rights(synth().statements('EntryAccess'))).toEqual(rights([SIGN_IN, KEY, RECORD]));
  });

  test('are replaced together with the entry, so that those on the old one last until it is gone', () => {
    expect(synth().properties('EntryAccess').Description)
      .toBe('Lets a function of cdk-qualys-connectors register the base account of type GLOBAL at https://qualysapi.qg2.apps.qualys.com.');
  });
});

describe('order', () => {
  test('everything that the entry needs to be deleted outlives it, the key and the user among it (faults 19 and 20)', () => {
    const stack = newStack();
    register(stack, { user: new BaseAccountUser(stack, 'Base', { roles }) });
    const result = new Synth(stack);
    expect(result.needs('Entry')).toEqual(result.names().filter((name) => !['Entry', ...DAILY_RUN].includes(name)));
    expect(result.needs('BaseKey').filter((name) => name.startsWith('Entry'))).toEqual([]);
  });

  test('of an imported user it needs its own parts only', () => {
    expect(synth().needs('Entry')).toEqual(OWN);
  });

  test('credentials made by the app outlive it', () => {
    const stack = newStack();
    new Secret(stack, 'ApiUser');
    register(stack);
    expect(new Synth(stack).needs('Entry')).toContain('ApiUser');
  });
});

describe('removalPolicy (fault 18)', () => {
  test.each([
    ['default', undefined, 'RetainExceptOnCreate', 'Retain'],
    ['DESTROY', RemovalPolicy.DESTROY, 'Delete', 'Delete'],
    ['RETAIN', RemovalPolicy.RETAIN, 'Retain', 'Retain'],
  ])('%s: the entry gets it, its function does not', (_, removalPolicy, deletion, replacement) => {
    const result = synth({ removalPolicy });
    const got = result.names().map((name) => [name, result.resource(name).DeletionPolicy, result.resource(name).UpdateReplacePolicy]);
    expect(got).toEqual([
      ['Entry', deletion, replacement],
      ['EntryAccess', undefined, undefined],
      ['EntryDailyRun', undefined, undefined],
      ['EntryDailyRunInvocation', undefined, undefined],
      ['EntryFunction', undefined, undefined],
      ['EntryFunctionExecution', undefined, undefined],
      ['EntryFunctionLogGroup', 'Delete', 'Delete'],
      ['EntryFunctionRole', undefined, undefined],
    ]);
  });
});
