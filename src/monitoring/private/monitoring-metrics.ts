import { Duration, Stack } from 'aws-cdk-lib';
import { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { metricOf, platformDimension } from '../../private/metrics';
import { AccountType } from '../../service/account-type';
import { MONITORING_METRICS } from '../../wire/monitoring';

/**
 * The metrics of a check: one value a check.
 *
 * @internal
 */
export abstract class MonitoringMetrics extends Construct {
  /** The account type whose connectors are looked at. */
  public abstract readonly accountType: AccountType;

  /** The time between two checks. */
  public abstract readonly interval: Duration;

  /** @internal */
  public abstract readonly _apiServer: string;

  /**
   * A metric of this monitoring, in namespace `CdkQualysConnectors`; dimensions `Platform`, `AccountType` and `Stack`, one value a check. By default the
   * maximum of an interval.
   *
   * @param metricName `Connectors`, `FailingConnectors`, `MissingConnectors`, `BaseAccountMissing` or `MonitoringHeartbeat`; throws for others
   * @param props statistic, period and the like; an interval and its maximum unless they say otherwise
   */
  public metric(metricName: string, props?: MetricOptions): Metric {
    return metricOf(this, MONITORING_METRICS, { dimensionsMap: this.dimensions(), period: this.interval, ...props, metricName });
  }

  /**
   * Connectors of the account type in the subscription, in code or not.
   *
   * @param props statistic, period and the like; an interval and its maximum unless they say otherwise
   */
  public metricConnectors(props?: MetricOptions): Metric {
    return this.metric(MONITORING_METRICS.connectors, props);
  }

  /**
   * Those of them whose last run failed.
   *
   * @param props statistic, period and the like; an interval and its maximum unless they say otherwise
   */
  public metricFailingConnectors(props?: MetricOptions): Metric {
    return this.metric(MONITORING_METRICS.failingConnectors, props);
  }

  /**
   * Connectors of this stack that somebody has deleted at the service, or disabled there while the code has not.
   *
   * @param props statistic, period and the like; an interval and its maximum unless they say otherwise
   */
  public metricMissingConnectors(props?: MetricOptions): Metric {
    return this.metric(MONITORING_METRICS.missingConnectors, props);
  }

  /**
   * 1 while the service calls from another AWS account than that of the registration, 0 otherwise. There are none without a `registration`.
   *
   * @param props statistic, period and the like; an interval and its maximum unless they say otherwise
   */
  public metricBaseAccountMissing(props?: MetricOptions): Metric {
    return this.metric(MONITORING_METRICS.baseAccountMissing, props);
  }

  /**
   * 1 for each check that came to its end.
   *
   * @param props statistic, period and the like; an interval and its maximum unless they say otherwise
   */
  public metricHeartbeat(props?: MetricOptions): Metric {
    return this.metric(MONITORING_METRICS.heartbeat, props);
  }

  /** As the check writes them. */
  private dimensions(): Record<string, string> {
    return { Platform: platformDimension(this._apiServer), AccountType: this.accountType.name, Stack: Stack.of(this).stackName };
  }
}
