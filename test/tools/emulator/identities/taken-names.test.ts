import { CreatePolicyCommand, CreateRoleCommand, CreateUserCommand, GetPolicyVersionCommand, GetRoleCommand } from '@aws-sdk/client-iam';
import { statements } from '../../../support/emulator/resources/inline-function';
import { emulatorOfFile } from '../../../support/emulator/temporary-emulator';

const ACCOUNT = '111111111111';
const aws = emulatorOfFile(ACCOUNT);

const trust = (account: string) => statements([{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: account } }]);
const PolicyDocument = statements([{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' }]);
const RESOURCES = {
  Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'taken', AssumeRolePolicyDocument: trust(ACCOUNT) } },
  User: { Type: 'AWS::IAM::User', Properties: { UserName: 'taken' } },
  Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { ManagedPolicyName: 'taken', PolicyDocument } },
};

test.each([
  ['Role', 'Role with name taken already exists.', 'taken'], ['User', 'User with name taken already exists.', 'taken'],
  ['Policy', 'A policy called taken already exists.', 'taken'], ['Role', 'already exists', 'TAKEN'],
] as const)('a %s is not made by a stack where there is one of its name: %s', async (type, words, name) => {
  await aws.root.iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: JSON.stringify(trust('222222222222')) }));
  await aws.root.iam.send(new CreateUserCommand({ UserName: name }));
  const { Policy } = await aws.root.iam.send(new CreatePolicyCommand({ PolicyName: name, PolicyDocument: JSON.stringify(statements([{ Effect: 'Deny', Action: '*', Resource: '*' }])) }));
  const { StackStatus, StackId } = await aws.root.stacks.create('stack', { Resources: { [type]: RESOURCES[type] } });
  expect(StackStatus).toBe('ROLLBACK_COMPLETE');
  expect(await aws.root.stacks.reasonOf(StackId!)).toContain(words);
  const { Role } = await aws.root.iam.send(new GetRoleCommand({ RoleName: name }));
  expect(decodeURIComponent(Role!.AssumeRolePolicyDocument!)).toContain('222222222222');
  const { PolicyVersion } = await aws.root.iam.send(new GetPolicyVersionCommand({ PolicyArn: Policy!.Arn, VersionId: 'v1' }));
  expect(decodeURIComponent(PolicyVersion!.Document!)).toContain('Deny');
});

test('a rename to a name that is taken is undone; an update in place is none', async () => {
  await aws.root.iam.send(new CreateRoleCommand({ RoleName: 'taken', AssumeRolePolicyDocument: JSON.stringify(trust('222222222222')) }));
  const role = (RoleName: string, account: string) => ({ Resources: { Role: { Type: 'AWS::IAM::Role', Properties: { RoleName, AssumeRolePolicyDocument: trust(account) } } } });
  await aws.root.stacks.create('stack', role('free', ACCOUNT));
  expect((await aws.root.stacks.update('stack', role('taken', ACCOUNT))).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect((await aws.root.stacks.update('stack', role('free', '333333333333'))).StackStatus).toBe('UPDATE_COMPLETE');
  for (const RoleName of ['free', 'taken']) await aws.root.iam.send(new GetRoleCommand({ RoleName }));
});

test('names are made up as before, and free again once their stack is gone', async () => {
  for (const name of ['one', 'two']) {
    const unnamed = { Resources: { Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust(ACCOUNT) } } } };
    expect((await aws.root.stacks.create(name, unnamed)).StackStatus).toBe('CREATE_COMPLETE');
  }
  for (let round = 1; round <= 2; round++) {
    expect((await aws.root.stacks.create('named', { Resources: RESOURCES })).StackStatus).toBe('CREATE_COMPLETE');
    expect((await aws.root.stacks.delete('named')).StackStatus).toBe('DELETE_COMPLETE');
  }
});
