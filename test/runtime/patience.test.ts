import { patient } from '../../lambda/runtime/calls/patience';
import { awsError } from '../support/fake-aws/account';
import { VirtualTime } from '../support/virtual-time';

function attempts(answer: (attempt: number, elapsed: number) => string) {
  const clock = new VirtualTime();
  const begun = clock.now();
  let count = 0;
  const outbound = patient((_, call) => call(), clock, () => 0.5);
  const result = outbound('iam:Any', async () => answer(++count, clock.now() - begun));
  return { result, count: () => count, elapsed: () => clock.now() - begun };
}

test('a right that is not known everywhere yet is waited for (fault 36)', async () => {
  const run = attempts((_, elapsed) => {
    if (elapsed < 40_000) throw awsError('AccessDenied');
    return 'done';
  });
  expect(await run.result).toBe('done');
  expect(run.count()).toBeGreaterThan(3);
});

test.each(['AccessDenied', 'AccessDeniedException'])('%s that stays is final within a minute (fault 36)', async (name) => {
  const run = attempts(() => { throw awsError(name); });
  await expect(run.result).rejects.toThrow(name);
  expect(run.elapsed()).toBeGreaterThan(30_000);
  expect(run.elapsed()).toBeLessThanOrEqual(60_000);
});

test.each(['LimitExceededException', 'NoSuchEntityException', 'ValidationError'])('%s is final at once (fault 36)', async (name) => {
  const run = attempts(() => { throw awsError(name); });
  await expect(run.result).rejects.toThrow(name);
  expect(run.count()).toBe(1);
});
