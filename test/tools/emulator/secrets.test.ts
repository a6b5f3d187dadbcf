import {
  DescribeSecretCommand, GetSecretValueCommand, PutSecretValueCommand, TagResourceCommand, UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { outputOf } from '../../support/emulator/outputs';
import { emulatorOfFile } from '../../support/emulator/temporary-emulator';

const aws = emulatorOfFile();
/** Of a secret without a value. */
let SecretId: string;
beforeEach(async () => {
  SecretId = outputOf(await create({ Name: 'path/secret', Description: 'empty' }), 'Ref');
});

const resource = (Properties: object) => ({ Resources: { Secret: { Type: 'AWS::SecretsManager::Secret', Properties } }, Outputs: { Ref: { Value: { Ref: 'Secret' } } } });
const create = (Properties: object, name = 'secrets') => aws.root.stacks.create(name, resource(Properties));
const value = async (stage = 'AWSCURRENT', id = SecretId) =>
  (await aws.root.secrets.send(new GetSecretValueCommand({ SecretId: id, VersionStage: stage }))).SecretString;
const put = (token: string, SecretString: string, ...VersionStages: string[]) => aws.root.secrets.send(new PutSecretValueCommand({
  SecretId, SecretString, ClientRequestToken: token.repeat(32), VersionStages: VersionStages.length > 0 ? VersionStages : undefined,
}));
/** Staging labels by the letter of the version's token. */
const labels = async () => {
  const { VersionIdsToStages = {} } = await aws.root.secrets.send(new DescribeSecretCommand({ SecretId }));
  return Object.fromEntries(Object.entries(VersionIdsToStages).map(([id, stages]) => [id[0], [...stages].sort()]));
};

test('Ref of a secret is its ARN', () => {
  expect(SecretId).toMatch(/^arn:aws:secretsmanager:us-east-1:111111111111:secret:path\/secret-\w{6}$/);
});

test('a secret that is given no value has no version', async () => {
  await expect(value()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  expect(await aws.root.secrets.send(new DescribeSecretCommand({ SecretId }))).not.toHaveProperty('VersionIdsToStages');
});

test('an update and the deletion of the stack reach the secret, and keep its versions', async () => {
  await put('a', 'one');
  expect((await aws.root.stacks.update('secrets', resource({ Name: 'path/secret', Description: 'changed' }))).StackStatus).toBe('UPDATE_COMPLETE');
  expect(await aws.root.secrets.send(new DescribeSecretCommand({ SecretId }))).toMatchObject({ ARN: SecretId, Description: 'changed' });
  expect(await value()).toBe('one');
  await aws.root.stacks.delete('secrets');
  await expect(value()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('a value of the template is stored, an empty GenerateSecretString makes one up', async () => {
  expect(await value('AWSCURRENT', outputOf(await create({ SecretString: 'given' }, 'given'), 'Ref'))).toBe('given');
  expect(await value('AWSCURRENT', outputOf(await create({ GenerateSecretString: {} }, 'generated'), 'Ref'))).toHaveLength(32);
});

test('a name that is in use lets the creation fail', async () => {
  await put('a', 'one');
  expect((await create({ Name: 'path/secret' }, 'second')).StackStatus).toBe('ROLLBACK_COMPLETE');
  expect(await value()).toBe('one');
});

test('the first version is current, whatever its stages', async () => {
  await put('a', 'one', 'AWSPENDING');
  expect(await labels()).toEqual({ a: ['AWSCURRENT', 'AWSPENDING'] });
  expect(await value()).toBe('one');
});

test('a repeated PutSecretValue does nothing, the same token with another value is refused', async () => {
  const first = await put('a', 'one', 'AWSCURRENT');
  await put('b', 'two', 'AWSCURRENT');
  expect(await put('a', 'one', 'AWSCURRENT')).toMatchObject({ VersionId: first.VersionId });
  await expect(put('a', 'other', 'AWSCURRENT')).rejects.toMatchObject({ name: 'ResourceExistsException' });
  expect(await value()).toBe('two');
  expect(await value('AWSPREVIOUS')).toBe('one');
});

test('a staging label sits on one version', async () => {
  await put('a', 'one');
  await put('b', 'two', 'AWSPENDING');
  await put('c', 'three', 'AWSPENDING');
  expect(await labels()).toEqual({ a: ['AWSCURRENT'], c: ['AWSPENDING'] });
});

test('a label is taken off a version, and put on no other', async () => {
  await put('a', 'one');
  await put('b', 'two', 'AWSPENDING');
  const unstage = (token: string) => aws.root.secrets.send(new UpdateSecretVersionStageCommand({
    SecretId, VersionStage: 'AWSPENDING', RemoveFromVersionId: token.repeat(32),
  }));
  await unstage('b');
  expect(await labels()).toEqual({ a: ['AWSCURRENT'] });
  await expect(unstage('b')).rejects.toMatchObject({ name: 'InvalidParameterException' });
});

test('AWSPREVIOUS follows AWSCURRENT, there and back', async () => {
  await put('a', 'one');
  await put('b', 'two', 'AWSPENDING');
  const move = (from: string, to: string) => aws.root.secrets.send(new UpdateSecretVersionStageCommand({
    SecretId, VersionStage: 'AWSCURRENT', RemoveFromVersionId: from.repeat(32), MoveToVersionId: to.repeat(32),
  }));
  await move('a', 'b');
  expect(await labels()).toEqual({ a: ['AWSPREVIOUS'], b: ['AWSCURRENT', 'AWSPENDING'] });
  await move('b', 'a');
  expect(await labels()).toEqual({ a: ['AWSCURRENT'], b: ['AWSPENDING', 'AWSPREVIOUS'] });
  await expect(move('b', 'a')).rejects.toMatchObject({ name: 'InvalidParameterException' });
});

test('a secret is tagged, and says so', async () => {
  await aws.root.secrets.send(new TagResourceCommand({ SecretId, Tags: [{ Key: 'a:b', Value: 'c d' }] }));
  expect((await aws.root.secrets.send(new DescribeSecretCommand({ SecretId }))).Tags).toContainEqual({ Key: 'a:b', Value: 'c d' });
});
