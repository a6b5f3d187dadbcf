import { CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { BaseAccount } from '../../../src/base-account/base-account';
import { BaseAccountAlarms, BaseAccountAlarmsProps } from '../../../src/base-account/base-account-alarms';
import { KeyRotation } from '../../../src/base-account/key-rotation';
import { Series, statesOf } from '../../support/synth/alarm-states';
import { nameOf, newService, newStack, plain } from '../../support/synth/synth';

function baseAccount(stack: Stack, rotation?: KeyRotation): BaseAccount {
  return new BaseAccount(stack, 'Base', { service: newService(stack), title: 'Central Security', roles: AssumableRoles.named('QualysConnector'), rotation });
}

/** The alarms by name. */
function synth(props: (stack: Stack) => Partial<BaseAccountAlarmsProps> = () => ({}), rotation?: KeyRotation): Record<string, any> {
  const stack = newStack();
  const { registration } = baseAccount(stack, rotation);
  new BaseAccountAlarms(stack, 'Alarms', { registration, ...props(stack) });
  const found = Object.entries<any>(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm'));
  return Object.fromEntries(found.map(([id, { Properties }]) => [nameOf(id).replace(/^Alarms/, ''), plain(Properties)]));
}

const COMMON = {
  Dimensions: [{ Name: 'AccountType', Value: 'GLOBAL' }, { Name: 'Platform', Value: 'qualysapi.qg2.apps.qualys.com' }],
  Namespace: 'CdkQualysConnectors',
  Period: 86_400,
  Statistic: 'Maximum',
};
const above = (metric: string, threshold: number) => ({
  ...COMMON, MetricName: metric, Threshold: threshold, ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 1, TreatMissingData: 'notBreaching',
});

test('one alarm for each thing that can go wrong (fault 42)', () => {
  const withoutWords = Object.entries(synth()).map(([name, { AlarmDescription, ...properties }]) => [name, properties]);
  expect(Object.fromEntries(withoutWords)).toEqual({
    KeyAge: above('KeyAge', 97),
    OldKeyInUse: above('OldKeyInUse', 7),
    AwaitingConsole: above('AwaitingConsole', 3),
    RotationFailed: above('RotationFailed', 0),
    ForeignKeys: above('ForeignKeys', 0),
    HeartbeatMissing: {
      ...COMMON, MetricName: 'Heartbeat', Threshold: 1, ComparisonOperator: 'LessThanThreshold', EvaluationPeriods: 2, TreatMissingData: 'breaching',
    },
  });
});

test('each says what happened and where it stands what to do, in what CloudWatch takes', () => {
  for (const [name, { AlarmDescription }] of Object.entries(synth())) {
    expect(AlarmDescription).toMatch(new RegExp(`^[A-Z].* See RUNBOOK\\.md of cdk-qualys-connectors, BaseAccountAlarms: ${name}\\.$`));
    expect(AlarmDescription.length).toBeLessThanOrEqual(1024);
  }
});

test('the limits are those given, also in the words', () => {
  const alarms = synth(() => ({ maxKeyAge: Duration.days(120), maxOldKeyUse: Duration.hours(36), maxConsoleWait: Duration.days(1) }));
  expect(alarms).toMatchObject({
    KeyAge: { Threshold: 120, AlarmDescription: expect.stringContaining('older than 120 days') },
    OldKeyInUse: { Threshold: 1.5, AlarmDescription: expect.stringContaining('more than 36 hours after the rotation') },
    AwaitingConsole: { Threshold: 1, AlarmDescription: expect.stringContaining('more than 1 day for a person') },
  });
});

test('the age follows the interval of the rotation', () => {
  expect(synth(undefined, KeyRotation.every(Duration.days(30))).KeyAge.Threshold).toBe(37);
});

test('actions hear of every alarm', () => {
  const alarms = synth((stack) => ({ actions: [new SnsAction(new Topic(stack, 'One')), new SnsAction(new Topic(stack, 'Two'))] }));
  expect(Object.values(alarms).map(({ AlarmActions }) => AlarmActions)).toEqual(Array(6).fill(['${One}', '${Two}']));
});

test('the alarms are at hand', () => {
  const stack = newStack();
  const alarms = new BaseAccountAlarms(stack, 'Alarms', { registration: baseAccount(stack).registration });
  const { keyAge, oldKeyInUse, awaitingConsole, rotationFailed, foreignKeys, heartbeatMissing } = alarms;
  expect([keyAge, oldKeyInUse, awaitingConsole, rotationFailed, foreignKeys, heartbeatMissing]).toEqual(alarms.node.children);
});

test('a registration without rotation has no metrics, so it is refused', () => {
  expect(() => synth(undefined, KeyRotation.disabled()))
    .toThrow('registration must have a rotation, got Stack/Base/Registration with KeyRotation.disabled(): without it there is no daily run that writes metrics');
});

test.each([[Duration.days(90), '90 days'], [Duration.days(30), '30 days']])('maxKeyAge of %s goes off before each rotation', (maxKeyAge, got) => {
  expect(() => synth(() => ({ maxKeyAge }))).toThrow(`maxKeyAge must be longer than the interval of the rotation, 90 days, got ${got}`);
});

describe('tokens', () => {
  const days = (stack: Stack) => Duration.days(new CfnParameter(stack, 'Days', { type: 'Number' }).valueAsNumber);

  test('a limit passes in days', () => {
    expect(synth((stack) => ({ maxKeyAge: days(stack) })).KeyAge).toMatchObject({ Threshold: '${Days}', AlarmDescription: expect.stringContaining('older than ${Days} days') });
  });

  test('an interval needs a limit of its own', () => {
    const alarms = (maxKeyAge?: Duration) => () => {
      const stack = newStack();
      const { registration } = baseAccount(stack, KeyRotation.every(days(stack)));
      return new BaseAccountAlarms(stack, 'Alarms', { registration, maxKeyAge });
    };
    expect(alarms()).toThrow('maxKeyAge must be given, because the interval of the rotation is a token');
    expect(alarms(Duration.days(100))).not.toThrow();
  });
});

/* What comes of values and gaps, by CloudWatch's rules: `-` is a day without a value; o is OK, A is ALARM. */
describe.each<[alarm: string, rows: Array<[values: string, states: string]>]>([
  ['KeyAge', [['96 97 98 0', 'o o A o'], ['98 - - 98', 'A A A A'], ['- 97 - -', 'o o o o'], ['98 - - - -', 'A A A o o']]],
  ['OldKeyInUse', [['0 7 8 0', 'o o A o'], ['8 - 9', 'A A A']]],
  ['AwaitingConsole', [['0 3 3.5 0', 'o o A o'], ['- - -', 'o o o']]],
  ['RotationFailed', [['0 1 0', 'o A o'], ['1 - - - 0', 'A A A o o']]],
  ['ForeignKeys', [['0 1 0', 'o A o'], ['0 2 - 1', 'o A A A'], ['- - -', 'o o o'], ['1 - - - -', 'A A A o o']]],
  ['HeartbeatMissing', [['- 1 1', 'A o o'], ['1 1 - 1', 'o o o o'], ['1 1 - - - - 1 1', 'o o o o o A o o']]],
])('%s', (name, rows) => {
  test.each(rows)('%s: %s', (values, states) => {
    const series: Series = values.split(' ').map((value) => (value === '-' ? undefined : Number(value)));
    const short = { OK: 'o', ALARM: 'A', INSUFFICIENT_DATA: '?' };
    expect(statesOf(synth()[name], series).map((state) => short[state]).join(' ')).toBe(states);
  });
});
