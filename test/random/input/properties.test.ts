import * as fc from 'fast-check';
import { fuzz, SHARES, TIMEOUT } from './runs';
import { expectOneAnswer, Scene } from './scene';
import { anyJson, changed, MISSING, notText, oddText, pathsOf, valueAt } from './values';
import { ResourceType, RESOURCE_TYPES } from '../../../projenrc/handlers';

let scene: Scene;
const nothingYet = { deployed: false };
beforeAll(async () => { scene = await Scene.make(nothingYet); });

const requestTypes = fc.oneof({ weight: 5, arbitrary: fc.constantFrom('Create', 'Update') }, { weight: 1, arbitrary: fc.constant('Delete') });

/** Which of the properties, by a number, so that one arbitrary does for all types. */
const place = fc.nat(1_000);
const pathOf = (properties: unknown, number: number) => {
  const paths = pathsOf(properties);
  return paths[number % paths.length]!;
};

async function refuse(type: ResourceType, requestType: string, properties: unknown, property?: string): Promise<void> {
  const sent = await scene.send(scene.event(requestType, type, properties));
  const answer = expectOneAnswer(sent);
  expect([answer.Status, sent.reached]).toEqual(['FAILED', []]);
  if (property !== undefined) expect(answer.Reason).toContain(property);
  expect(scene.touched).toBe(false);
}

describe.each(RESOURCE_TYPES)('%s', (type) => {
  const share = SHARES[type];
  const valid = () => scene.asked(type).properties;

  test('without a property that is required: refused by its name, and nothing happens (fault 30)', async () => {
    const { optional } = scene.asked(type);
    // An element of a list is not required.
    const required = pathsOf(valid()).filter((path) => typeof path.at(-1) === 'string' && !optional.some((one) => path.join('.').startsWith(one)));
    await fuzz('property values', share * 0.1, fc.tuple(requestTypes, fc.constantFrom(...required.filter((path) => path.at(-1) !== 'aws:PrincipalArn'))), async ([requestType, path]) => {
      await refuse(type, requestType, changed(valid(), path, MISSING), path.at(-1) as string);
    });
  }, TIMEOUT);

  test('with a value of another type: refused before anything happens (fault 30)', async () => {
    await fuzz('property values', share * 0.45, fc.tuple(requestTypes, place, notText), async ([requestType, number, value]) => {
      const path = pathOf(valid(), number);
      // A list or an object may be what stands there, and is looked at in the next test.
      const stood = valueAt(valid(), path);
      const isAlike = typeof stood === 'object' && typeof value === 'object' && value !== null;
      const isDefault = value === undefined;
      if (isAlike || isDefault) return;
      await refuse(type, requestType, changed(valid(), path, value));
    });
  }, TIMEOUT);

  test('with odd values: one answer, and a Create that fails has made nothing (fault 30)', async () => {
    const change = fc.oneof(
      { weight: 4, arbitrary: fc.tuple(place, oddText) },
      { weight: 1, arbitrary: fc.tuple(place, anyJson) },
    );
    await fuzz('property values', share * 0.45, fc.tuple(requestTypes, fc.array(change, { minLength: 1, maxLength: 2 }), fc.dictionary(oddText, anyJson, { maxKeys: 1 })), async ([requestType, changes, extra]) => {
      const properties = changes.reduce((one, [number, value]) => changed(one, pathOf(valid(), number), value), { ...extra, ...valid() });
      const before = scene.standing();
      const answer = expectOneAnswer(await scene.send(scene.event(requestType, type, properties)));
      if (answer.Status === 'FAILED') expect(scene.standing()).toBe(before);
      scene = await scene.next();
    });
  }, TIMEOUT);
});
