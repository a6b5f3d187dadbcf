import {
  CreateAccessKeyCommand, CreateUserCommand, DeleteAccessKeyCommand, DeleteUserCommand, GetAccessKeyLastUsedCommand, ListAccessKeysCommand,
} from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { Clients } from '../../../support/emulator/clients';
import { keyOf } from '../../../support/emulator/resources/users';
import { emulatorOfFile } from '../../../support/emulator/temporary-emulator';

const UserName = 'user';
const aws = emulatorOfFile();
beforeEach(async () => {
  await aws.root.iam.send(new CreateUserCommand({ UserName }));
});

test('a user has at most two keys', async () => {
  const first = await keyOf(aws.root, UserName);
  await keyOf(aws.root, UserName);
  await expect(keyOf(aws.root, UserName)).rejects.toMatchObject({ name: 'LimitExceededException' });
  await aws.root.iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: first.accessKeyId }));
  await keyOf(aws.root, UserName);
});

test('the secret of a key has 40 characters, with what needs encoding among them, and signs', async () => {
  const key = await keyOf(aws.root, UserName);
  expect(key.secretAccessKey).toMatch(/^(?=.*\/)(?=.*\+)[A-Za-z0-9/+]{40}$/);
  const { Arn } = await new Clients(aws.emulator, key).sts.send(new GetCallerIdentityCommand({}));
  expect(Arn).toBe('arn:aws:iam::111111111111:user/user');
  const wrong = new Clients(aws.emulator, { ...key, secretAccessKey: key.secretAccessKey.replace('/', 'x') });
  await expect(wrong.sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
});

test('keys are listed with the date they were made', async () => {
  const { accessKeyId } = await keyOf(aws.root, UserName);
  const { AccessKeyMetadata } = await aws.root.iam.send(new ListAccessKeysCommand({ UserName }));
  expect(AccessKeyMetadata).toEqual([{ UserName, AccessKeyId: accessKeyId, Status: 'Active', CreateDate: expect.any(Date) }]);
});

test('a user who is not there has no list of keys, nor keys to make or delete', async () => {
  await aws.root.iam.send(new DeleteUserCommand({ UserName }));
  for (const command of [new ListAccessKeysCommand({ UserName }), new CreateAccessKeyCommand({ UserName })]) await expect(aws.root.iam.send(command as ListAccessKeysCommand)).rejects.toMatchObject({ name: 'NoSuchEntityException' });

});

test('the key of another user cannot be deleted', async () => {
  const { accessKeyId } = await keyOf(aws.root, UserName);
  await aws.root.iam.send(new CreateUserCommand({ UserName: 'other' }));
  await expect(aws.root.iam.send(new DeleteAccessKeyCommand({ UserName: 'other', AccessKeyId: accessKeyId })))
    .rejects.toMatchObject({ name: 'NoSuchEntityException' });
  expect((await aws.root.iam.send(new ListAccessKeysCommand({ UserName }))).AccessKeyMetadata).toHaveLength(1);
});

test('a user with a key cannot be deleted', async () => {
  await keyOf(aws.root, UserName);
  await expect(aws.root.iam.send(new DeleteUserCommand({ UserName }))).rejects.toMatchObject({ name: 'DeleteConflictException' });
});

test('the last use of a key is known, with its service', async () => {
  const key = await keyOf(aws.root, UserName);
  const lastUsed = async () => (await aws.root.iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: key.accessKeyId }))).AccessKeyLastUsed;
  expect(await lastUsed()).toEqual({ Region: 'N/A', ServiceName: 'N/A' });
  await new Clients(aws.emulator, key).sts.send(new GetCallerIdentityCommand({}));
  expect(await lastUsed()).toEqual({ LastUsedDate: expect.any(Date), Region: 'us-east-1', ServiceName: 'sts' });
});

test('the uses so far can be moved back in time', async () => {
  const key = await keyOf(aws.root, UserName);
  const use = () => new Clients(aws.emulator, key).sts.send(new GetCallerIdentityCommand({}));
  const secondsAgo = async () => {
    const { AccessKeyLastUsed } = await aws.root.iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: key.accessKeyId }));
    return (Date.now() - AccessKeyLastUsed!.LastUsedDate!.getTime()) / 1000;
  };
  await use();
  await aws.emulator.moveKeyUse(86_400);
  expect(await secondsAgo()).toBeGreaterThanOrEqual(86_400);
  await use();
  expect(await secondsAgo()).toBeLessThan(86_400);
});
