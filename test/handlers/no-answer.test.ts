import { BaseAccountStage, DAY } from '../support/stage/base-account-stage';
import { RoleTrustStage } from '../support/stage/role-trust-stage';

const TOKEN = '11111111-2222-4333-8444-555555555555';

/** The metrics of the last daily run. */
const metrics = ({ world }: BaseAccountStage) => JSON.parse(world.log.filter((line) => line.includes('"_aws"')).at(-1)!) as Record<string, number>;

describe('a call of AWS that never answers (fault 107)', () => {
  let stage: BaseAccountStage;
  beforeEach(async () => {
    stage = new BaseAccountStage({ writeApi: true });
    await stage.deploy();
    stage.world.time.advance(90 * DAY);
  });
  const hang = (...steps: string[]) => { stage.world.traffic.fault = ({ step }) => (steps.includes(step) ? 'hang' : undefined); };

  test.each([
    ['createSecret', 'iam:CreateAccessKey'], ['createSecret', 'iam:ListAccessKeys'], ['createSecret', 'secretsmanager:PutSecretValue'], ['setSecret', 'sts:GetCallerIdentity'], ['finishSecret', 'secretsmanager:UpdateSecretVersionStage'],
  ])('ends %s of a rotation with the call that it was, %s, and the rotation is marked failed', async (step, call) => {
    stage.secret.beginRotation(TOKEN);
    for (const before of ['createSecret', 'setSecret', 'testSecret'].slice(0, ['createSecret', 'setSecret', 'testSecret', 'finishSecret'].indexOf(step))) await stage.step(before, TOKEN);
    const begun = stage.world.time.now();
    hang(call);
    expect(await stage.step(step, TOKEN)).toMatchObject({ outcome: 'threw', error: { message: expect.stringContaining(`'${call}' had no answer within 40 seconds`) } });
    expect(stage.world.time.now() - begun).toBeLessThan(280_000);
    expect(stage.record!.lastRotation).toBe('FAILED');
    stage.world.traffic.fault = undefined;
    await stage.dailyRun();
    expect(metrics(stage).RotationFailed).toBe(1);
    expect(stage.world.serviceCalls()).toBe(true);
  });

  test.each(['iam:ListAccessKeys', 'secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue', 'iam:GetAccessKeyLastUsed'])('ends the daily run with the call that it was, %s, and what is known of the metrics', async (call) => {
    await stage.rotate(TOKEN);
    stage.world.time.advance(2 * DAY);
    hang(call);
    expect(await stage.function.invoke({ Task: 'DAILY_RUN' })).toMatchObject({ outcome: 'threw', error: { message: expect.stringContaining(`'${call}' had no answer within 40 seconds`) } });
    expect(metrics(stage)).toMatchObject({ AwaitingConsole: 0, RotationFailed: 0 });
    expect(metrics(stage)).not.toHaveProperty('Heartbeat');
  });

  test('ends the daily run in time although none of them answers', async () => {
    stage.world.traffic.fault = () => 'hang';
    expect(await stage.function.invoke({ Task: 'DAILY_RUN' })).toMatchObject({ outcome: 'threw' });
    const { _aws, Platform, AccountType, ...values } = metrics(stage);
    expect([values, _aws === undefined, Platform, AccountType]).toEqual([{}, false, 'qualysapi.connectors.example', 'GLOBAL']);
  });

  test('fails a deployment with the call that it was', async () => {
    hang('ssm:PutParameter');
    expect(await stage.deploy({ title: 'New' })).toMatch(/ROLLBACK/);
    expect(stage.failure).toContain('\'ssm:PutParameter\' had no answer within 40 seconds');
  });
});

test('so does one of the trust of a role (fault 107)', async () => {
  const stage = new RoleTrustStage();
  const before = stage.document;
  stage.world.traffic.fault = ({ step }) => (step === 'iam:GetRole' ? 'hang' : undefined);
  await stage.deploy();
  expect(stage.failure).toContain('\'iam:GetRole\' had no answer within 40 seconds');
  expect(stage.document).toBe(before);
});
