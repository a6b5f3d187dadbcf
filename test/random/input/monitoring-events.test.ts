import * as fc from 'fast-check';
import { fuzz, TIMEOUT } from './runs';
import { SPELLINGS, traces } from './spellings';
import { anyJson, changed, MISSING, notText, oddText } from './values';
import { CONFIRM_EVENT } from '../../../src/wire/common';
import { API_USER } from '../../support/lambda/world';
import { ROLE } from '../../support/stage/apps/connector';
import { MonitoringStage } from '../../support/stage/monitoring-stage';

/* What the rule of the monitoring hands over, and the command of a person: the two tasks of the connectors' function, on its bundle. */
const roleIn = (account: number) => `arn:aws:iam::${String(account).padStart(12, '0')}:role/QualysConnector`;
const GONE = roleIn(1);

let stage: MonitoringStage;
let elsewhere: { requests(): readonly unknown[] };
let sound: unknown;

/** A base account, a connector that fails, one that somebody has deleted, and one that the code has disabled; a second platform that is none of theirs. */
beforeAll(async () => {
  stage = new MonitoringStage({ writeApi: true });
  elsewhere = stage.world.addPlatform();
  const connectors = [{}, { id: 'Gone', name: 'Gone', roleArn: GONE }, { id: 'Off', name: 'Off', roleArn: roleIn(2), enabled: false }];
  expect(await stage.deploy({ baseAccount: {}, connectors })).toBe('CREATE_COMPLETE');
  stage.byHand(GONE).delete();
  stage.world.refusal = () => ({ message: `API error in all regions ${API_USER.password}` });
  await stage.world.service.console.poll();
  expect(await stage.check()).toEqual({ outcome: 'returned' });
  sound = stage.metrics;
  expect(sound).toEqual({ Connectors: 2, FailingConnectors: 1, MissingConnectors: 1, BaseAccountMissing: 0, MonitoringHeartbeat: 1 });
});

/** What stands at the service and in the account. */
function state(): string {
  const { service, aws } = stage.world;
  return JSON.stringify([service.connectors(), service.baseAccounts(), [...aws.parameters], aws.account.keys]);
}

interface Heard {
  readonly outcome: string;
  /** What the caller hears. */
  readonly said: string;
  readonly lines: readonly unknown[];
  readonly calls: number;
}

/** Calls the function; whatever comes of it, it has ended, changed nothing, called nobody else, and told nobody a secret. */
async function call(event: unknown): Promise<Heard> {
  const { world } = stage;
  world.traffic.restart();
  world.log.length = 0;
  const before = [state(), world.answers.puts.length];
  const answers: unknown[] = [];
  const { outcome, error } = await stage.function.invoke(event, (answer) => answers.push(answer));
  const said = error?.message ?? JSON.stringify(answers);
  expect(['returned', 'threw']).toContain(outcome);
  if (error) expect([error.name, said]).toEqual(['TaskFailed', expect.stringMatching(/^.{20,2000}$/s)]);
  expect([[state(), world.answers.puts.length], elsewhere.requests()]).toEqual([before, []]);
  const told = [said, ...world.log].join('\n');
  for (const secret of [API_USER.password, Buffer.from(`${API_USER.username}:${API_USER.password}`).toString('base64'), ...world.secrets()]) for (const trace of traces(secret)) expect([trace, told.includes(trace)]).toEqual([trace, false]);

  return { outcome, said, lines: stage.lines, calls: world.traffic.calls.length };
}

const REFUSED = { outcome: 'threw', lines: [], calls: 0 };
const servers = fc.oneof(anyJson, fc.constantFrom<unknown>(
  MISSING, 'https://qualysapi.other.example', 'https://qualysapi.connectors.example.other.example', 'https://qualysapi.connectors.example@qualysapi.other.example', 'https://qualysapi.connectors.example/',
  'HTTPS://qualysapi.connectors.example', 'http://qualysapi.connectors.example', ['https://qualysapi.connectors.example'], 'https://169.254.169.254',
));
const types = fc.oneof(anyJson, fc.constantFrom<unknown>(MISSING, 'CHINA', 'US_GOVCLOUD', 'global', ['GLOBAL'], 'constructor'));
const disabled = fc.oneof(
  anyJson, fc.array(fc.constantFrom<unknown>('Off', 'Gone', 'Production', 'Off ', null, 1, ROLE), { maxLength: 4 }), fc.constantFrom<unknown>(MISSING, 'Off', { 0: 'Off', length: 1 }, ['Off', 'Off']),
).filter((value) => JSON.stringify(value) !== '["Off"]');

const damaged = fc.oneof(
  fc.tuple(fc.constant('ApiServer'), servers), fc.tuple(fc.constant('AccountType'), types), fc.tuple(fc.constant('DisabledInCode'), disabled),
  // What has keys of two kinds of callers is of none; without a task it is a request, and those have a test of their own.
  fc.tuple(fc.constantFrom('RequestType', 'ResponseURL', 'Step'), anyJson), fc.tuple(fc.constant('Task'), fc.oneof(notText, oddText, fc.constantFrom<unknown>('DAILY_RUN', 'FLEET_RUN', 'monitor', 'MONITOR '))),
);

test('whatever the check is asked for, what is not deployed fails in words, calls nobody and writes no value (faults 30 and 138)', async () => {
  await fuzz('events of rotations and of the schedule', 0.2, fc.array(damaged, { minLength: 1, maxLength: 3 }), async (changes) => {
    const event = changes.reduce((one, [key, value]) => changed(one, [key], value), stage.event);
    const { said, ...heard } = await call(event);
    expect([heard, said]).toEqual([REFUSED, expect.not.stringMatching(/^unexpected/)]);
  });
}, TIMEOUT);

const beside = fc.dictionary(oddText.filter((key) => !['Task', 'Step', 'RequestType', 'ResponseURL', 'ApiServer', 'AccountType', 'DisabledInCode'].includes(key)), anyJson, { maxKeys: 3 });

test('the check does the same, whatever stands beside what it is asked for', async () => {
  await fuzz('events of rotations and of the schedule', 0.05, beside, async (extra) => {
    const { outcome } = await call({ ...extra, ...stage.event });
    expect([outcome, stage.values]).toEqual(['returned', [sound]]);
  });
}, TIMEOUT);

test('so does the command of a person, who hears lines of text', async () => {
  await fuzz('events of rotations and of the schedule', 0.05, fc.tuple(beside, fc.option(fc.tuple(fc.constantFrom('ApiServer', 'AccountType', 'DisabledInCode'), anyJson))), async ([extra, more]) => {
    const { outcome, said, lines } = await call({ ...extra, ...more && { [more[0]]: more[1] }, ...CONFIRM_EVENT });
    expect([outcome, JSON.parse(said), lines]).toEqual(['returned', [['Every connector of this stack was judged already, when it was deployed or since; none was run now.']], []]);
  });
}, TIMEOUT);

test('whatever the service says of a connector, with a secret in it in any spelling: the check counts it, and tells no secret', async () => {
  const { console: vendor } = stage.world.service;
  const [failing] = stage.live;
  const spelled = fc.tuple(fc.constantFrom(...Object.values(SPELLINGS)), oddText, oddText).map(([spell, before, after]) => `${before} ${spell(API_USER.password)} ${after}`);
  await fuzz('events of rotations and of the schedule', 0.05, fc.tuple(spelled, spelled), async ([name, words]) => {
    vendor.editConnector(failing!.id, { name });
    stage.world.refusal = () => ({ message: words });
    await vendor.poll();
    await call(stage.event);
    expect(stage.values).toEqual([sound]);
    expect(stage.words.map(({ outcome }) => outcome).sort()).toEqual(['failing', 'missing']);
    expect(Math.max(...stage.words.map(({ reason }) => reason.length))).toBeLessThan(1_500);
  });
}, TIMEOUT);
