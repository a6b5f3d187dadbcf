import * as fc from 'fast-check';
import { fuzz, TIMEOUT } from './runs';
import { Scene } from './scene';
import { anyJson, changed, MISSING, oddText } from './values';

const TOKEN = '11111111-2222-4333-8444-555555555551';
const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];

let scene: Scene;
beforeAll(async () => {
  scene = await Scene.make();
  scene.stage.secret.beginRotation(TOKEN);
  scene.remember();
});

/** What is no event of a rotation in one field at least. */
const damaged = fc.tuple(fc.constantFrom(...STEPS), fc.constantFrom('Step', 'SecretId', 'ClientRequestToken'), fc.oneof(anyJson, fc.constantFrom<unknown>([TOKEN], [TOKEN, 'x'], `${TOKEN} `, `${TOKEN}0`, 'valueOf')));

test('whatever a step of a rotation is called with, what is none fails in words and changes nothing (fault 30)', async () => {
  await fuzz('events of rotations and of the schedule', 0.8, fc.tuple(damaged, fc.dictionary(oddText, anyJson, { maxKeys: 1 })), async ([[step, field, value], extra]) => {
    const sound = { ...extra, Step: step, SecretId: scene.stage.secretArn, ClientRequestToken: TOKEN };
    const { ended, puts } = await scene.send(changed(sound, [field], value), 'base-account');
    expect([ended.outcome, ended.error?.name, puts]).toEqual(['threw', 'TaskFailed', []]);
    expect(ended.error!.message).not.toMatch(/^unexpected/);
    expect(ended.error!.message.length).toBeLessThan(1_000);
    expect(scene.touched).toBe(false);
  });
}, TIMEOUT);

test('what is no task of the schedule and no step either is no request', async () => {
  const tasks = fc.oneof(anyJson, fc.constant(MISSING)).filter((task) => task !== 'DAILY_RUN');
  await fuzz('events of rotations and of the schedule', 0.1, tasks, async (task) => {
    const { ended, puts, reached } = await scene.send(changed({ Task: 'DAILY_RUN' }, ['Task'], task), 'base-account');
    expect([ended.outcome, puts, reached, scene.touched]).toEqual(['threw', [], [], false]);
  });
}, TIMEOUT);

test('the daily run does the same, whatever stands beside its task', async () => {
  await fuzz('events of rotations and of the schedule', 0.1, fc.dictionary(oddText.filter((key) => key !== 'Task' && key !== 'ResponseURL'), anyJson, { maxKeys: 3 }), async (extra) => {
    const keys = scene.standing();
    const { ended } = await scene.send({ ...extra, Task: 'DAILY_RUN' }, 'base-account');
    expect([ended.outcome, scene.standing()]).toEqual(['returned', keys]);
  });
}, TIMEOUT);
