import { Duration } from 'aws-cdk-lib';
import { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { metricOf, platformDimension } from '../../private/metrics';
import { FLEET_METRICS } from '../../wire/fleet';

/** The time of three runs, so that one late run leaves no period without a value. */
const PERIOD = Duration.minutes(15);

/**
 * The metrics of a fleet, with one value for each run, every five minutes.
 *
 * @internal
 */
export abstract class FleetMetrics extends Construct {
  /** @internal */
  protected abstract readonly _apiServer: string;
  /** @internal */
  protected abstract readonly _fleetName: string;

  /**
   * A metric of this fleet, in namespace `CdkQualysConnectors` with the dimensions `Platform` and `Fleet`. The default is the maximum of 15 minutes.
   *
   * @param metricName `Connected`, `Waiting`, `OldestWaiting`, `Problems`, `FailingConnectors`, `MissingConnectors`, `Stopped` or `Heartbeat`; throws for others
   * @param props statistic, period and the like; 15 minutes and their maximum unless they say otherwise
   */
  public metric(metricName: string, props?: MetricOptions): Metric {
    const dimensionsMap = { Platform: platformDimension(this._apiServer), Fleet: this._fleetName };
    return metricOf(this, FLEET_METRICS, { dimensionsMap, period: PERIOD, ...props, metricName });
  }

  /**
   * Number of accounts that have a connector.
   *
   * @param props statistic, period and the like; 15 minutes and their maximum unless they say otherwise
   */
  public metricConnected(props?: MetricOptions): Metric {
    return this.metric(FLEET_METRICS.connected, props);
  }

  /**
   * Number of accounts that have no connector yet, because their role is not deployed or it is not yet their turn.
   *
   * @param props statistic, period and the like; 15 minutes and their maximum unless they say otherwise
   */
  public metricWaiting(props?: MetricOptions): Metric {
    return this.metric(FLEET_METRICS.waiting, props);
  }

  /**
   * Days for which the oldest waiting account has waited, 0 when none waits.
   *
   * @param props statistic, period and the like; 15 minutes and their maximum unless they say otherwise
   */
  public metricOldestWaiting(props?: MetricOptions): Metric {
    return this.metric(FLEET_METRICS.oldestWaiting, props);
  }

  /**
   * Number of accounts that need a person. `ConfirmCommand` names up to 20 of them. They have one of these problems:
   *
   * - the deployment of the role failed;
   * - an excluded account has the role;
   * - the service refuses the connector;
   * - somebody else's connector is on the role.
   *
   * @param props statistic, period and the like; 15 minutes and their maximum unless they say otherwise
   */
  public metricProblems(props?: MetricOptions): Metric {
    return this.metric(FLEET_METRICS.problems, props);
  }

  /**
   * Number of connectors of the fleet whose last run failed, at the last read of the service. The fleet reads every six hours.
   *
   * @param props statistic, period and the like; 15 minutes and their maximum unless they say otherwise
   */
  public metricFailingConnectors(props?: MetricOptions): Metric {
    return this.metric(FLEET_METRICS.failingConnectors, props);
  }

  /**
   * Number of connectors of the fleet that somebody had deleted or disabled, at the last read of the service. The fleet makes or enables them again.
   *
   * @param props statistic, period and the like; 15 minutes and their maximum unless they say otherwise
   */
  public metricMissingConnectors(props?: MetricOptions): Metric {
    return this.metric(FLEET_METRICS.missingConnectors, props);
  }

  /**
   * 1 when a run stopped for all accounts, 0 otherwise. A run stops when the service refuses its calls, when AWS cannot be read, when the list of
   * accounts is empty, or when too many accounts have left at the same time.
   *
   * @param props statistic, period and the like; 15 minutes and their maximum unless they say otherwise
   */
  public metricStopped(props?: MetricOptions): Metric {
    return this.metric(FLEET_METRICS.stopped, props);
  }

  /**
   * 1 for each run that was completed.
   *
   * @param props statistic, period and the like; 15 minutes and their maximum unless they say otherwise
   */
  public metricHeartbeat(props?: MetricOptions): Metric {
    return this.metric(FLEET_METRICS.heartbeat, props);
  }
}
