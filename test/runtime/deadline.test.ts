import { handle, RecordingWidget, request } from './harness';
import { startDeadline } from '../../lambda/runtime/calls/deadline';
import { createOutbound } from '../../lambda/runtime/calls/outbound';
import { DeadlineExceeded } from '../../lambda/runtime/errors';
import { LogFields } from '../../lambda/runtime/redaction/log';
import { Outbound } from '../../lambda/runtime/resource';
import { VirtualTime } from '../support/virtual-time';

/** The function ends 10 seconds after the guard: in this test that leaves 30 milliseconds. */
const almostOver = { getRemainingTimeInMillis: () => 10_030 };

test('work that hangs is answered FAILED before the function ends (fault 26)', async () => {
  const widget = new RecordingWidget(({ outbound }) => outbound('service:search awsbaseaccount', () => new Promise(() => {})));
  const { answers } = await handle(widget, request('Create'), almostOver);
  expect(answers).toMatchObject([{
    Status: 'FAILED',
    PhysicalResourceId: 'widget:host.example:GLOBAL',
    Reason: expect.stringContaining("was used up before the work was done, in the step 'service:search awsbaseaccount'"),
  }]);
});

test('afterwards no step begins any more, and no second answer is sent', async () => {
  const done: string[] = [];
  let proceed = () => {};
  let late: Promise<unknown> = Promise.resolve();
  const widget = new RecordingWidget(async ({ outbound, deadline }) => {
    late = (async () => {
      await outbound('first', () => new Promise<void>((resolve) => { proceed = resolve; }));
      expect(deadline.remaining()).toBe(0);
      expect(deadline.signal.aborted).toBe(true);
      await outbound('second', async () => done.push('second'));
    })();
    await late;
  });
  const { answers, lines } = await handle(widget, request('Create'), almostOver);
  proceed();
  await expect(late).rejects.toEqual(new DeadlineExceeded('second'));
  await new Promise((resolve) => setImmediate(resolve));
  expect(done).toEqual([]);
  expect(answers).toHaveLength(1);
  expect(lines.map((line) => JSON.parse(line))).toContainEqual(expect.objectContaining({ step: 'second', outcome: 'refused' }));
});

test('a function that has too little time does nothing at all', async () => {
  const done: string[] = [];
  const widget = new RecordingWidget(({ outbound }) => outbound('first', async () => done.push('first')));
  const { answers } = await handle(widget, request('Create'), { getRemainingTimeInMillis: () => 3_000 });
  expect(answers).toMatchObject([{ Status: 'FAILED', Reason: expect.stringContaining("in the step 'first'") }]);
  expect(done).toEqual([]);
});

test('time that passes in sleeps counts as well', async () => {
  const clock = new VirtualTime();
  const end = clock.now() + 70_000;
  const widget = new RecordingWidget(async ({ outbound }) => {
    for (;;) {
      await outbound('poll', async () => clock.now());
      await clock.sleep(7_000);
    }
  });
  const { answers } = await handle(widget, request('Create'), { getRemainingTimeInMillis: () => end - clock.now() });
  expect(answers).toMatchObject([{ Status: 'FAILED' }]);
  expect(clock.now()).toBeLessThanOrEqual(end - 5_000);
});

test('a deadline that is stopped never expires', async () => {
  const deadline = startDeadline(() => 10_020);
  let expired = false;
  void deadline.expired.then(() => { expired = true; });
  deadline.stop();
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(expired).toBe(false);
  expect(deadline.signal.aborted).toBe(false);
  expect(deadline.remaining()).toBe(20);
});

describe('the funnel', () => {
  function funnel(): { outbound: Outbound; log: LogFields[]; stepOf: (error: unknown) => string | undefined } {
    const log: LogFields[] = [];
    const deadline = { remaining: () => 1000, signal: new AbortController().signal };
    return { ...createOutbound(deadline, new VirtualTime(), (fields) => log.push(fields)), log };
  }

  test('numbers the steps and passes results and errors through', async () => {
    const { outbound, log, stepOf } = funnel();
    const error = new Error('no');
    expect(await outbound('a', async () => 7)).toBe(7);
    await expect(outbound('b', async () => { throw error; })).rejects.toBe(error);
    await outbound('c', async () => undefined);
    expect(log.map(({ step, number, outcome }) => [step, number, outcome])).toEqual([['a', 1, 'done'], ['b', 2, 'failed'], ['c', 3, 'done']]);
    expect(stepOf(error)).toBe('b');
    expect(stepOf(new Error('of nowhere'))).toBe('c');
  });
});
