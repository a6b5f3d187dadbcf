import { BaseAccountStage, DAY } from '../../support/stage/base-account-stage';

const TOKEN = '33333333-2222-4333-8444-555555555555';
const NEXT = '44444444-2222-4333-8444-555555555555';
const counted = (stage: BaseAccountStage, step: string) => stage.world.traffic.calls.filter((call) => call.step === step).length;

async function registered(): Promise<BaseAccountStage> {
  const stage = new BaseAccountStage({ writeApi: true });
  await stage.deploy();
  stage.world.time.advance(90 * DAY);
  return stage;
}

describe('a new key that the endpoints of STS learn of one after the other (fault 35)', () => {
  test.each([1, 5, 15, 40, 80])('for %i s: it is tried until it signs several times in a row, and only then brought', async (seconds) => {
    const stage = await registered();
    const old = stage.currentKey!;
    const { aws, traffic } = stage.world;
    aws.account.keyDelay = seconds * 1_000;
    traffic.restart();
    traffic.watch = () => {
      const key = aws.account.keys.find(({ accessKeyId }) => accessKeyId === stage.world.keyAtService)!;
      expect(key.accessKeyId === old || stage.world.time.now() - key.created.getTime() >= seconds * 1_000 / 3).toBe(true);
    };
    expect((await stage.rotate(TOKEN)).outcome).toBe('returned');
    expect(stage.world.keyAtService).toBe(stage.currentKey);
    expect(stage.currentKey).not.toBe(old);
    expect(counted(stage, 'sts:GetCallerIdentity')).toBeGreaterThanOrEqual(3);
  });

  test('for the first one: the deployment waits', async () => {
    const stage = new BaseAccountStage({ writeApi: true });
    stage.world.aws.account.keyDelay = 60_000;
    expect(await stage.deploy()).toBe('CREATE_COMPLETE');
    expect(stage.world.time.now() - stage.world.aws.account.keys[0]!.created.getTime()).toBeGreaterThanOrEqual(40_000);
  });

  test('for ever: the deployment fails, and neither key nor entry is left', async () => {
    const stage = new BaseAccountStage({ writeApi: true });
    stage.world.aws.account.keyDelay = Infinity;
    expect(await stage.deploy()).toBe('ROLLBACK_COMPLETE');
    expect(stage.failure).toMatch(/^Registration CREATE_FAILED: .*is not accepted by AWS/);
    expect([stage.keyIds, stage.world.service.baseAccounts()]).toEqual([[], []]);
  });

  test('for ever: the rotation fails and removes the key, and the next one begins with another', async () => {
    const stage = await registered();
    const old = stage.currentKey;
    stage.world.aws.account.keyDelay = Infinity;
    stage.world.traffic.watch = () => expect(stage.world.keyAtService).toBe(old);
    const ended = await stage.rotate(TOKEN);
    expect(ended.error?.message).toContain('is not accepted by AWS');
    expect([stage.keyIds, stage.currentKey, stage.world.keyAtService]).toEqual([[old], old, old]);
    expect(stage.secret.staged('AWSPENDING')).toBeUndefined();
    stage.world.traffic.watch = undefined;
    stage.world.aws.account.keyDelay = 0;
    expect((await stage.rotate(NEXT)).outcome).toBe('returned');
    expect(stage.world.keyAtService).toBe(stage.currentKey);
    expect(stage.currentKey).not.toBe(old);
  });
});

describe('a right that is as new as the deployment (fault 36)', () => {
  test('each spreads in its own time: all are waited for', async () => {
    const stage = new BaseAccountStage({ writeApi: true });
    const { aws, time } = stage.world;
    const first = new Map<string, number>();
    const delay = (action: string) => 2_000 * (action.length % 5 + 1);
    aws.allowed = (action) => {
      if (!first.has(action)) first.set(action, time.now());
      return time.now() - first.get(action)! >= delay(action);
    };
    expect(await stage.deploy()).toBe('CREATE_COMPLETE');
    expect(first.size).toBeGreaterThanOrEqual(8);
    expect(stage.keyIds).toEqual([stage.currentKey]);
    expect(stage.world.keyAtService).toBe(stage.currentKey);
  });

  test.each(['iam:CreateAccessKey', 'secretsmanager:PutSecretValue', 'ssm:PutParameter'])('%s that never comes fails within a minute or so, by its name, and leaves nothing', async (action) => {
    const stage = new BaseAccountStage({ writeApi: true });
    const { aws, time } = stage.world;
    const begun = time.now();
    aws.allowed = (one) => one !== action;
    expect(await stage.deploy()).toMatch(/^ROLLBACK_/);
    expect(stage.failure).toContain(`is not authorized to perform: ${action}`);
    expect(time.now() - begun).toBeLessThan(5 * 60_000);
    expect([stage.keyIds, stage.world.service.baseAccounts()]).toEqual([[], []]);
  });

  test('what else IAM refuses is not asked for twice', async () => {
    const stage = await registered();
    stage.world.aws.account.createKey('qualys-base-account');
    stage.world.traffic.restart();
    stage.world.aws.account.users.clear();
    await stage.rotate(TOKEN);
    expect(counted(stage, 'iam:ListAccessKeys')).toBe(1);
  });
});
