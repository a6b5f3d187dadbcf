import { GetUserCommand, ListGroupsForUserCommand } from '@aws-sdk/client-iam';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { outputOf } from '../../../support/emulator/outputs';
import { statements } from '../../../support/emulator/resources/inline-function';
import { Template } from '../../../support/emulator/stacks';
import { emulatorOfFile } from '../../../support/emulator/temporary-emulator';

const aws = emulatorOfFile();

/** What a base account leaves: only the user has a name of its own. */
const DeletionPolicy = 'RetainExceptOnCreate';
const Resources = {
  Policy: {
    Type: 'AWS::IAM::ManagedPolicy',
    DeletionPolicy,
    Properties: { PolicyDocument: statements([{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' }]) },
  },
  Group: { Type: 'AWS::IAM::Group', DeletionPolicy, Properties: { ManagedPolicyArns: [{ Ref: 'Policy' }] } },
  User: { Type: 'AWS::IAM::User', DeletionPolicy, Properties: { UserName: 'kept', Groups: [{ Ref: 'Group' }] } },
  Secret: { Type: 'AWS::SecretsManager::Secret', DeletionPolicy, Properties: { SecretString: 'as it is in the template' } },
};
const NAMES = ['Policy', 'Group', 'User', 'Secret'] as const;
const Outputs = Object.fromEntries(NAMES.map((name) => [name, { Value: { Ref: name } }]));
const IDENTIFIERS = { Policy: 'PolicyArn', Group: 'GroupName', User: 'UserName', Secret: 'Id' } as const;

/** Makes a stack, deletes it, and answers what it has left, by logical ID. */
async function leftBehind(): Promise<Record<string, string>> {
  const stack = await aws.root.stacks.create('stack', { Resources, Outputs });
  const left = Object.fromEntries(NAMES.map((name) => [name, outputOf(stack, name)]));
  expect((await aws.root.stacks.delete('stack')).StackStatus).toBe('DELETE_COMPLETE');
  return left;
}

const toImport = (left: Record<string, string>) => NAMES.map((name) => ({
  LogicalResourceId: name, ResourceType: Resources[name].Type, ResourceIdentifier: { [IDENTIFIERS[name]]: left[name]! },
}));

test('user, group, policy and secret are taken in as they are, each by its identifier', async () => {
  const left = await leftBehind();
  const stack = await aws.root.stacks.import('again', { Resources }, toImport(left));
  expect(stack.StackStatus).toBe('IMPORT_COMPLETE');

  const updated = await aws.root.stacks.update('again', { Resources, Outputs });
  expect(Object.fromEntries(NAMES.map((name) => [name, outputOf(updated, name)]))).toEqual(left);
  const { Groups } = await aws.root.iam.send(new ListGroupsForUserCommand({ UserName: 'kept' }));
  expect(Groups!.map(({ GroupName }) => GroupName)).toEqual([left.Group]);
});

test('from then on they are the stack\'s: they go with it, if it says so', async () => {
  const left = await leftBehind();
  await aws.root.stacks.import('again', { Resources }, toImport(left));
  const going = Object.fromEntries(NAMES.map((name) => [name, { ...Resources[name], DeletionPolicy: 'Delete' }]));
  await aws.root.stacks.update('again', { Resources: going, Outputs });
  expect((await aws.root.stacks.delete('again')).StackStatus).toBe('DELETE_COMPLETE');
  await expect(aws.root.iam.send(new GetUserCommand({ UserName: 'kept' }))).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  await expect(aws.root.secrets.send(new GetSecretValueCommand({ SecretId: left.Secret }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test.each(NAMES)('a %s that does not exist is no change set that can be executed', async (name) => {
  const left = await leftBehind();
  await expect(aws.root.stacks.import('again', { Resources }, toImport({ ...left, [name]: `${left[name]}-no` }))).rejects.toThrow(/not be found|was not found|can't find/);
});

test('a name that a user has already lets the creation of its stack fail, which takes away none of what is left', async () => {
  const left = await leftBehind();
  expect((await aws.root.stacks.create('stack', { Resources })).StackStatus).toBe('ROLLBACK_COMPLETE');
  await aws.root.stacks.delete('stack');
  expect((await aws.root.stacks.import('again', { Resources }, toImport(left))).StackStatus).toBe('IMPORT_COMPLETE');
});

test('on its own, CloudFormation finds only the user, which the template names; the others are made anew', async () => {
  const left = await leftBehind();
  const stack = await aws.root.stacks.createWithExisting('stack', { Resources, Outputs } satisfies Template);
  expect(stack.StackStatus).toBe('CREATE_COMPLETE');
  const again = Object.fromEntries(NAMES.map((name) => [name, outputOf(stack, name)]));
  expect(NAMES.filter((name) => again[name] === left[name])).toEqual(['User']);
});
