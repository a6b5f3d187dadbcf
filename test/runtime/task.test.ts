import { DeployError } from '../../lambda/runtime/errors';
import { Invocation } from '../../lambda/runtime/resource';
import { runTask } from '../../lambda/runtime/task';
import { VirtualTime } from '../support/virtual-time';

const CANARY = 'canary/of+the=secret';

async function run(work: (invocation: Invocation) => Promise<void>) {
  const log: string[] = [];
  const world = { fetch, clock: new VirtualTime(), random: () => 0.5, env: {}, write: (line: string) => { log.push(line); } };
  const error: Error | undefined = await runTask('rotate', { logStreamName: 's', getRemainingTimeInMillis: () => 290_000 }, world, work)
    .then(() => undefined, (reason) => reason);
  return { log, error };
}

test('work that is done is logged, and nothing is thrown', async () => {
  const { log, error } = await run(async ({ outbound }) => { await outbound('iam:Any', async () => undefined); });
  expect(error).toBeUndefined();
  expect(log.map((line) => JSON.parse(line)).map(({ step, outcome }) => `${step} ${outcome}`)).toEqual(['task begun', 'iam:Any done', 'task done']);
});

test('a failure is thrown on with the text for people', async () => {
  const { error } = await run(async () => { throw new DeployError('two keys exist'); });
  expect(error).toMatchObject({ name: 'TaskFailed', message: 'two keys exist' });
});

test('what Lambda writes of the error holds neither a secret nor the original stack', async () => {
  const { error, log } = await run(async ({ redactor }) => {
    redactor.protect(CANARY);
    throw new DeployError(`refused ${CANARY}`);
  });
  const { error: unexpected, log: second } = await run(async () => { throw Object.assign(new Error(`parsing ${CANARY}`), { cause: CANARY }); });
  for (const one of [error!, unexpected!]) {
    expect(`${one.message} ${one.stack} ${JSON.stringify(one)} ${one.cause}`).not.toContain(CANARY);
    expect(one.stack).not.toContain(' at ');
  }
  expect([...log, ...second].join()).not.toContain(CANARY);
});

test('no step begins once the time is up', async () => {
  const { error } = await run(async ({ outbound, deadline }) => {
    Object.defineProperty(deadline, 'remaining', { value: () => 0 });
    await outbound('iam:DeleteAccessKey', async () => { throw new Error('reached'); });
  });
  expect(error!.message).not.toContain('reached');
});
