import type { Identity } from '../../../lambda/keys/ports';
import { proveKey } from '../../../lambda/keys/proof';
import { VirtualTime } from '../../support/virtual-time';

const KEY = { accessKeyId: 'AKIA0000000000000001', secretAccessKey: 'x'.repeat(40), userName: 'u', accountId: '111111111111' };
const ME: Identity = { accountId: '111111111111', arn: 'arn:aws:iam::111111111111:user/u' };

function prove(answer: (attempt: number, now: number) => Identity | undefined) {
  const clock = new VirtualTime();
  const start = clock.now();
  let attempts = 0;
  const result = proveKey({
    whoAmI: async () => answer(++attempts, clock.now() - start),
    clock,
    random: () => 0.5,
    deadline: { remaining: () => 280_000, signal: new AbortController().signal },
  }, KEY);
  return { result, attempts: () => attempts, elapsed: () => clock.now() - start };
}

test('three answers in a row are the proof', async () => {
  const run = prove(() => ME);
  expect(await run.result).toEqual(ME);
  expect(run.attempts()).toBe(3);
});

test('one endpoint that knows the key is not enough: the count starts again (fault 35)', async () => {
  const run = prove((attempt) => ([1, 2, 4].includes(attempt) ? ME : attempt < 6 ? undefined : ME));
  await run.result;
  expect(run.attempts()).toBe(8);
});

test('a key that becomes valid late is waited for (fault 35)', async () => {
  const run = prove((_, now) => (now > 90_000 ? ME : undefined));
  expect(await run.result).toEqual(ME);
});

test('a key that never does is given up within two minutes, with its ID and not its secret (fault 35)', async () => {
  const run = prove(() => undefined);
  await expect(run.result).rejects.toThrow('the access key AKIA0000000000000001 is not accepted by AWS');
  expect(run.elapsed()).toBeLessThanOrEqual(120_000);
  expect(await run.result.catch((error: Error) => error.message)).not.toContain(KEY.secretAccessKey);
});

test('any other error of STS is not waited for', async () => {
  const run = prove(() => { throw new Error('no route'); });
  await expect(run.result).rejects.toThrow('no route');
  expect(run.attempts()).toBe(1);
});
