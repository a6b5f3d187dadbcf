import { Duration, Fn, Token } from 'aws-cdk-lib';
import { Metric, MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { IConstruct } from 'constructs';
import { AccountType } from '../../service/account-type';
import { QualysPlatform } from '../../service/qualys-platform';
import { METRIC_NAMESPACE } from '../../wire/common';

/** Which registration the metrics are of, as the daily run writes it: `Platform` is the host of the API server with its port. */
export function metricDimensions(platform: QualysPlatform, accountType: AccountType): Record<string, string> {
  const { apiServer } = platform;
  return {
    Platform: Token.isUnresolved(apiServer) ? Fn.select(2, Fn.split('/', apiServer)) : new URL(apiServer).host,
    AccountType: accountType.name,
  };
}

/** One value a day, written by the daily run. */
export function dailyMetric(scope: IConstruct, metricName: string, dimensionsMap: Record<string, string>, props?: MetricOptions): Metric {
  const daily = { namespace: METRIC_NAMESPACE, metricName, dimensionsMap, period: Duration.days(1), statistic: Stats.MAXIMUM };
  return new Metric({ ...daily, ...props }).attachTo(scope);
}
