/** An alarm as it stands in a template. */
export interface TemplateAlarm {
  readonly Threshold: number;
  readonly ComparisonOperator: string;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm?: number;
  readonly TreatMissingData: string;
}

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/** The value of each period, the oldest first; a gap is a period without one. */
export type Series = ReadonlyArray<number | undefined>;

/**
 * CloudWatch looks back over more periods than it evaluates. How many is not documented; in the documented table it is two more.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html#alarms-and-missing-data
 */
const FURTHER_PERIODS = 2;

const BREACHES: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  GreaterThanThreshold: (value, threshold) => value > threshold,
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
};

/** The state after each period. It begins as every new alarm does. */
export function statesOf(alarm: TemplateAlarm, series: Series): AlarmState[] {
  const states: AlarmState[] = [];
  series.forEach((_, index) => states.push(stateAfter(alarm, series.slice(0, index + 1), states.at(-1) ?? 'INSUFFICIENT_DATA')));
  return states;
}

function stateAfter(alarm: TemplateAlarm, series: Series, before: AlarmState): AlarmState {
  const { EvaluationPeriods: periods, DatapointsToAlarm: needed = periods, Threshold, ComparisonOperator, TreatMissingData } = alarm;
  const breaches = (value: number) => BREACHES[ComparisonOperator]!(value, Threshold);
  const real = series.slice(-(periods + FURTHER_PERIODS)).filter((value) => value !== undefined);
  // Where there are enough real values, gaps are passed over; where not, they are filled as the alarm says.
  const values = real.slice(-periods);
  const bad = values.filter(breaches).length;
  const missing = periods - values.length;
  switch (TreatMissingData) {
    case 'breaching': return bad + missing >= needed ? 'ALARM' : 'OK';
    case 'notBreaching': return bad >= needed ? 'ALARM' : 'OK';
    case 'ignore': {
      if (bad >= needed) return 'ALARM';
      return values.length - bad > periods - needed ? 'OK' : before;
    }
    default: throw new Error(`what an alarm does with ${TreatMissingData} is not modelled`);
  }
}
