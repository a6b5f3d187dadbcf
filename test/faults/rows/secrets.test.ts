import type { FakeSecret } from '../../support/fake-aws/secret';
import { BaseAccountStage, DAY } from '../../support/stage/base-account-stage';
import { Invariants } from '../invariants';

const TOKEN = '33333333-2222-4333-8444-555555555555';

let stage: BaseAccountStage;
const credentials = () => stage.world.aws.secret(stage.world.credentialsArn);

async function registered(): Promise<Invariants> {
  stage = new BaseAccountStage({ writeApi: true });
  await stage.deploy();
  stage.world.time.advance(90 * DAY);
  const invariants = new Invariants(stage);
  stage.world.traffic.watch = invariants.instant;
  return invariants;
}

describe.each(['disabled', 'denied'] as const)('a KMS key that is %s (fault 64)', (kms) => {
  const words = 'its KMS key is disabled, is to be deleted, or does not let this function use it. Enable the key, or allow kms:Decrypt';

  test('that of the new secret: the first deployment fails with what to do, and no access key is left', async () => {
    stage = new BaseAccountStage({ writeApi: true });
    stage.secret.kms = kms;
    expect(await stage.deploy()).toBe('ROLLBACK_COMPLETE');
    expect(stage.failure).toContain(words);
    expect([stage.keyIds, stage.world.service.baseAccounts()]).toEqual([[], []]);
  });

  test('that of the secret in use: rotation, daily run and Delete stop before they change anything', async () => {
    const invariants = await registered();
    const key = stage.currentKey!;
    stage.secret.kms = kms;
    expect((await stage.rotate(TOKEN)).error?.message).toContain(words);
    expect((await stage.dailyRun()).error?.message).toContain(words);
    expect(stage.keyIds).toEqual([key]);
    expect(stage.world.keyAtService).toBe(key);
    expect(stage.world.serviceCalls()).toBe(true);
    stage.secret.kms = 'usable';
    expect((await stage.rotate(TOKEN)).outcome).toBe('returned');
    expect(stage.world.keyAtService).toBe(stage.currentKey);
    expect(invariants.violations).toEqual([]);
    stage.world.traffic.watch = undefined;
    stage.secret.kms = kms;
    expect(await stage.delete()).toBe('DELETE_FAILED');
    expect(stage.failure).toContain(words);
    stage.secret.kms = 'usable';
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
    expect(stage.keyIds).toEqual([]);
  });

  test('that fails while the new access key is stored: the access key goes again', async () => {
    await registered();
    const key = stage.currentKey!;
    stage.world.traffic.fault = ({ step }) => {
      if (step === 'secretsmanager:PutSecretValue') stage.secret.kms = kms;
      return undefined;
    };
    expect((await stage.rotate(TOKEN)).error?.message).toContain(words);
    expect(stage.keyIds).toEqual([key]);
  });

  test('that of the credentials of the service: the deployment says so, and nothing stays half-done', async () => {
    stage = new BaseAccountStage({ writeApi: true });
    credentials().kms = kms;
    expect(await stage.deploy()).toBe('ROLLBACK_COMPLETE');
    expect(stage.failure).toContain(words);
    expect(stage.failure).toContain(stage.world.credentialsArn);
    expect([stage.keyIds, stage.world.service.baseAccounts()]).toEqual([[], []]);
  });
});

describe('a secret (fault 65)', () => {
  test.each([
    ['that is scheduled for deletion', (secret: FakeSecret) => { secret.deleted = true; }, (secret: FakeSecret) => { secret.deleted = false; }],
    [
      'that is gone, as after its name was given to another one',
      (secret: FakeSecret) => { stage.world.aws.secrets.delete(secret.arn); },
      (secret: FakeSecret) => { stage.world.aws.secrets.set(secret.arn, secret); },
    ],
  ])('%s: rotation and daily run say how to get it back, and the key at the service goes on', async (_, breaks, mends) => {
    const invariants = await registered();
    const { currentKey: key, secret } = stage;
    const words = 'does not exist or is scheduled for deletion. Restore it (aws secretsmanager restore-secret)';
    secret.beginRotation(TOKEN);
    stage.world.traffic.watch = undefined;
    breaks(secret);
    expect((await stage.step('createSecret', TOKEN)).error?.message).toContain(words);
    expect((await stage.dailyRun()).error?.message).toContain(words);
    expect(stage.keyIds).toEqual([key]);
    expect(stage.world.keyAtService).toBe(key);
    expect(stage.world.serviceCalls()).toBe(true);
    mends(secret);
    expect((await stage.rotate(TOKEN)).outcome).toBe('returned');
    expect(stage.world.keyAtService).toBe(stage.currentKey);
    invariants.rest();
    expect(invariants.violations).toEqual([]);
  });

  test('that is scheduled for deletion while a rotation stores its new key: no key is left that nothing names', async () => {
    const invariants = await registered();
    const key = stage.currentKey!;
    stage.world.traffic.fault = ({ step }) => {
      if (step === 'secretsmanager:PutSecretValue') stage.secret.deleted = true;
      return undefined;
    };
    expect((await stage.rotate(TOKEN)).error?.message).toContain('is scheduled for deletion. Restore it');
    expect(stage.keyIds).toEqual([key]);
    stage.world.traffic.fault = undefined;
    stage.secret.deleted = false;
    expect((await stage.rotate(TOKEN)).outcome).toBe('returned');
    expect(invariants.violations).toEqual([]);
  });

  test('that the template replaces together with the user: the new user\'s key is at the service, the former one\'s is gone', async () => {
    await registered();
    stage.world.traffic.watch = undefined;
    const { secretArn } = stage;
    expect(await stage.deploy({ userName: 'renamed', secretName: 'renamed' })).toBe('UPDATE_COMPLETE');
    expect(stage.secretArn).not.toBe(secretArn);
    expect(stage.keyIds).toEqual([stage.currentKey]);
    expect(stage.world.keyAtService).toBe(stage.keyIds[0]);
    expect(stage.world.serviceCalls()).toBe(true);
  });

  test('that the template replaces by another one for the same user: the deployment fails and is taken back, no key is left behind', async () => {
    const invariants = await registered();
    const key = stage.currentKey!;
    expect(await stage.deploy({ secretName: 'renamed' })).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(stage.failure).toContain(`is in the secret ${stage.secretArn}, and cannot move to another secret`);
    expect(stage.failure).toContain('Leave secretName as it was');
    expect([stage.keyIds, stage.currentKey, stage.world.keyAtService]).toEqual([[key], key, key]);
    expect((await stage.rotate(TOKEN)).outcome).toBe('returned');
    expect(invariants.violations).toEqual([]);
    stage.world.traffic.watch = undefined;
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
  });

  test('with the credentials of the service that is scheduled for deletion: the deployment says how to get it back', async () => {
    stage = new BaseAccountStage({ writeApi: true });
    credentials().deleted = true;
    expect(await stage.deploy()).toBe('ROLLBACK_COMPLETE');
    expect(stage.failure).toContain('is scheduled for deletion. Restore it (aws secretsmanager restore-secret)');
    expect([stage.keyIds, stage.world.service.baseAccounts()]).toEqual([[], []]);
  });
});
