import { DescribeSecretCommand, GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { outputOf } from '../../support/emulator/outputs';
import { rotator, rotatorCalls, rotatorPermission } from '../../support/emulator/resources/rotator';
import { emulatorOfFile } from '../../support/emulator/temporary-emulator';

const ACCOUNT = '111111111111';
const ARN = { 'Fn::GetAtt': ['rotator', 'Arn'] };
const aws = emulatorOfFile(ACCOUNT);

const template = (schedule: object, description = 'works', sourceAccount = ACCOUNT) => ({
  Resources: {
    ...rotator(),
    ...rotatorPermission(sourceAccount),
    Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: 'old', Description: description } },
    Schedule: {
      Type: 'AWS::SecretsManager::RotationSchedule',
      DependsOn: 'Permission',
      Properties: { SecretId: { Ref: 'Secret' }, RotationLambdaARN: ARN, RotationRules: { ScheduleExpression: 'rate(90 days)' }, ...schedule },
    },
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: { ScheduleExpression: 'rate(1 day)', State: 'ENABLED', Targets: [{ Id: 'Function', Arn: ARN, Input: '{"Task":"DAILY_RUN"}' }] },
    },
    RulePermission: {
      Type: 'AWS::Lambda::Permission',
      Properties: { Action: 'lambda:InvokeFunction', FunctionName: ARN, Principal: 'events.amazonaws.com', SourceArn: { 'Fn::GetAtt': ['Rule', 'Arn'] } },
    },
  },
  Outputs: { Secret: { Value: { Ref: 'Secret' } }, Schedule: { Value: { Ref: 'Schedule' } } },
});
const LATER = { RotateImmediatelyOnUpdate: false };
const create = async (...args: Parameters<typeof template>) => outputOf(await aws.root.stacks.create('schedule', template(...args)), 'Schedule');
const describeSecret = (SecretId: string) => aws.root.secrets.send(new DescribeSecretCommand({ SecretId }));
const value = async (SecretId: string) => (await aws.root.secrets.send(new GetSecretValueCommand({ SecretId }))).SecretString;
const events = async (secret: string) => {
  await aws.emulator.rotations.settled(secret);
  return aws.emulator.rotations.of(secret).map(({ event }) => event);
};

test('one that is not to rotate at once tries testSecret alone, and leaves no version behind', async () => {
  const stack = await aws.root.stacks.create('schedule', template(LATER));
  const secret = outputOf(stack, 'Schedule');
  expect(secret).toBe(outputOf(stack, 'Secret'));
  expect(await events(secret)).toEqual(['TestRotationStarted', 'TestRotationSucceeded']);
  expect(await rotatorCalls(aws.emulator, ACCOUNT, 1)).toEqual([{ Step: 'testSecret', value: 'old', labels: ['AWSPENDING'] }]);
  const { LastRotatedDate, RotationEnabled, RotationRules, VersionIdsToStages } = await describeSecret(secret);
  expect({ LastRotatedDate, RotationEnabled, RotationRules }).toEqual({
    LastRotatedDate: undefined, RotationEnabled: true, RotationRules: { ScheduleExpression: 'rate(90 days)' },
  });
  expect(Object.values(VersionIdsToStages!)).toEqual([['AWSCURRENT']]);
  expect(await value(secret)).toBe('old');
});

test('otherwise it rotates at once', async () => {
  const secret = await create({});
  expect(await events(secret)).toEqual(['RotationStarted', 'RotationSucceeded']);
  expect(await value(secret)).toBe('new');
});

test('a trial that fails does not fail the deployment', async () => {
  const secret = await create(LATER, 'fails in testSecret');
  expect(await events(secret)).toEqual(['TestRotationStarted', 'TestRotationFailed']);
  expect(Object.values((await describeSecret(secret)).VersionIdsToStages!)).toEqual([['AWSCURRENT']]);
});

test('a function that Secrets Manager must not call fails it', async () => {
  expect((await aws.root.stacks.create('schedule', template(LATER, 'works', '222222222222'))).StackStatus).toBe('ROLLBACK_COMPLETE');
});

test('a change is tried anew, an update of something else is not', async () => {
  const secret = await create(LATER);
  await events(secret);
  const changed = template({ ...LATER, RotationRules: { ScheduleExpression: 'rate(30 days)' } });
  expect((await aws.root.stacks.update('schedule', changed)).StackStatus).toBe('UPDATE_COMPLETE');
  expect(await events(secret)).toHaveLength(4);
  expect((await describeSecret(secret)).RotationRules).toEqual({ ScheduleExpression: 'rate(30 days)' });
  const { Rule, ...rest } = changed.Resources;
  const other = { ...changed, Resources: { ...rest, Rule: { ...Rule, Properties: { ...Rule.Properties, State: 'DISABLED' } } } };
  expect((await aws.root.stacks.update('schedule', other)).StackStatus).toBe('UPDATE_COMPLETE');
  expect(await events(secret)).toHaveLength(4);
});

test('one that is removed switches the rotation off', async () => {
  const secret = await create(LATER);
  await events(secret);
  const { Resources: { Schedule, ...rest } } = template(LATER);
  expect((await aws.root.stacks.update('schedule', { Resources: rest })).StackStatus).toBe('UPDATE_COMPLETE');
  expect(await describeSecret(secret)).toMatchObject({ RotationEnabled: false });
});
