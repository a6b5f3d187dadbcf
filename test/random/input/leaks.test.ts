import { Asked, Scene } from './scene';
import { SPELLINGS, traces } from './spellings';
import { Redactor } from '../../../lambda/runtime/redaction/redact';
import type { ResourceType } from '../../../projenrc/handlers';
import { SIGNATURE } from '../../support/cloudformation/answers';
import type { OutboundCall } from '../../support/lambda/traffic';

/** What a dependency may throw, with everything that it knows somewhere in it. */
const THROWN: Readonly<Record<string, (text: string) => unknown>> = {
  'an error of the SDK': (text) => Object.assign(new Error(`1 validation error: Value '${text}' failed to satisfy constraint`), {
    name: 'ValidationException', $fault: 'client', $metadata: { httpStatusCode: 400, requestId: text }, $response: { body: text, headers: { authorization: text } }, cause: new Error(text),
  }),
  'an error of the SDK with a strange name': (text) => Object.assign(new Error(text), { name: text, $fault: 'server', $metadata: {} }),
  'an answer that the SDK cannot read': (text) => Object.assign(new SyntaxError(`Unexpected token in JSON: ${text}\n  Deserialization error: to see the raw response, inspect $response`), { $responseBodyText: text, $metadata: { attempts: 1 } }),
  'a failed fetch': (text) => Object.assign(new TypeError(`fetch failed: ${text}`), { cause: Object.assign(new Error(`PUT https://x.example/?X-Amz-Signature=${text} authorization: Basic ${text}`), { code: text }) }),
  'an issue of the schema': (text) => Object.assign(new Error(JSON.stringify([{ path: [text], input: text, message: text }])), { name: '$ZodError', issues: [{ path: [text], input: text }] }),
  'several errors': (text) => new AggregateError([new Error(text), text], text, { cause: text }),
  'a text': (text) => text,
  'null': () => null,
  'nothing': () => undefined,
  'a circular object': (text) => { const self: Record<string, unknown> = { message: text, code: text }; self.self = self; return self; },
  'an object that throws': (text) => new Proxy(new Error(text), { get: () => { throw new Error(text); } }),
  'an error with a stack of its own': (text) => Object.assign(new Error('x'), { stack: `Error: ${text}\n    at ${text} (/var/task/${text}.js:1:2)\n    at f (/x/y.js:1:2)` }),
};

const TOKEN_STEPS = { Step: 'createSecret', ClientRequestToken: '11111111-2222-4333-8444-555555555551' };

interface Work {
  readonly name: string;
  readonly deployed: boolean;
  /** Nobody waits at an answer URL. */
  readonly isTask?: boolean;
  prepare?(scene: Scene): Promise<unknown> | void;
  run(scene: Scene): Promise<unknown>;
}

const resource = (requestType: string, type: ResourceType, deployed: boolean, changes: (valid: Asked['properties']) => object = () => ({})): Work => ({
  name: `${requestType} of ${type}`,
  deployed,
  run: (scene) => {
    const { properties } = scene.asked(type);
    scene.deployWith(type, changes(properties));
    return scene.send(scene.event(requestType, type, { ...properties, ...changes(properties) }));
  },
});

const WORK: readonly Work[] = [
  { ...resource('Create', 'Custom::QualysAccessKey', false), prepare: (scene) => { scene.stage.secret.versions.length = 0; scene.world.aws.account.keys.length = 0; } },
  resource('Create', 'Custom::QualysBaseAccount', false),
  { ...resource('Create', 'Custom::QualysBaseAccount', false, ({ Delivery }) => ({ Delivery: { ...Delivery, Mode: 'CONSOLE', Api: undefined } })), name: 'registration at the console' },
  resource('Delete', 'Custom::QualysBaseAccount', true, () => ({ DeletionProtection: 'false' })),
  resource('Create', 'Custom::QualysConnector', false, () => ({ Verification: 'WARN' })),
  // CloudView at the gateway takes a token.
  {
    ...resource('Create', 'Custom::QualysConnector', false, () => (
      { AccountType: 'CHINA', RoleArn: 'arn:aws-cn:iam::001122334455:role/Q', Modules: [], Activation: undefined, Regions: undefined })),
    name: 'connector with a token',
  },
  resource('Create', 'Custom::QualysRoleTrust', false),
  { name: 'createSecret', deployed: true, isTask: true, prepare: (scene) => scene.stage.secret.beginRotation(TOKEN_STEPS.ClientRequestToken), run: (scene) => scene.send({ ...TOKEN_STEPS, SecretId: scene.stage.secretArn }, 'base-account') },
  {
    name: 'setSecret',
    deployed: true,
    isTask: true,
    prepare: async (scene) => {
      scene.stage.secret.beginRotation(TOKEN_STEPS.ClientRequestToken);
      await scene.send({ ...TOKEN_STEPS, SecretId: scene.stage.secretArn }, 'base-account');
    },
    run: (scene) => scene.send({ ...TOKEN_STEPS, Step: 'setSecret', SecretId: scene.stage.secretArn }, 'base-account'),
  },
  { name: 'the daily run', deployed: true, isTask: true, run: (scene) => scene.send({ Task: 'DAILY_RUN' }, 'base-account') },
];

/** Runs it with some of its calls answered as `spoil` says; gives back how often a secret was seen, and where. */
async function played(work: Work, at: (call: OutboundCall) => boolean, kind: keyof typeof THROWN): Promise<{ calls: number; leaks: string[] }> {
  const scene = await Scene.make({ deployed: work.deployed });
  const { world } = scene;
  await work.prepare?.(scene);
  const tokens: string[] = [];
  const real = world.service.answer.bind(world.service);
  world.service.answer = (incoming) => {
    const answer = real(incoming);
    if (incoming.path.startsWith('/auth')) tokens.push(answer.body);
    return answer;
  };
  const secrets = () => [...new Set([...world.secrets(), ...tokens.filter((token) => token.length > 20)])];
  const spelled = (all: readonly string[]) => all.flatMap((secret) => Object.values(SPELLINGS).map((spell) => spell(secret))).join(' ');
  // An error that AWS sends can tell what the function knows by then; any other may tell all.
  const passed: string[] = [];
  const ask = world.aws.answer.bind(world.aws);
  world.aws.answer = (...asked) => {
    const answer = ask(...asked);
    passed.push(JSON.stringify(JSON.stringify(answer)));
    return answer;
  };
  const known = () => secrets().filter((secret) => (
    (secret === SIGNATURE && !work.isTask) || tokens.includes(secret) || passed.some((text) => text.includes(secret))));
  scene.breaks = (call) => {
    if (call.surface === 'answer' || !at(call)) return undefined;
    const before = known();
    return () => THROWN[kind]!(spelled(kind.startsWith('an error of the SDK') ? before : secrets()));
  };
  await work.run(scene);
  const { log, aws, answers } = world;
  const surfaces: Record<string, string> = {
    log: log.join('\n'),
    answers: answers.text(),
    published: JSON.stringify(aws.published),
    parameters: [...aws.parameters.values()].join(),
    tags: [...aws.secrets.values()].flatMap(({ tags }) => [...tags.values()]).join(),
  };
  const leaks = secrets().flatMap((secret) => traces(secret).flatMap((trace) => Object.entries(surfaces)
    .filter(([, text]) => text.includes(trace) || text.includes(JSON.stringify(trace).slice(1, -1))).map(([name]) => `${kind}: a secret in ${name}`)));
  return { calls: world.traffic.calls.length, leaks: [...new Set(leaks)] };
}

test.each(WORK)('$name: whatever a dependency throws, at whichever call, no secret is on any surface (faults 22, 62 and 63)', async (work) => {
  const { calls, leaks } = await played(work, () => false, 'null');
  expect(calls).toBeGreaterThan(2);
  const kinds = Object.keys(THROWN);
  const broken = kinds.flatMap((kind, index) => [1 + index % calls, 1 + (index * 5 + 2) % calls].map((number) => ({ kind, number })));
  for (const { kind, number } of broken) leaks.push(...(await played(work, (call) => call.number === number, kind)).leaks);

  expect(leaks).toEqual([]);
}, 120_000);

test.each(Object.entries(SPELLINGS))('a secret spelled as %s is taken out (fault 22)', (_, spell) => {
  const secret = 'p "a" s\\s/w+o=r&d %41 <ü😀> 1';
  const redactor = new Redactor();
  redactor.protect(secret);
  const redacted = redactor.redact(`before ${spell(secret)} after`);
  for (const trace of traces(secret)) expect(redacted).not.toContain(trace);
  expect(redacted).toMatch(/^before .*\*\*\*.* after$/);
});
