import { Duration, Stack, Token } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { BaseAccount } from '../../../src/base-account/base-account';
import { KeyDelivery } from '../../../src/base-account/key-delivery';
import { ConnectorAlarms, ConnectorAlarmsProps } from '../../../src/monitoring/connector-alarms';
import { ConnectorMonitoring } from '../../../src/monitoring/connector-monitoring';
import { connect } from '../../support/apps/connectors';
import { Series, statesOf } from '../../support/synth/alarm-states';
import { newService, newStack } from '../../support/synth/synth';
import { resourcesOf } from '../../support/synth/template';

interface Setting {
  readonly baseAccount?: 'pushed' | 'by a person';
  readonly hours?: number;
  readonly props?: (stack: Stack) => Omit<ConnectorAlarmsProps, 'monitoring'>;
}

function alarmsOf(stack: Stack, { baseAccount, hours, props }: Setting = {}): ConnectorAlarms {
  const service = newService(stack);
  connect(stack);
  const base = baseAccount && new BaseAccount(stack, 'Base', {
    service,
    title: 'Central Security',
    roles: AssumableRoles.named('QualysConnector'),
    delivery: baseAccount === 'pushed' ? KeyDelivery.api() : KeyDelivery.auto(),
  });
  const interval = hours === undefined ? undefined : Duration.hours(hours);
  const monitoring = new ConnectorMonitoring(stack, 'Monitoring', { service, registration: base?.registration, interval });
  return new ConnectorAlarms(stack, 'Alarms', { monitoring, ...props?.(stack) });
}

function synth(setting?: Setting): Record<string, any> {
  const stack = newStack();
  alarmsOf(stack, setting);
  const alarms = resourcesOf(stack).filter(({ type, logicalId }) => type === 'AWS::CloudWatch::Alarm' && logicalId.startsWith('Alarms'));
  return Object.fromEntries(alarms.map(({ logicalId, properties }) => [logicalId.replace(/^Alarms|[0-9A-F]{8}$/g, ''), properties]));
}

const common = (MetricName: string, Period = 14_400) => ({
  Namespace: 'CdkQualysConnectors',
  MetricName,
  Dimensions: [{ Name: 'AccountType', Value: 'GLOBAL' }, { Name: 'Platform', Value: 'qualysapi.qg2.apps.qualys.com' }, { Name: 'Stack', Value: 'Stack' }],
  Statistic: 'Maximum',
  Period,
});
const above = (MetricName: string, EvaluationPeriods: number, Threshold = 0, Period?: number) => (
  { ...common(MetricName, Period), Threshold, EvaluationPeriods, ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'ignore' });
const HEARTBEAT = { ...common('MonitoringHeartbeat'), Threshold: 1, EvaluationPeriods: 2, ComparisonOperator: 'LessThanThreshold', TreatMissingData: 'breaching' };
const withoutWords = (alarms: Record<string, any>) => (
  Object.fromEntries(Object.entries(alarms).map(([name, { AlarmDescription, ...properties }]) => [name, properties])));

test('three without a base account', () => {
  expect(withoutWords(synth())).toEqual({ Failing: above('FailingConnectors', 2), Missing: above('MissingConnectors', 2), HeartbeatMissing: HEARTBEAT });
});

test('a fourth with one', () => {
  expect(withoutWords(synth({ baseAccount: 'pushed' }))).toMatchObject({ BaseAccountMissing: above('BaseAccountMissing', 2) });
});

test.each([[1, 24], [4, 6], [5, 5], [12, 2], [24, 2]])('where a person may bring the key it waits for a whole day: every %d hours, %d periods', (hours, periods) => {
  expect(withoutWords(synth({ baseAccount: 'by a person', hours })).BaseAccountMissing).toEqual(above('BaseAccountMissing', periods, 0, hours * 3_600));
});

test('all periods have to be over the limit', () => {
  for (const alarm of Object.values(synth({ baseAccount: 'pushed' }))) expect(alarm).not.toHaveProperty('DatapointsToAlarm');
});

test('each says what happened, which ones, and where it stands what to do, in what CloudWatch takes', () => {
  const alarms = synth({ baseAccount: 'pushed', props: () => ({ maxFailing: 3 }) });
  expect(Object.fromEntries(Object.entries(alarms).map(([name, { AlarmDescription }]) => [name, AlarmDescription]))).toEqual({
    Failing: expect.stringMatching(/^More than 3 Qualys connectors \(Global\) did not read .* filter outcome = 'failing' in their function's log\. See RUNBOOK\.md of cdk-qualys-connectors, ConnectorAlarms: Failing\.$/),
    Missing: expect.stringMatching(/ filter outcome = 'missing' in .*, ConnectorAlarms: Missing\.$/),
    BaseAccountMissing: expect.stringMatching(/, ConnectorAlarms: BaseAccountMissing\.$/),
    HeartbeatMissing: expect.stringMatching(/, ConnectorAlarms: HeartbeatMissing\.$/),
  });
});

test('so many may fail', () => {
  expect(synth({ props: () => ({ maxFailing: 3 }) }).Failing).toMatchObject({ Threshold: 3 });
});

test('actions hear of every alarm', () => {
  const alarms = synth({ baseAccount: 'pushed', props: (stack) => ({ actions: [new SnsAction(new Topic(stack, 'One'))] }) });
  expect(Object.values(alarms).map(({ AlarmActions }) => AlarmActions.length)).toEqual([1, 1, 1, 1]);
});

test('the alarms are at hand, and their status for a dashboard', () => {
  const [without, with_] = [alarmsOf(newStack()), alarmsOf(newStack(), { baseAccount: 'pushed' })];
  expect([without.failing, without.missing, without.heartbeatMissing, without.baseAccountMissing]).toEqual([...without.node.children, undefined]);
  expect([with_.failing, with_.missing, with_.baseAccountMissing, with_.heartbeatMissing]).toEqual(with_.node.children);
  const [widget] = with_.widgets()[0]!.toJson() as [{ type: string; properties: { alarms: string[] } }];
  expect([with_.widgets().length, widget.type, widget.properties.alarms.length]).toEqual([1, 'alarm', 4]);
});

test.each([-1, 1.5, Number.NaN, Infinity])('maxFailing of %d is refused', (maxFailing) => {
  expect(() => synth({ props: () => ({ maxFailing }) })).toThrow(`maxFailing must be a whole number, 0 or above, got ${maxFailing}: give the number of connectors that may fail`);
});

test('maxFailing may be a token', () => {
  expect(() => synth({ props: () => ({ maxFailing: Token.asNumber({ Ref: 'Count' }) }) })).not.toThrow();
});

/* What comes of values and gaps, by CloudWatch's rules: `-` is a period without a value; o is OK, A is ALARM, ? is not known. */
describe.each<[alarm: string, rows: Array<[values: string, states: string]>]>([
  ['Failing', [
    ['0 0 0', 'o o o'],
    ['1 0 0', '? o o'], // one run that failed
    ['0 1 1 1', 'o o A A'],
    ['1 1', '? A'],
    ['0 1 0 1 0', 'o o o o o'], // one that comes and goes
    ['0 5 5 0 0', 'o o A o o'],
    ['- - -', '? ? ?'], // never checked: the heartbeat tells
    ['0 1 1 - - - - 1', 'o o A A A A A A'], // blind: it keeps its state
    ['0 0 - - - -', 'o o o o o o'],
    ['0 1 - 1', 'o o o A'], // a gap does not hide the second one
    ['1 1 - - 0 0', '? A A A o o'],
  ]],
  ['Missing', [
    ['0 2 0 0', 'o o o o'], // a deployment was under way
    ['0 1 1 0', 'o o A o'],
    ['- 1 - 1', '? ? ? A'],
    ['0 1 1 - - -', 'o o A A A A'],
  ]],
  ['BaseAccountMissing', [
    ['0 1 1', 'o o A'],
    ['0 1 0 1', 'o o o o'],
    ['1 - - 1', '? ? ? A'],
    ['0 1 1 - -', 'o o A A A'],
  ]],
  ['HeartbeatMissing', [
    ['- - -', 'A A A'], // from the first deployment until the first check
    ['- 1 1', 'A o o'],
    ['1 - 1 - 1 -', 'o o o o o o'], // runs at the edges of periods
    ['1 1 - 1', 'o o o o'], // a period that held no run
    ['1 1 - - - - -', 'o o o o o A A'], // CloudWatch looks back for two more periods
    ['1 1 - - - - 1 1', 'o o o o o A o o'],
  ]],
])('%s (fault 137)', (name, rows) => {
  test.each(rows)('%s: %s', (values, states) => {
    const series: Series = values.split(' ').map((value) => (value === '-' ? undefined : Number(value)));
    const short = { OK: 'o', ALARM: 'A', INSUFFICIENT_DATA: '?' };
    expect(statesOf(synth({ baseAccount: 'pushed' })[name], series).map((state) => short[state]).join(' ')).toBe(states);
  });
});

test.each([
  ['1 1 1 1 1', '? ? ? ? ?'], // the first day after the deployment
  ['1 1 1 1 1 1', '? ? ? ? ? A'],
  ['0 1 1 1 1 1 1 0', 'o o o o o o A o'],
  ['1 1 1 0 1 1 1', '? ? ? o o o o'],
  ['0 1 1 - 1 1 1 1', 'o o o o o o o A'],
])('BaseAccountMissing where a person may bring the key: %s: %s', (values, states) => {
  const series: Series = values.split(' ').map((value) => (value === '-' ? undefined : Number(value)));
  const short = { OK: 'o', ALARM: 'A', INSUFFICIENT_DATA: '?' };
  expect(statesOf(synth({ baseAccount: 'by a person' }).BaseAccountMissing, series).map((state) => short[state]).join(' ')).toBe(states);
});
