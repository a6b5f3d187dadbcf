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
   * A metric of this registration, in namespace `CdkQualysConnectors`; dimensions `Platform` and `AccountType`, one value a
   * day. There are none without rotation. By default the maximum of a day.
   *
   * @param metricName `KeyAge`, `OldKeyInUse`, `AwaitingConsole`, `RotationFailed`, `ForeignKeys` or `Heartbeat`; throws for others
   * @param props statistic, period and the like; a day and its maximum unless they say otherwise
   */
  metric(metricName: string, props?: MetricOptions): Metric;

  /**
   * Days since the current key was made.
   *
   * @param props statistic, period and the like; a day and its maximum unless they say otherwise
   */
  metricKeyAge(props?: MetricOptions): Metric;

  /**
   * Days since the last rotation for which the old key was still used; 0 when it is not, or gone.
   *
   * @param props statistic, period and the like; a day and its maximum unless they say otherwise
   */
  metricOldKeyInUse(props?: MetricOptions): Metric;

  /**
   * Days that a key waits for a person to enter it at the console; 0 when none waits.
   *
   * @param props statistic, period and the like; a day and its maximum unless they say otherwise
   */
  metricAwaitingConsole(props?: MetricOptions): Metric;

  /**
   * 1 when the last rotation failed, 0 otherwise.
   *
   * @param props statistic, period and the like; a day and its maximum unless they say otherwise
   */
  metricRotationFailed(props?: MetricOptions): Metric;

  /**
   * Access keys of the user that this library has not made.
   *
   * @param props statistic, period and the like; a day and its maximum unless they say otherwise
   */
  metricForeignKeys(props?: MetricOptions): Metric;

  /**
   * 1 for each daily run that came to its end.
   *
   * @param props statistic, period and the like; a day and its maximum unless they say otherwise
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
