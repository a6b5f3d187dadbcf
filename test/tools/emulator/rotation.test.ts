import {
  CancelRotateSecretCommand, DescribeSecretCommand, GetSecretValueCommand, RotateSecretCommand, UpdateSecretCommand,
} from '@aws-sdk/client-secrets-manager';
import { Clients } from '../../support/emulator/clients';
import { outputOf } from '../../support/emulator/outputs';
import { rotator, rotatorCalls, rotatorPermission } from '../../support/emulator/resources/rotator';
import { userWithKey } from '../../support/emulator/resources/users';
import { FIRST_START, startTemporaryEmulator, TemporaryEmulator } from '../../support/emulator/temporary-emulator';

const ACCOUNT = '111111111111';
const RotationLambdaARN = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:rotator`;
let temporary: TemporaryEmulator;
let root: Clients;
let SecretId: string;
let callsBefore = 0;
beforeAll(async () => {
  temporary = await startTemporaryEmulator();
  root = new Clients(temporary.emulator, ACCOUNT);
}, FIRST_START);
afterAll(() => temporary.remove());

const deploy = async (sourceAccount = ACCOUNT) => {
  await temporary.emulator.reset();
  const secret = { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: 'old', Description: 'works' } };
  const stack = await root.stacks.create('rotation', {
    Resources: { ...rotator(), ...rotatorPermission(sourceAccount), Secret: secret }, Outputs: { Secret: { Value: { Ref: 'Secret' } } },
  });
  SecretId = outputOf(stack, 'Secret');
};
const settled = () => temporary.emulator.rotations.settled(SecretId);
const tell = (Description: string) => root.secrets.send(new UpdateSecretCommand({ SecretId, Description }));
const describeSecret = () => root.secrets.send(new DescribeSecretCommand({ SecretId }));
const value = async (VersionStage?: string) => (await root.secrets.send(new GetSecretValueCommand({ SecretId, VersionStage }))).SecretString;
const rotate = (token: string) => root.secrets.send(new RotateSecretCommand({ SecretId, RotationLambdaARN, ClientRequestToken: token.repeat(32) }));
/** Of this test, which makes so many. */
const calls = async (count: number) => {
  const all = await rotatorCalls(temporary.emulator, ACCOUNT, callsBefore + count);
  return all.slice(callsBefore);
};
const labels = async () => {
  const { VersionIdsToStages = {} } = await describeSecret();
  return Object.fromEntries(Object.entries(VersionIdsToStages).map(([id, stages]) => [id, [...stages].sort()]));
};

test('a caller needs the right to rotate this secret', async () => {
  await deploy();
  const other = new Clients(temporary.emulator, await userWithKey(root, 'other', [{ Action: 'secretsmanager:RotateSecret', Resource: `${SecretId}x` }]));
  await expect(other.secrets.send(new RotateSecretCommand({ SecretId, RotationLambdaARN }))).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

test('the function has to let Secrets Manager call it, for secrets of this account', async () => {
  await deploy('222222222222');
  await expect(rotate('a')).rejects.toMatchObject({ name: 'AccessDeniedException', message: expect.stringContaining('secretsmanager.amazonaws.com') });
  expect(await describeSecret()).toMatchObject({ RotationEnabled: false });
  expect(temporary.emulator.rotations.of(SecretId)).toEqual([]);
  expect(Object.values(await labels())).toEqual([['AWSCURRENT']]);
});

test('without a function there is nothing to rotate with', async () => {
  await deploy();
  await expect(root.secrets.send(new RotateSecretCommand({ SecretId }))).rejects.toMatchObject({ name: 'InvalidRequestException' });
});

describe('a rotation', () => {
  beforeEach(async () => {
    await deploy();
    callsBefore = (await rotatorCalls(temporary.emulator, ACCOUNT, 0)).length;
  });

  test('takes four steps, beginning with a version that has no value', async () => {
    expect(await rotate('a')).toMatchObject({ ARN: SecretId, VersionId: 'a'.repeat(32) });
    expect(await settled()).toEqual({ event: 'RotationSucceeded', secret: SecretId, version: 'a'.repeat(32) });
    expect(await calls(4)).toEqual([
      { Step: 'createSecret', value: 'ResourceNotFoundException', labels: ['AWSPENDING'] },
      ...['setSecret', 'testSecret', 'finishSecret'].map((Step) => ({ Step, value: 'new', labels: ['AWSPENDING'] })),
    ]);
    expect([await value(), await value('AWSPREVIOUS')]).toEqual(['new', 'old']);
    expect(await describeSecret()).toMatchObject({ RotationEnabled: true, RotationLambdaARN, LastRotatedDate: expect.any(Date) });
  });

  test('is followed by another, though AWSPENDING stays on the current version', async () => {
    for (const token of ['a', 'b']) {
      await rotate(token);
      await settled();
      expect((await labels())[token.repeat(32)]).toEqual(['AWSCURRENT', 'AWSPENDING']);
    }
  });

  test('ends with the first step that fails; only its own token takes it up again', async () => {
    await tell('fails in setSecret');
    await rotate('a');
    expect(await settled()).toMatchObject({ event: 'RotationFailed', step: 'setSecret', error: 'told to fail' });
    expect((await calls(2)).map(({ Step }) => Step)).toEqual(['createSecret', 'setSecret']);
    expect((await labels())['a'.repeat(32)]).toEqual(['AWSPENDING']);
    expect(await value()).toBe('old');
    expect(await describeSecret()).not.toHaveProperty('LastRotatedDate');
    await expect(rotate('b')).rejects.toMatchObject({ name: 'InvalidRequestException', message: expect.stringContaining('previous rotation') });

    await tell('works');
    await rotate('a');
    expect(await settled()).toMatchObject({ event: 'RotationSucceeded' });
    expect((await calls(6)).slice(2).map(({ Step, value: seen }) => `${Step} ${seen}`))
      .toEqual(['createSecret new', 'setSecret new', 'testSecret new', 'finishSecret new']);
    expect(await value()).toBe('new');
  });

  test('that promotes nothing blocks the next one', async () => {
    await tell('waits');
    await rotate('a');
    expect(await settled()).toMatchObject({ event: 'RotationFailed', error: expect.stringContaining('not AWSCURRENT') });
    expect([await value(), await value('AWSPENDING')]).toEqual(['old', 'new']);
    await expect(rotate('b')).rejects.toMatchObject({ name: 'InvalidRequestException' });
  });

  test('can be cancelled for good', async () => {
    await tell('fails in testSecret');
    await rotate('a');
    await settled();
    expect(await root.secrets.send(new CancelRotateSecretCommand({ SecretId }))).toMatchObject({ VersionId: 'a'.repeat(32) });
    expect(await describeSecret()).toMatchObject({ RotationEnabled: false });
  });
});
