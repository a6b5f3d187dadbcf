import { Duration, Stack } from 'aws-cdk-lib';
import { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { metricOf, platformDimension } from '../../private/metrics';
import { AccountType } from '../../service/account-type';
import { MONITORING_METRICS } from '../../wire/monitoring';

/**
 * The metrics of a monitoring, with one value for each check.
 *
 * @internal
 */
export abstract class MonitoringMetrics extends Construct {
  /** The account type of the checked connectors. */
  public abstract readonly accountType: AccountType;

  /** The time between two checks. */
  public abstract readonly interval: Duration;

  /** @internal */
  public abstract readonly _apiServer: string;

  /**
   * A metric of this monitoring, in namespace `CdkQualysConnectors` with the dimensions `Platform`, `AccountType` and `Stack`. It has one
   * value for each check. The default is the maximum of an interval.
   *
   * @param metricName `Connectors`, `FailingConnectors`, `MissingConnectors`, `BaseAccountMissing` or `MonitoringHeartbeat`; throws for others
   * @param props options of the metric, by default with a period of one interval and the statistic Maximum
   */
  public metric(metricName: string, props?: MetricOptions): Metric {
    return metricOf(this, MONITORING_METRICS, { dimensionsMap: this.dimensions(), period: this.interval, ...props, metricName });
  }

  /**
   * Number of connectors of the account type in the subscription, in code or not.
   *
   * @param props options of the metric, by default with a period of one interval and the statistic Maximum
   */
  public metricConnectors(props?: MetricOptions): Metric {
    return this.metric(MONITORING_METRICS.connectors, props);
  }

  /**
   * Number of connectors of the account type in the subscription whose last run failed.
   *
   * @param props options of the metric, by default with a period of one interval and the statistic Maximum
   */
  public metricFailingConnectors(props?: MetricOptions): Metric {
    return this.metric(MONITORING_METRICS.failingConnectors, props);
  }

  /**
   * Number of connectors of this stack that somebody has deleted at the service, or disabled there but not in code.
   *
   * @param props options of the metric, by default with a period of one interval and the statistic Maximum
   */
  public metricMissingConnectors(props?: MetricOptions): Metric {
    return this.metric(MONITORING_METRICS.missingConnectors, props);
  }

  /**
   * 1 while the service calls from another AWS account than that of the registration, 0 otherwise. Without a `registration` it has no
   * values.
   *
   * @param props options of the metric, by default with a period of one interval and the statistic Maximum
   */
  public metricBaseAccountMissing(props?: MetricOptions): Metric {
    return this.metric(MONITORING_METRICS.baseAccountMissing, props);
  }

  /**
   * 1 for each check that was completed.
   *
   * @param props options of the metric, by default with a period of one interval and the statistic Maximum
   */
  public metricHeartbeat(props?: MetricOptions): Metric {
    return this.metric(MONITORING_METRICS.heartbeat, props);
  }

  /** The dimensions of the metrics, with the names that the check writes. */
  private dimensions(): Record<string, string> {
    return { Platform: platformDimension(this._apiServer), AccountType: this.accountType.name, Stack: Stack.of(this).stackName };
  }
}
