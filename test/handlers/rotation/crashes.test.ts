import { FIRST_TOKEN } from './tokens';
import { RotationStage } from './world';
import { Calls, Fault } from '../../support/fake-aws/calls';

const DAY = 86_400_000;
const KINDS: Fault[] = ['refuse', 'lose-answer', 'kill'];

/**
 * Plays a story with one call broken, for every call of it; then the story's own repetitions have to reach the same end.
 * At no instant is there a third key, or a key at the service that AWS does not let in.
 */
async function sweep(
  kind: Fault,
  prepare: () => Promise<RotationStage>,
  act: (stage: RotationStage) => Promise<unknown>,
  finish: (stage: RotationStage) => Promise<void>,
): Promise<void> {
  const counted = await prepare();
  counted.calls = new Calls();
  await act(counted);
  const count = counted.calls.steps.length;
  await counted.stop();
  expect(count).toBeGreaterThan(5);

  for (let at = 1; at <= count; at++) {
    const stage = await prepare();
    try {
      const violations: string[] = [];
      const watch = () => {
        if (stage.keyIds.length > 2) violations.push(`three keys, fault at call ${at}`);
        if (!stage.serviceCalls()) violations.push(`the key at the service does not work, fault at call ${at}`);
      };
      stage.calls = new Calls({ at, kind }, watch);
      await act(stage);
      stage.calls = new Calls(undefined, watch);
      await finish(stage);
      expect(violations).toEqual([]);
    } finally {
      await stage.stop();
    }
  }
}

const currentId = (stage: RotationStage) => stage.secret.json('AWSCURRENT')!.accessKeyId!;

const retired = async (stage: RotationStage) => {
  for (let day = 0; day < 4; day++) {
    stage.clock.advance(DAY);
    expect(await stage.dailyRun()).toBeUndefined();
  }
  expect(stage.keyIds).toEqual([currentId(stage)]);
  expect(stage.keyAtService).toBe(currentId(stage));
};

test.each(KINDS)('the daily run, %s at any call, while it retires the old key', async (kind) => {
  for (const daysBefore of [1, 2]) { // on the first day it deactivates, on the second it deletes
    await sweep(kind, async () => {
      const stage = await RotationStage.start({ writeApi: true });
      await stage.register();
      await stage.rotate(FIRST_TOKEN);
      for (let day = 1; day < daysBefore; day++) {
        stage.clock.advance(DAY);
        await stage.dailyRun();
      }
      stage.clock.advance(DAY);
      return stage;
    }, (stage) => stage.dailyRun(), retired);
  }
}, 120_000);

test.each(KINDS)('a rotation that a person completes, %s at any call', async (kind) => {
  const Delivery = { Mode: 'CONSOLE', NotifyTopicArn: 'arn:aws:sns:us-east-1:111111111111:people' } as const;
  await sweep(kind, async () => {
    const stage = await RotationStage.start({ writeApi: false });
    await stage.register({ Delivery });
    return stage;
  }, async (stage) => {
    await stage.rotate(FIRST_TOKEN);
    await stage.dailyRun();
  }, async (stage) => {
    const old = currentId(stage);
    expect(await stage.rotate(FIRST_TOKEN)).toBeUndefined();
    expect(currentId(stage)).toBe(old);
    stage.enter(stage.secret.json('AWSPENDING')!);
    stage.serviceCalls();
    expect(await stage.dailyRun()).toBeUndefined();
    expect(currentId(stage)).not.toBe(old);
    await retired(stage);
  });
}, 120_000);

test.each(KINDS)('the promotion of a key that a person has entered, %s at any call', async (kind) => {
  await sweep(kind, async () => {
    const stage = await RotationStage.start({ writeApi: false });
    await stage.register({ Delivery: { Mode: 'CONSOLE' } });
    await stage.rotate(FIRST_TOKEN);
    stage.enter(stage.secret.json('AWSPENDING')!);
    stage.serviceCalls();
    return stage;
  }, (stage) => stage.dailyRun(), retired);
}, 120_000);
