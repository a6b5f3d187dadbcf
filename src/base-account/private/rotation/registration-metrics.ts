import { Duration } from 'aws-cdk-lib';
import { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { noteWatched } from './watched';
import { metricOf, platformDimension } from '../../../private/metrics';
import { AccountType } from '../../../service/account-type';
import { QualysPlatform } from '../../../service/qualys-platform';
import { METRICS } from '../../../wire/base-account';
import { BaseAccountRegistrationAttributes, IBaseAccountRegistration } from '../../base-account-registration-attributes';

/**
 * What a registration is known by, and the metrics of its daily run: one value a day.
 *
 * @internal
 */
export abstract class RegistrationMetrics extends Construct implements IBaseAccountRegistration {
  public abstract readonly platform: QualysPlatform;
  public abstract readonly accountType: AccountType;

  /**
   * A metric of this registration, in namespace `CdkQualysConnectors`; dimensions `Platform` and `AccountType`, one value a day. There are
   * none without rotation. By default the maximum of a day.
   *
   * @param metricName `KeyAge`, `OldKeyInUse`, `AwaitingConsole`, `RotationFailed`, `ForeignKeys` or `Heartbeat`; throws for others
   * @param props statistic, period and the like; a day and its maximum unless they say otherwise
   */
  public metric(metricName: string, props?: MetricOptions): Metric {
    const dimensionsMap = { Platform: platformDimension(this.platform.apiServer), AccountType: this.accountType.name };
    const metric = metricOf(this, METRICS, { dimensionsMap, period: Duration.days(1), ...props, metricName });
    this._warnOfNoData();
    noteWatched(this);
    return metric;
  }

  /**
   * Days since the current key was made.
   *
   * @param props statistic, period and the like; a day and its maximum unless they say otherwise
   */
  public metricKeyAge(props?: MetricOptions): Metric {
    return this.metric(METRICS.keyAge, props);
  }

  /**
   * Days since the last rotation for which the old key was still used; 0 when it is not, or gone.
   *
   * @param props statistic, period and the like; a day and its maximum unless they say otherwise
   */
  public metricOldKeyInUse(props?: MetricOptions): Metric {
    return this.metric(METRICS.oldKeyInUse, props);
  }

  /**
   * Days that a key waits for a person to enter it at the console; 0 when none waits.
   *
   * @param props statistic, period and the like; a day and its maximum unless they say otherwise
   */
  public metricAwaitingConsole(props?: MetricOptions): Metric {
    return this.metric(METRICS.awaitingConsole, props);
  }

  /**
   * 1 when the last rotation failed, 0 otherwise.
   *
   * @param props statistic, period and the like; a day and its maximum unless they say otherwise
   */
  public metricRotationFailed(props?: MetricOptions): Metric {
    return this.metric(METRICS.rotationFailed, props);
  }

  /**
   * Access keys of the user that this library has not made.
   *
   * @param props statistic, period and the like; a day and its maximum unless they say otherwise
   */
  public metricForeignKeys(props?: MetricOptions): Metric {
    return this.metric(METRICS.foreignKeys, props);
  }

  /**
   * 1 for each daily run that came to its end.
   *
   * @param props statistic, period and the like; a day and its maximum unless they say otherwise
   */
  public metricHeartbeat(props?: MetricOptions): Metric {
    return this.metric(METRICS.heartbeat, props);
  }

  /**
   * Says so where it is known that nothing writes the metric.
   *
   * @internal
   */
  public abstract _warnOfNoData(): void;
}

/** A registration that another app made. */
export class ImportedBaseAccountRegistration extends RegistrationMetrics {
  public readonly platform: QualysPlatform;
  public readonly accountType: AccountType;

  public constructor(scope: Construct, id: string, { platform, accountType }: BaseAccountRegistrationAttributes) {
    super(scope, id);
    this.platform = platform;
    this.accountType = accountType;
  }

  /** Whether the other app rotates is not known here. */
  public _warnOfNoData(): void {}
}
