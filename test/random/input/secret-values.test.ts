import * as fc from 'fast-check';
import { fuzz, TIMEOUT } from './runs';
import { expectOneAnswer, Scene } from './scene';
import { anyJson, changed, MISSING, notText, oddText, Path } from './values';
import { ResourceType } from '../../../projenrc/handlers';

let scene: Scene;
beforeAll(async () => { scene = await Scene.make(); });

const CANARY = 'canary-of-the-value-9271/+=';

/** What stands in place of a JSON object with these fields, each a text. */
const spoiled = (sound: object): fc.Arbitrary<string> => {
  const fields = Object.keys(sound).map((key): Path => [key]);
  const text = JSON.stringify(sound);
  return fc.oneof(
    fc.constantFrom(...fields).map((path) => JSON.stringify(changed(sound, path, MISSING))),
    fc.tuple(fc.constantFrom(...fields), fc.oneof(notText, fc.constant(''))).map(([path, value]) => JSON.stringify(changed(sound, path, value))),
    fc.nat(text.length - 1).map((length) => text.slice(0, length)),
    fc.tuple(oddText, fc.constantFrom(CANARY, `{"${CANARY}`, `<html>${CANARY}</html>`)).map(([before, value]) => before + value),
    anyJson.map((value) => JSON.stringify(value)),
    fc.constantFrom('', 'null', '[]', '{}', `"${CANARY}"`, `[${text}]`, JSON.stringify(text), `\ufeff${text}`, `{"__proto__":${text}}`),
  );
};

/** The same secret with another value. */
function fill(arn: string, value: string): void {
  scene.world.aws.secret(arn).staged('AWSCURRENT')!.value = value;
}

test.each<[string, ResourceType, boolean]>([
  ['a registration', 'Custom::QualysBaseAccount', false], ['a connector', 'Custom::QualysConnector', false], ['a lookup', 'Custom::QualysAccountLookup', false],
])('credentials that are none, for %s: the secret is named, its value is not told, and nothing changes (fault 66)', async (_, type) => {
  const sound = { username: `user-${CANARY}`, password: CANARY };
  await fuzz('secret values', 0.2, fc.tuple(fc.constantFrom('Create', 'Update'), spoiled(sound)), async ([requestType, value]) => {
    const { credentialsArn, log } = scene.world;
    const before = scene.standing();
    fill(credentialsArn, value);
    const { Status, Reason } = expectOneAnswer(await scene.send(scene.event(requestType, type)));
    expect(Status).toBe('FAILED');
    expect(Reason).toContain(`the secret ${credentialsArn} `);
    expect(`${Reason} ${log.join()}`).not.toContain(CANARY);
    expect(scene.standing()).toBe(before);
    scene = await scene.next();
  });
}, TIMEOUT);

test.each<[string, ResourceType, string]>([
  ['the key', 'Custom::QualysAccessKey', 'Create'], ['the key', 'Custom::QualysAccessKey', 'Update'], ['the registration', 'Custom::QualysBaseAccount', 'Update'],
])('a stored key that is none, for %s (%s, %s): refused in words, and no key is made, used or removed (fault 66)', async (_, type, requestType) => {
  const sound = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: CANARY, userName: 'qualys-base-account', accountId: '111111111111' };
  await fuzz('secret values', 0.1, spoiled(sound), async (value) => {
    const before = scene.standing();
    fill(scene.stage.secretArn, value);
    const { Status, Reason } = expectOneAnswer(await scene.send(scene.event(requestType, type)));
    expect(Status).toBe('FAILED');
    expect(Reason).toContain(`the secret ${scene.stage.secretArn} `);
    expect(`${Reason} ${scene.world.log.join()}`).not.toContain(CANARY);
    expect(scene.standing()).toBe(before);
    scene = await scene.next();
  });
}, TIMEOUT);

test('a stored key that is none, for the daily run: it fails in words, and no key is touched (fault 66)', async () => {
  const sound = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: CANARY, userName: 'qualys-base-account', accountId: '111111111111' };
  await fuzz('secret values', 0.1, spoiled(sound), async (value) => {
    const before = scene.standing();
    fill(scene.stage.secretArn, value);
    const { ended } = await scene.send({ Task: 'DAILY_RUN' }, 'base-account');
    expect(ended).toMatchObject({ outcome: 'threw', error: { name: 'TaskFailed', message: expect.stringContaining(`the secret ${scene.stage.secretArn} `) } });
    expect(scene.world.log.join()).not.toContain(CANARY);
    expect(scene.standing()).toBe(before);
    scene = await scene.next();
  });
}, TIMEOUT);
