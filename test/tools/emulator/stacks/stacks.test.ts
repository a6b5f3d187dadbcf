import { Capability, CloudFormationClient, CreateChangeSetCommand, CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CreateUserCommand, DeleteAccessKeyCommand, GetUserCommand } from '@aws-sdk/client-iam';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { outputOf } from '../../../support/emulator/outputs';
import { inlineFunction } from '../../../support/emulator/resources/inline-function';
import { keyOf } from '../../../support/emulator/resources/users';
import { emulatorOfFile } from '../../../support/emulator/temporary-emulator';

const aws = emulatorOfFile();

const kept = (DeletionPolicy: string) => ({
  Secret: { Type: 'AWS::SecretsManager::Secret', DeletionPolicy, Properties: { Name: 'kept', SecretString: 'value' } },
  User: { Type: 'AWS::IAM::User', DeletionPolicy, Properties: { UserName: 'kept' } },
});
const exist = async () => Promise.all([
  aws.root.iam.send(new GetUserCommand({ UserName: 'kept' })), aws.root.secrets.send(new GetSecretValueCommand({ SecretId: 'kept' })),
].map((answer: Promise<unknown>) => answer.then(() => true, () => false)));
/** Cannot be made: the user is there already. */
const IMPOSSIBLE = { Impossible: { Type: 'AWS::IAM::User', DependsOn: ['Secret', 'User'], Properties: { UserName: 'taken' } } };

test.each(['Retain', 'RetainExceptOnCreate'])('what has DeletionPolicy %s stays when its stack is deleted', async (policy) => {
  await aws.root.stacks.create('stack', { Resources: kept(policy) });
  expect((await aws.root.stacks.delete('stack')).StackStatus).toBe('DELETE_COMPLETE');
  expect(await exist()).toEqual([true, true]);
});

test.each([['RetainExceptOnCreate', false], ['Retain', true]])('after a creation that failed, what has DeletionPolicy %s stays: %s', async (policy, stays) => {
  await aws.root.iam.send(new CreateUserCommand({ UserName: 'taken' }));
  expect((await aws.root.stacks.create('stack', { Resources: { ...kept(policy), ...IMPOSSIBLE } })).StackStatus).toBe('ROLLBACK_COMPLETE');
  expect(await exist()).toEqual([stays, stays]);
});

test('a user with a key lets the deletion of its stack fail', async () => {
  await aws.root.stacks.create('stack', { Resources: { User: { Type: 'AWS::IAM::User', Properties: { UserName: 'keyed' } } } });
  const { accessKeyId } = await keyOf(aws.root, 'keyed');
  expect((await aws.root.stacks.delete('stack')).StackStatus).toBe('DELETE_FAILED');
  await aws.root.iam.send(new DeleteAccessKeyCommand({ UserName: 'keyed', AccessKeyId: accessKeyId }));
  expect((await aws.root.stacks.delete('stack')).StackStatus).toBe('DELETE_COMPLETE');
  await expect(aws.root.iam.send(new GetUserCommand({ UserName: 'keyed' }))).rejects.toMatchObject({ name: 'NoSuchEntityException' });
});

test('a mapping is read with the partition as its key', async () => {
  const stack = await aws.root.stacks.create('stack', {
    Mappings: { Qualys: { 'aws': { Account: '805950163170' }, 'aws-cn': { Account: 'none' } } },
    Resources: { User: { Type: 'AWS::IAM::User' } },
    Outputs: { Account: { Value: { 'Fn::FindInMap': ['Qualys', { Ref: 'AWS::Partition' }, 'Account'] } } },
  });
  expect(outputOf(stack, 'Account')).toBe('805950163170');
});

describe('the status of a stack', () => {
  const CAPABILITIES: Capability[] = ['CAPABILITY_NAMED_IAM'];
  const cloudFormation = () => new CloudFormationClient(aws.emulator.clientConfig('111111111111'));
  const statusOf = async (StackName?: string) => {
    const { Stacks = [] } = await cloudFormation().send(new DescribeStacksCommand({ StackName }));
    return Stacks.map(({ StackStatus }) => StackStatus!);
  };

  test('is told once what is under way is over; at once where nothing is, as while a change set waits to be executed', async () => {
    const code = `exports.handler = async ({ ResponseURL, StackId, RequestId, LogicalResourceId }) => {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      await fetch(ResponseURL, { method: 'PUT', body: JSON.stringify({ Status: 'SUCCESS', PhysicalResourceId: 'id', StackId, RequestId, LogicalResourceId }) });
    };`;
    const slow = { ...inlineFunction('slow', { code }), Custom: { Type: 'Custom::Slow', Properties: { ServiceToken: { 'Fn::GetAtt': ['slow', 'Arn'] } } } };
    const stack = (Resources: object) => ({ TemplateBody: JSON.stringify({ Resources }), Capabilities: CAPABILITIES });
    const { StackId } = await cloudFormation().send(new CreateStackCommand({ StackName: 'slow', ...stack(slow) }));
    expect(await statusOf()).toEqual(['CREATE_IN_PROGRESS']);
    await cloudFormation().send(new CreateChangeSetCommand({ StackName: 'new', ChangeSetName: 'first', ChangeSetType: 'CREATE', ...stack(slow) }));

    const told: string[] = [];
    await Promise.all(['slow', StackId, 'new'].map(async (name) => told.push(...await statusOf(name))));
    expect(told).toEqual(['REVIEW_IN_PROGRESS', 'CREATE_COMPLETE', 'CREATE_COMPLETE']);
  });
});
