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
 * The identity of a registration, and the metrics of its daily run with one value a day.
 *
 * @internal
 */
export abstract class RegistrationMetrics extends Construct implements IBaseAccountRegistration {
  public abstract readonly platform: QualysPlatform;
  public abstract readonly accountType: AccountType;

  /**
   * A metric of this registration, in namespace `CdkQualysConnectors` with the dimensions `Platform` and `AccountType`. It has one value a
   * day, and none without rotation. The default is the maximum of a day.
   *
   * @param metricName `KeyAge`, `OldKeyInUse`, `AwaitingConsole`, `RotationFailed`, `ForeignKeys` or `Heartbeat`; throws for others
   * @param props options of the metric, by default with a period of one day and the statistic Maximum
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
   * @param props options of the metric, by default with a period of one day and the statistic Maximum
   */
  public metricKeyAge(props?: MetricOptions): Metric {
    return this.metric(METRICS.keyAge, props);
  }

  /**
   * Days from the last rotation to the last use of the old key, or 0 when nobody used it since, or when it is gone.
   *
   * @param props options of the metric, by default with a period of one day and the statistic Maximum
   */
  public metricOldKeyInUse(props?: MetricOptions): Metric {
    return this.metric(METRICS.oldKeyInUse, props);
  }

  /**
   * Days that a key has waited for a person to enter it at the console, or 0 when no key waits.
   *
   * @param props options of the metric, by default with a period of one day and the statistic Maximum
   */
  public metricAwaitingConsole(props?: MetricOptions): Metric {
    return this.metric(METRICS.awaitingConsole, props);
  }

  /**
   * 1 when the last rotation failed, 0 otherwise.
   *
   * @param props options of the metric, by default with a period of one day and the statistic Maximum
   */
  public metricRotationFailed(props?: MetricOptions): Metric {
    return this.metric(METRICS.rotationFailed, props);
  }

  /**
   * Number of the user's access keys that this library has not made.
   *
   * @param props options of the metric, by default with a period of one day and the statistic Maximum
   */
  public metricForeignKeys(props?: MetricOptions): Metric {
    return this.metric(METRICS.foreignKeys, props);
  }

  /**
   * 1 for each daily run that was completed.
   *
   * @param props options of the metric, by default with a period of one day and the statistic Maximum
   */
  public metricHeartbeat(props?: MetricOptions): Metric {
    return this.metric(METRICS.heartbeat, props);
  }

  /**
   * Warns when the code shows that nothing writes the metric.
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

  /** Nobody knows here whether the other app rotates. */
  public _warnOfNoData(): void {}
}
