import { Fn, Token } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, IAlarmAction, Metric, MetricProps, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { shown } from './checks';
import { METRIC_NAMESPACE } from '../wire/common';

/** The dimension of a platform in metrics: the host of its API server, with the port. */
export function platformDimension(apiServer: string): string {
  return Token.isUnresolved(apiServer) ? Fn.select(2, Fn.split('/', apiServer)) : new URL(apiServer).host;
}

/** Makes one of the metrics that a function writes for `scope`. Throws for another name. */
export function metricOf(
  scope: Construct, names: Readonly<Record<string, string>>, props: Omit<MetricProps, 'namespace'>,
): Metric {
  const known = Object.values(names);
  if (!known.includes(props.metricName)) throw new Error(`metricName must be one of ${known.join(', ')}, got ${shown(props.metricName)}`);
  return new Metric({ namespace: METRIC_NAMESPACE, statistic: Stats.MAXIMUM, ...props }).attachTo(scope);
}

/** The condition of an alarm, and its text. */
export interface Above {
  readonly threshold: number;
  readonly periods: number;
  readonly says: string;
}

/** Makes the alarms of a construct. The description of each names its heading in RUNBOOK.md, which is in the package. */
export class AlarmMaker {
  public constructor(
    private readonly scope: Construct,
    private readonly construct: string,
    private readonly missing: TreatMissingData,
    private readonly actions: IAlarmAction[] = [],
  ) {}

  public above(id: string, metric: Metric, { threshold, periods: evaluationPeriods, says }: Above): Alarm {
    return this.make(id, metric, says, {
      threshold, evaluationPeriods, comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD, treatMissingData: this.missing,
    });
  }

  /** Makes the alarm on missing data of two periods. Runs are a period and some seconds apart, so one period may have no run. */
  public heartbeatMissing(metric: Metric, says: string): Alarm {
    return this.make('HeartbeatMissing', metric, says, {
      threshold: 1, evaluationPeriods: 2, comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD, treatMissingData: TreatMissingData.BREACHING,
    });
  }

  private make(id: string, metric: Metric, says: string, options: Parameters<Metric['createAlarm']>[2]): Alarm {
    const alarmDescription = `${says} See RUNBOOK.md of cdk-qualys-connectors, ${this.construct}: ${id}.`;
    const alarm = metric.createAlarm(this.scope, id, { ...options, alarmDescription });
    alarm.addAlarmAction(...this.actions);
    return alarm;
  }
}
