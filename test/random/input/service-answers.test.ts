import * as fc from 'fast-check';
import { fuzz, TIMEOUT } from './runs';
import { expectOneAnswer, Scene } from './scene';
import { anyJson, changed, MISSING, oddText, pathsOf } from './values';
import type { ResourceType } from '../../../projenrc/handlers';
import type { Answer } from '../../support/connector-service/http/exchange';

const STATUSES = [
  200, 200, 200, 200, 201, 202, 204, 206, 300, 301, 302, 304, 307, 308,
  400, 401, 402, 403, 404, 405, 406, 409, 410, 418, 422, 429, 451, 500, 501, 502, 503, 504, 520, 599,
];
const TYPES = ['application/json', 'application/json; charset=latin1', 'text/html', 'text/xml', 'application/octet-stream', ''];
const CODES = ['SUCCESS', 'success', 'INVALID_REQUEST', 'INVALID_API_VERSION', 'OBJECT_NOT_FOUND', 'LIMIT_EXCEEDED', 'UNAUTHORIZED', 'INVALID_CREDENTIALS', 'OTHER_ERROR', 7, null, ''];

const headers = fc.record({
  'content-type': fc.constantFrom(...TYPES),
  'retry-after': fc.constantFrom('0', '-1', '3', '1e9', 'soon', '', 'Wed, 21 Oct 2015 07:28:00 GMT', '999999999999999999999'),
  'x-ratelimit-towait-sec': fc.constantFrom('0', '-5', '2', 'NaN', '1e308'),
  'location': fc.constantFrom('http://169.254.169.254/latest/meta-data/', 'https://evil.example/', '//evil.example', ''),
}, { requiredKeys: [] });

const envelope = fc.record({
  responseCode: fc.oneof(fc.constantFrom<unknown>(...CODES), anyJson),
  count: anyJson,
  hasMoreRecords: fc.constantFrom<unknown>('true', 'false', true, 'yes', 1),
  lastId: anyJson,
  data: fc.oneof(anyJson, fc.array(fc.dictionary(fc.constantFrom('AwsBaseAccount', 'AwsAssetDataConnector'), anyJson), { maxLength: 2 })),
  responseErrorDetails: fc.oneof(anyJson, fc.record({ errorMessage: anyJson, errorResolution: anyJson })),
}, { requiredKeys: [] });

/** A body that is none of the documented ones, or nearly one. */
const body = fc.oneof(
  oddText,
  fc.constantFrom('<html><head><title>Login</title></head></html>', '<?xml version="1.0"?><ServiceResponse><responseCode>SUCCESS</responseCode></ServiceResponse>', '{"ServiceResponse":', '', '[]', 'null', '0'),
  anyJson.map((value) => JSON.stringify(value)),
  envelope.map((ServiceResponse) => JSON.stringify({ ServiceResponse })),
  fc.integer({ min: 2_000, max: 50_000 }).map((depth) => '['.repeat(depth)),
);

/** What becomes of one answer: another one instead of it, without effect; or the right one, spoiled on its way. */
type Spoil = (real: () => Answer) => Answer;
const instead: fc.Arbitrary<Spoil> = fc.tuple(fc.constantFrom(...STATUSES), headers, body)
  .map(([status, given, text]) => () => ({ status, headers: given, body: text }));
const cutOff: fc.Arbitrary<Spoil> = fc.nat(400).map((length) => (real) => {
  const answer = real();
  return { ...answer, body: answer.body.slice(0, length % Math.max(1, answer.body.length)) };
});
const altered: fc.Arbitrary<Spoil> = fc.tuple(fc.nat(500), fc.oneof(fc.constant(MISSING), anyJson, fc.integer())).map(([number, value]) => (real) => {
  const answer = real();
  const content: unknown = (() => { try { return JSON.parse(answer.body); } catch { return undefined; } })();
  const paths = pathsOf(content);
  return paths.length === 0 ? answer : { ...answer, body: JSON.stringify(changed(content, paths[number % paths.length]!, value)) };
});
const otherStatus: fc.Arbitrary<Spoil> = fc.constantFrom(...STATUSES).map((status) => (real) => ({ ...real(), status }));
const broken = (how: Spoil) => ({ how, isLie: false });
/** Documented in form, but it says what is not so: that nothing is there, or nothing was done. No client can tell. */
const lie = (how: Spoil) => ({ how, isLie: true });
const spoil = fc.oneof(
  { weight: 4, arbitrary: instead.map(broken) },
  { weight: 1, arbitrary: cutOff.map(broken) },
  { weight: 2, arbitrary: altered.map(lie) },
  { weight: 1, arbitrary: otherStatus.map(lie) },
);

/** Which answers are spoiled: from the first, second, ... on; one of them, some, or all that follow. */
const where = fc.tuple(fc.nat(6), fc.constantFrom(1, 1, 1, 2, Infinity));

let scene: Scene;

/** The scene with its service spoiled from then on. */
function spoiling(from: number, times: number, how: Spoil): void {
  const { service } = scene.world;
  const real = Object.getPrototypeOf(service).answer as typeof service.answer;
  let count = 0;
  service.answer = (incoming) => {
    const number = count++;
    const right = () => real.call(service, incoming);
    return number >= from && number < from + times ? how(right) : right();
  };
}

const share = 0.25;
test.each<[string, ResourceType, boolean, string, () => boolean]>([
  ['a registration is made', 'Custom::QualysBaseAccount', false, 'Create', registered],
  ['a connector is made', 'Custom::QualysConnector', false, 'Create', () => connectors() === 1],
  ['a connector is changed', 'Custom::QualysConnector', true, 'Update', () => connectors() === 1],
  ['the account is looked up', 'Custom::QualysAccountLookup', false, 'Create', () => true],
])('while %s, the service answers anything at all: one clear answer, and success only where it is one (fault 49)', async (_, type, deployed, requestType, isDone) => {
  scene = await Scene.make({ deployed, connectorsOnly: type !== 'Custom::QualysBaseAccount' });
  await fuzz('answers of the service', share, fc.tuple(where, spoil), async ([[from, times], { how, isLie }]) => {
    const keys = keyStates();
    spoiling(from, times, how);
    const answer = expectOneAnswer(await scene.send(scene.event(requestType, type, { ...scene.asked(type).properties, ...(deployed ? { Description: 'Another' } : {}) })));
    if (answer.Status === 'FAILED') expect(answer.Reason).not.toMatch(/^unexpected/);
    if (!isLie) {
      if (answer.Status === 'SUCCESS') expect([answer.Data, isDone() || answer.Data!.Status === 'AWAITING_CONSOLE']).toEqual([answer.Data, true]);
      // However ambiguous: never two of a kind.
      expect(connectors()).toBeLessThanOrEqual(1);
    }
    expect(scene.world.service.baseAccounts().length).toBeLessThanOrEqual(1);
    expect(keyStates()).toEqual(keys);
    scene = await scene.next();
  });
}, TIMEOUT);

function registered(): boolean {
  const { stage, world: { aws, service } } = scene;
  return service.baseAccounts().some(({ awsAccountId, accessKeyId }) => awsAccountId === aws.account.accountId && accessKeyId === stage.currentKey);
}

function connectors(): number {
  return scene.world.service.connectors().filter(({ isDeleted }) => !isDeleted).length;
}

function keyStates(): string[] {
  return scene.world.aws.account.keys.map(({ accessKeyId, status }) => `${accessKeyId} ${status}`);
}
