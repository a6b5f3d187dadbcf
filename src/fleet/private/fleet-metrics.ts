import { Duration } from 'aws-cdk-lib';
import { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { metricOf, platformDimension } from '../../private/metrics';
import { FLEET_METRICS } from '../../wire/fleet';

/** Three runs, so that one that is late is seen in the next value. */
const PERIOD = Duration.minutes(15);

/**
 * The metrics of a fleet: one value a run, every five minutes.
 *
 * @internal
 */
export abstract class FleetMetrics extends Construct {
  /** @internal */
  protected abstract readonly _apiServer: string;
  /** @internal */
  protected abstract readonly _fleetName: string;

  /**
   * A metric of this fleet, in namespace `CdkQualysConnectors`; dimensions `Platform` and `Fleet`. By default the maximum of 15 minutes.
   *
   * @param metricName `Connected`, `Waiting`, `OldestWaiting`, `Problems`, `FailingConnectors`, `MissingConnectors`, `Stopped` or `Heartbeat`; throws for others
   * @param props statistic, period and the like; 15 minutes and their maximum unless they say otherwise
   */
  public metric(metricName: string, props?: MetricOptions): Metric {
    const dimensionsMap = { Platform: platformDimension(this._apiServer), Fleet: this._fleetName };
    return metricOf(this, FLEET_METRICS, { dimensionsMap, period: PERIOD, ...props, metricName });
  }

  /**
   * Accounts that have a connector.
   *
   * @param props statistic, period and the like; 15 minutes and their maximum unless they say otherwise
   */
  public metricConnected(props?: MetricOptions): Metric {
    return this.metric(FLEET_METRICS.connected, props);
  }

  /**
   * Accounts that have no connector yet: their role is on its way, or their turn has not come.
   *
   * @param props statistic, period and the like; 15 minutes and their maximum unless they say otherwise
   */
  public metricWaiting(props?: MetricOptions): Metric {
    return this.metric(FLEET_METRICS.waiting, props);
  }

  /**
   * Days that the account has waited that waits longest; 0 when none waits.
   *
   * @param props statistic, period and the like; 15 minutes and their maximum unless they say otherwise
   */
  public metricOldestWaiting(props?: MetricOptions): Metric {
    return this.metric(FLEET_METRICS.oldestWaiting, props);
  }

  /**
   * Accounts that need a person: the role did not come, it stands where it must not, or the service refuses the connector. The log names them.
   *
   * @param props statistic, period and the like; 15 minutes and their maximum unless they say otherwise
   */
  public metricProblems(props?: MetricOptions): Metric {
    return this.metric(FLEET_METRICS.problems, props);
  }

  /**
   * Connectors of the fleet whose last run failed, as of the last read of the service, which is up to six hours old.
   *
   * @param props statistic, period and the like; 15 minutes and their maximum unless they say otherwise
   */
  public metricFailingConnectors(props?: MetricOptions): Metric {
    return this.metric(FLEET_METRICS.failingConnectors, props);
  }

  /**
   * Connectors of the fleet that somebody had deleted or disabled, as of the last read of the service. They are made or enabled again.
   *
   * @param props statistic, period and the like; 15 minutes and their maximum unless they say otherwise
   */
  public metricMissingConnectors(props?: MetricOptions): Metric {
    return this.metric(FLEET_METRICS.missingConnectors, props);
  }

  /**
   * 1 when a run stopped for all accounts, 0 otherwise: the service refuses, the list of accounts is empty, or too many accounts have left at the same time.
   *
   * @param props statistic, period and the like; 15 minutes and their maximum unless they say otherwise
   */
  public metricStopped(props?: MetricOptions): Metric {
    return this.metric(FLEET_METRICS.stopped, props);
  }

  /**
   * 1 for each run that came to its end.
   *
   * @param props statistic, period and the like; 15 minutes and their maximum unless they say otherwise
   */
  public metricHeartbeat(props?: MetricOptions): Metric {
    return this.metric(FLEET_METRICS.heartbeat, props);
  }
}
