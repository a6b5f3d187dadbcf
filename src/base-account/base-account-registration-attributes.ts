import { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { IConstruct } from 'constructs';
import { AccountType } from '../service/account-type';
import { QualysPlatform } from '../service/qualys-platform';

/** The entry of a base account at the connector service, and the metrics of its daily run. */
export interface IBaseAccountRegistration extends IConstruct {
  /** The platform that the entry is on. */
  readonly platform: QualysPlatform;

  /** The account type that the entry is for. */
  readonly accountType: AccountType;

  /**
   * A metric of this registration, in namespace `CdkQualysConnectors` with the dimensions `Platform` and `AccountType`. It has one value a
   * day, and none without rotation. The default is the maximum of a day.
   *
   * @param metricName `KeyAge`, `OldKeyInUse`, `AwaitingConsole`, `RotationFailed`, `ForeignKeys` or `Heartbeat`; throws for others
   * @param props options of the metric, by default with a period of one day and the statistic Maximum
   */
  metric(metricName: string, props?: MetricOptions): Metric;

  /**
   * Days since the current key was made.
   *
   * @param props options of the metric, by default with a period of one day and the statistic Maximum
   */
  metricKeyAge(props?: MetricOptions): Metric;

  /**
   * Days from the last rotation to the last use of the old key, or 0 when nobody used it since, or when it is gone.
   *
   * @param props options of the metric, by default with a period of one day and the statistic Maximum
   */
  metricOldKeyInUse(props?: MetricOptions): Metric;

  /**
   * Days that a key has waited for a person to enter it at the console, or 0 when no key waits.
   *
   * @param props options of the metric, by default with a period of one day and the statistic Maximum
   */
  metricAwaitingConsole(props?: MetricOptions): Metric;

  /**
   * 1 when the last rotation failed, 0 otherwise.
   *
   * @param props options of the metric, by default with a period of one day and the statistic Maximum
   */
  metricRotationFailed(props?: MetricOptions): Metric;

  /**
   * Number of the user's access keys that this library has not made.
   *
   * @param props options of the metric, by default with a period of one day and the statistic Maximum
   */
  metricForeignKeys(props?: MetricOptions): Metric;

  /**
   * 1 for each daily run that was completed.
   *
   * @param props options of the metric, by default with a period of one day and the statistic Maximum
   */
  metricHeartbeat(props?: MetricOptions): Metric;
}

/** A registration that another app made, in the same account and region. */
export interface BaseAccountRegistrationAttributes {
  /** The platform that the entry is on. */
  readonly platform: QualysPlatform;

  /** The account type that the entry is for. */
  readonly accountType: AccountType;
}
