import { ListAttachedGroupPoliciesCommand, ListGroupsForUserCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { Clients } from '../../../support/emulator/clients';
import { outputOf } from '../../../support/emulator/outputs';
import { statements } from '../../../support/emulator/resources/inline-function';
import { keyOf } from '../../../support/emulator/resources/users';
import { Resources } from '../../../support/emulator/stacks';
import { emulatorOfFile } from '../../../support/emulator/temporary-emulator';

const ACCOUNT = '111111111111';
const aws = emulatorOfFile(ACCOUNT);

const GROUP_TEMPLATE: Resources = {
  Policy: {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: { PolicyDocument: statements([{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' }]) },
  },
  Group: { Type: 'AWS::IAM::Group', Properties: { Path: '/base/', ManagedPolicyArns: [{ Ref: 'Policy' }] } },
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      RoleName: 'target',
      AssumeRolePolicyDocument: statements([{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } }]),
    },
  },
};
const user = (Groups: object[]) => ({ User: { Type: 'AWS::IAM::User', Properties: { UserName: 'member', Groups } } });
const Outputs = { Group: { Value: { Ref: 'Group' } }, Arn: { Value: { 'Fn::GetAtt': ['Group', 'Arn'] } } };
const assume = new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${ACCOUNT}:role/target`, RoleSessionName: 'test' });
const groupsOfMember = async () => (await aws.root.iam.send(new ListGroupsForUserCommand({ UserName: 'member' }))).Groups!.map((group) => group.GroupName);

test('a group of a stack has its path and policies, and its members may do what they allow', async () => {
  const stack = await aws.root.stacks.create('groups', { Resources: { ...GROUP_TEMPLATE, ...user([{ Ref: 'Group' }]) }, Outputs });
  const group = outputOf(stack, 'Group');
  expect(outputOf(stack, 'Arn')).toBe(`arn:aws:iam::${ACCOUNT}:group/base/${group}`);
  expect(await groupsOfMember()).toEqual([group]);
  expect((await aws.root.iam.send(new ListAttachedGroupPoliciesCommand({ GroupName: group }))).AttachedPolicies).toHaveLength(1);

  const member = new Clients(aws.emulator, await keyOf(aws.root, 'member'));
  expect((await member.sts.send(assume)).AssumedRoleUser!.Arn).toBe(`arn:aws:sts::${ACCOUNT}:assumed-role/target/test`);
});

test('a user whom an update takes out of the group may no more', async () => {
  await aws.root.stacks.create('groups', { Resources: { ...GROUP_TEMPLATE, ...user([{ Ref: 'Group' }]) } });
  const member = new Clients(aws.emulator, await keyOf(aws.root, 'member'));
  await member.sts.send(assume);
  expect((await aws.root.stacks.update('groups', { Resources: { ...GROUP_TEMPLATE, ...user([]) } })).StackStatus).toBe('UPDATE_COMPLETE');
  expect(await groupsOfMember()).toEqual([]);
  await expect(member.sts.send(assume)).rejects.toMatchObject({ name: 'AccessDenied' });
});

test('an update changes the policies of a group in place', async () => {
  const { Policy, Role, ...others } = GROUP_TEMPLATE;
  const stack = await aws.root.stacks.create('groups', { Resources: { Policy: Policy!, Role: Role!, ...others }, Outputs });
  const bare = { Type: 'AWS::IAM::Group', Properties: { Path: '/base/' } };
  const updated = await aws.root.stacks.update('groups', { Resources: { Policy: Policy!, Role: Role!, Group: bare }, Outputs });
  expect(updated.StackStatus).toBe('UPDATE_COMPLETE');
  expect(outputOf(updated, 'Group')).toBe(outputOf(stack, 'Group'));
  const { AttachedPolicies } = await aws.root.iam.send(new ListAttachedGroupPoliciesCommand({ GroupName: outputOf(stack, 'Group') }));
  expect(AttachedPolicies).toEqual([]);
});

test('UserToGroupAddition adds and removes members', async () => {
  const addition = (Users: object[]) => ({ Addition: { Type: 'AWS::IAM::UserToGroupAddition', Properties: { GroupName: { Ref: 'Group' }, Users } } });
  const stack = await aws.root.stacks.create('groups', { Resources: { ...GROUP_TEMPLATE, ...user([]), ...addition([{ Ref: 'User' }]) }, Outputs });
  expect(stack.StackStatus).toBe('CREATE_COMPLETE');
  expect(await groupsOfMember()).toEqual([outputOf(stack, 'Group')]);
  await aws.root.stacks.update('groups', { Resources: { ...GROUP_TEMPLATE, ...user([]), ...addition([]) } });
  expect(await groupsOfMember()).toEqual([]);
});

test('group, user and policy go with the stack', async () => {
  const stack = await aws.root.stacks.create('groups', { Resources: { ...GROUP_TEMPLATE, ...user([{ Ref: 'Group' }]) }, Outputs });
  expect((await aws.root.stacks.delete('groups')).StackStatus).toBe('DELETE_COMPLETE');
  await expect(groupsOfMember()).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  await expect(aws.root.iam.send(new ListAttachedGroupPoliciesCommand({ GroupName: outputOf(stack, 'Group') })))
    .rejects.toMatchObject({ name: 'NoSuchEntityException' });
});
