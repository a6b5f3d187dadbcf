import { Duration, Fn, Token } from 'aws-cdk-lib';
import { Metric, MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { noteWatched } from './watched';
import { shown } from '../../private/checks';
import { AccountType } from '../../service/account-type';
import { QualysPlatform } from '../../service/qualys-platform';
import { METRICS } from '../../wire/base-account';
import { METRIC_NAMESPACE } from '../../wire/common';
import { BaseAccountRegistrationAttributes, IBaseAccountRegistration } from '../base-account-registration-attributes';

/**
 * What a registration is known by, and the metrics of its daily run: one value a day.
 *
 * @internal
 */
export abstract class RegistrationMetrics extends Construct implements IBaseAccountRegistration {
  public abstract readonly platform: QualysPlatform;
  public abstract readonly accountType: AccountType;

  public metric(metricName: string, props?: MetricOptions): Metric {
    const names: readonly string[] = Object.values(METRICS);
    if (!names.includes(metricName)) throw new Error(`metricName must be one of ${names.join(', ')}, got ${shown(metricName)}`);
    this.warnOfNoData();
    noteWatched(this);
    const daily = { namespace: METRIC_NAMESPACE, metricName, dimensionsMap: this.dimensions(), period: Duration.days(1), statistic: Stats.MAXIMUM };
    return new Metric({ ...daily, ...props }).attachTo(this);
  }

  public metricKeyAge(props?: MetricOptions): Metric {
    return this.metric(METRICS.keyAge, props);
  }

  public metricOldKeyInUse(props?: MetricOptions): Metric {
    return this.metric(METRICS.oldKeyInUse, props);
  }

  public metricAwaitingConsole(props?: MetricOptions): Metric {
    return this.metric(METRICS.awaitingConsole, props);
  }

  public metricRotationFailed(props?: MetricOptions): Metric {
    return this.metric(METRICS.rotationFailed, props);
  }

  public metricHeartbeat(props?: MetricOptions): Metric {
    return this.metric(METRICS.heartbeat, props);
  }

  /** Says so where it is known that nothing writes the metric. */
  protected abstract warnOfNoData(): void;

  /** As the daily run writes them: `Platform` is the host of the API server with its port. */
  private dimensions(): Record<string, string> {
    const { apiServer } = this.platform;
    return {
      Platform: Token.isUnresolved(apiServer) ? Fn.select(2, Fn.split('/', apiServer)) : new URL(apiServer).host,
      AccountType: this.accountType.name,
    };
  }
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
  protected warnOfNoData(): void {}
}
