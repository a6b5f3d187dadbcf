import { CreateUserCommand, GetAccessKeyLastUsedCommand, ListAccessKeysCommand, UpdateAccessKeyCommand } from '@aws-sdk/client-iam';
import { CreateSecretCommand, GetSecretValueCommand, TagResourceCommand } from '@aws-sdk/client-secrets-manager';
import { CreateTopicCommand, PublishCommand } from '@aws-sdk/client-sns';
import { DeleteParameterCommand, GetParameterCommand, GetParametersByPathCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { Clients } from '../../../support/emulator/clients';
import { keyOf, userWithKey } from '../../../support/emulator/resources/users';
import { emulatorOfFile } from '../../../support/emulator/temporary-emulator';

const ACCOUNT = '111111111111';
const aws = emulatorOfFile(ACCOUNT);

const callerWho = async (...allow: object[]) => new Clients(aws.emulator, await userWithKey(aws.root, 'caller', allow));

test('the resource of an IAM request carries the path of the user', async () => {
  for (const Path of ['/one/', '/two/']) await aws.root.iam.send(new CreateUserCommand({ UserName: Path.slice(1, -1), Path }));
  const caller = await callerWho({
    Action: ['iam:ListAccessKeys', 'iam:GetAccessKeyLastUsed'], Resource: [`arn:aws:iam::${ACCOUNT}:user/one/one`, `arn:aws:iam::${ACCOUNT}:user/two`],
  });
  const [one, two] = [await keyOf(aws.root, 'one'), await keyOf(aws.root, 'two')];
  await caller.iam.send(new ListAccessKeysCommand({ UserName: 'one' }));
  await caller.iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: one.accessKeyId }));
  await expect(caller.iam.send(new ListAccessKeysCommand({ UserName: 'two' }))).rejects.toMatchObject({ name: 'AccessDenied' });
  await expect(caller.iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: two.accessKeyId }))).rejects.toMatchObject({ name: 'AccessDenied' });
});

test('a key is deactivated by whoever may for this user, and signs no more', async () => {
  for (const Path of ['/one/', '/two/']) await aws.root.iam.send(new CreateUserCommand({ UserName: Path.slice(1, -1), Path }));
  const caller = await callerWho({ Action: 'iam:UpdateAccessKey', Resource: [`arn:aws:iam::${ACCOUNT}:user/one/one`, `arn:aws:iam::${ACCOUNT}:user/two`] });
  const [one, two] = [await keyOf(aws.root, 'one'), await keyOf(aws.root, 'two')];
  const deactivate = (UserName: string, AccessKeyId: string) => caller.iam.send(new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status: 'Inactive' }));
  await deactivate('one', one.accessKeyId);
  await expect(deactivate('two', two.accessKeyId)).rejects.toMatchObject({ name: 'AccessDenied' });
  await expect(deactivate('one', two.accessKeyId)).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  const identity = (key: typeof one) => new Clients(aws.emulator, key).sts.send(new GetCallerIdentityCommand({}));
  await expect(identity(one)).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
  expect(await identity(two)).toMatchObject({ Account: ACCOUNT });
});

test('the parameters of a folder are listed by whoever may for that folder', async () => {
  await aws.root.ssm.send(new PutParameterCommand({ Name: '/a/b', Value: 'one', Type: 'String' }));
  const caller = await callerWho({ Action: 'ssm:GetParametersByPath', Resource: `arn:aws:ssm:us-east-1:${ACCOUNT}:parameter/a` });
  expect((await caller.ssm.send(new GetParametersByPathCommand({ Path: '/a' }))).Parameters).toMatchObject([{ Name: '/a/b', Value: 'one' }]);
  await expect(caller.ssm.send(new GetParametersByPathCommand({ Path: '/a/b' }))).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

test('a parameter is created once, changed, read and deleted by whoever may', async () => {
  const caller = await callerWho({
    Action: ['ssm:GetParameter', 'ssm:PutParameter', 'ssm:DeleteParameter'], Resource: `arn:aws:ssm:us-east-1:${ACCOUNT}:parameter/a/b`,
  });
  const put = (Name: string, Value: string, Overwrite?: boolean) => caller.ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite }));
  await expect(caller.ssm.send(new GetParameterCommand({ Name: '/a/b' }))).rejects.toMatchObject({ name: 'ParameterNotFound' });
  await put('/a/b', 'one');
  await expect(put('/a/b', 'two', false)).rejects.toMatchObject({ name: 'ParameterAlreadyExists' });
  expect((await put('/a/b', 'three', true)).Version).toBe(2);
  expect((await caller.ssm.send(new GetParameterCommand({ Name: '/a/b' }))).Parameter).toMatchObject({ Value: 'three', Version: 2 });
  // A former version is read by the right on the parameter.
  expect((await caller.ssm.send(new GetParameterCommand({ Name: '/a/b:1' }))).Parameter).toMatchObject({ Value: 'one' });
  await expect(caller.ssm.send(new GetParameterCommand({ Name: '/a/b:9' }))).rejects.toMatchObject({ name: 'ParameterVersionNotFound' });
  await caller.ssm.send(new DeleteParameterCommand({ Name: '/a/b' }));
  await expect(caller.ssm.send(new DeleteParameterCommand({ Name: '/a/b' }))).rejects.toMatchObject({ name: 'ParameterNotFound' });
  await expect(put('/a/c', 'one')).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

test('parameters below a path are listed by whoever may list that path', async () => {
  const caller = await callerWho({ Action: 'ssm:GetParametersByPath', Resource: `arn:aws:ssm:us-east-1:${ACCOUNT}:parameter/a` });
  await aws.root.ssm.send(new PutParameterCommand({ Name: '/a/b', Value: 'one', Type: 'String' }));
  const list = (Path: string) => caller.ssm.send(new GetParametersByPathCommand({ Path }));
  expect((await list('/a')).Parameters).toMatchObject([{ Name: '/a/b', Value: 'one' }]);
  for (const path of ['/', '/b']) await expect(list(path)).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

test('a topic is published to by whoever may', async () => {
  const [mine, other] = await Promise.all(['mine', 'other'].map(async (Name) => (await aws.root.sns.send(new CreateTopicCommand({ Name }))).TopicArn!));
  const caller = await callerWho({ Action: 'sns:Publish', Resource: mine });
  expect((await caller.sns.send(new PublishCommand({ TopicArn: mine, Subject: 's', Message: 'm' }))).MessageId).toEqual(expect.any(String));
  await expect(caller.sns.send(new PublishCommand({ TopicArn: other, Message: 'm' }))).rejects.toMatchObject({ name: 'AuthorizationErrorException' });
});

test('a secret is read by its ARN without the six characters under a policy that leaves them open', async () => {
  const { ARN } = await aws.root.secrets.send(new CreateSecretCommand({ Name: 'a/b', SecretString: 'value' }));
  const partial = ARN!.slice(0, -7);
  const caller = await callerWho({ Action: 'secretsmanager:GetSecretValue', Resource: `${partial}-??????` });
  for (const SecretId of [ARN, partial, 'a/b']) expect((await caller.secrets.send(new GetSecretValueCommand({ SecretId }))).SecretString).toBe('value');

});

test('tags are set by their keys', async () => {
  const { ARN } = await aws.root.secrets.send(new CreateSecretCommand({ Name: 'a/b', SecretString: 'value' }));
  const caller = await callerWho({
    Action: 'secretsmanager:TagResource', Resource: ARN, Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['mine'] } },
  });
  const tag = (Key: string) => caller.secrets.send(new TagResourceCommand({ SecretId: ARN, Tags: [{ Key, Value: 'v' }] }));
  await tag('mine');
  await expect(tag('other')).rejects.toMatchObject({ name: 'AccessDeniedException' });
});
