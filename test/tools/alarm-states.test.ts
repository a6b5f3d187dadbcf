import { AlarmState, Series, statesOf } from '../support/synth/alarm-states';

/*
 * The table in CloudWatch's user guide, "Configuring how CloudWatch alarms treat missing data": an alarm of 3 out of 3, looking back over 5
 * periods. X breaches, 0 does not, - is missing.
 */
const DOCUMENTED: ReadonlyArray<[series: string, ignore: AlarmState | 'kept', breaching: AlarmState, notBreaching: AlarmState]> = [
  ['0-X-X', 'OK', 'OK', 'OK'],
  ['----0', 'OK', 'OK', 'OK'],
  ['-----', 'kept', 'ALARM', 'OK'],
  ['0XX-X', 'ALARM', 'ALARM', 'ALARM'],
  ['--X--', 'kept', 'ALARM', 'OK'],
];

const alarm = (TreatMissingData: string) => ({ Threshold: 0, ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 3, TreatMissingData });
const seriesOf = (text: string): Series => [...text].map((one) => ({ X: 1, 0: 0 })[one]);

test.each(DOCUMENTED)('%s is, where gaps are ignored, breaching and not breaching: %s, %s, %s', (text, ignore, breaching, notBreaching) => {
  const last = (treat: string) => statesOf(alarm(treat), seriesOf(text)).at(-1);
  expect([last('ignore'), last('breaching'), last('notBreaching')]).toEqual([ignore === 'kept' ? 'INSUFFICIENT_DATA' : ignore, breaching, notBreaching]);
});
