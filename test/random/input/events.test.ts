import * as fc from 'fast-check';
import { fuzz, SHARES, TIMEOUT } from './runs';
import { expectOneAnswer, Scene, Sent } from './scene';
import { anyJson, changed, MISSING, notText, oddText } from './values';
import { HANDLER_NAMES, RESOURCE_TYPES } from '../../../projenrc/handlers';

let scene: Scene;
beforeAll(async () => { scene = await Scene.make(); });

const FIELDS = ['RequestType', 'StackId', 'RequestId', 'LogicalResourceId', 'ResourceType', 'PhysicalResourceId', 'ResourceProperties', 'OldResourceProperties'];
const EXTRA = ['__proto__', 'constructor', 'Step', 'Task', 'SecretId', 'requesttype', 'RequestType ', 'toString', 'hasOwnProperty'];

/** A Delete that does what it should ends the scene, which takes its time to set. */
const requestTypes = fc.oneof({ weight: 5, arbitrary: fc.constantFrom('Create', 'Update') }, { weight: 1, arbitrary: fc.constant('Delete') });

/** One to three fields of an event, and what becomes of them. */
const damage = fc.array(fc.tuple(
  fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...FIELDS) }, { weight: 2, arbitrary: fc.constantFrom(...EXTRA) }),
  fc.oneof({ weight: 1, arbitrary: fc.constant(MISSING) }, { weight: 4, arbitrary: anyJson }, { weight: 1, arbitrary: fc.constantFrom<unknown>('Create', 'Update', 'Delete', 'DAILY_RUN') }),
), { minLength: 1, maxLength: 3 });

const bytesInJson = (text: string) => Buffer.byteLength(JSON.stringify(text)) - 2;
const isField = (value: unknown): value is string => typeof value === 'string' && value !== '' && bytesInJson(value) <= 512;

/** Whether CloudFormation can have sent it, by its documentation; of properties that is not asked. */
function canBeRequest(event: Readonly<Record<string, unknown>>): boolean {
  const { RequestType, StackId, RequestId, LogicalResourceId, PhysicalResourceId } = event;
  const hasId = typeof PhysicalResourceId === 'string' && PhysicalResourceId !== '' && Buffer.byteLength(PhysicalResourceId) <= 1024;
  return ['Create', 'Update', 'Delete'].includes(RequestType as string) && [StackId, RequestId, LogicalResourceId].every(isField) && (RequestType === 'Create' || hasId);
}

/** No event of any caller: Lambda hears that it failed, and nobody gets an answer. */
function expectRefused({ ended, puts, reached }: Sent): void {
  expect([ended.outcome, ended.error?.message, puts, reached, scene.touched])
    .toEqual(['threw', expect.stringContaining('the function does not take this event'), [], [], false]);
}

test.each(RESOURCE_TYPES)('%s: whatever an event is, it gets one answer, and one that is none changes nothing (fault 30)', async (type) => {
  await fuzz('events of CloudFormation', SHARES[type], fc.tuple(requestTypes, damage), async ([requestType, changes]) => {
    const event = changes.reduce((one, [key, value]) => changed(one, [key], value), scene.event(requestType, type));
    const sent = await scene.send(event, scene.asked(type).handler);
    if (['Task', 'Step'].some((key) => Object.hasOwn(event, key))) return expectRefused(sent);
    const answer = expectOneAnswer(sent);
    const { RequestId, StackId, LogicalResourceId } = event;
    const copied = Object.entries({ RequestId, StackId, LogicalResourceId }).filter(([, value]) => isField(value));
    expect(answer).toMatchObject(Object.fromEntries(copied));
    if (!canBeRequest(event)) {
      expect([answer.Status, sent.reached]).toEqual(['FAILED', []]);
      expect(scene.touched).toBe(false);
    }
    scene = await scene.next();
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
  });
}, TIMEOUT);

test('an event whose ResponseURL is none: nothing is answered and nothing is done', async () => {
  const urls = fc.oneof(notText, oddText, fc.constantFrom<unknown>(MISSING, 'http://bucket.s3.amazonaws.com/x', 'https://user:word@bucket.example/x', 'ftp://localhost/x', 'javascript:0', 'http://127.0.0.1.example/x'))
    .filter((url) => url !== 'https://x.example');
  await fuzz('events of CloudFormation', 0.05, fc.tuple(fc.constantFrom(...RESOURCE_TYPES), fc.constantFrom('Create', 'Update', 'Delete'), urls), async ([type, requestType, url]) => {
    const { ended, puts, reached } = await scene.send(changed(scene.event(requestType, type), ['ResponseURL'], url), scene.asked(type).handler);
    expect([ended.outcome, puts, reached, scene.touched]).toEqual(['returned', [], [], false]);
    expect(scene.world.log.at(-1)).toContain('"outcome":"refused"');
  });
}, TIMEOUT);

test('an event that is no object: refused, and nothing is done', async () => {
  await fuzz('events of CloudFormation', 0.05, fc.tuple(fc.constantFrom(...HANDLER_NAMES), anyJson), async ([handler, event]) => {
    expectRefused(await scene.send(event as Record<string, unknown>, handler));
  });
}, TIMEOUT);
