import { METRIC_NAMESPACE } from '../../src/wire/common';

/** Values in their order. An undefined value is unknown, and is not written. */
export type MetricValues = Readonly<Record<string, number | undefined>>;

/** One line in CloudWatch's embedded metric format: all values of a run, or none of them. */
export function metricLine(now: number, dimensions: Readonly<Record<string, string>>, values: MetricValues): string {
  const known = Object.entries(values).filter(([, value]) => value !== undefined);
  return JSON.stringify({
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: [{
        Namespace: METRIC_NAMESPACE,
        Dimensions: [Object.keys(dimensions)],
        Metrics: known.map(([Name]) => ({ Name, Unit: 'None' })),
      }],
    },
    ...dimensions,
    ...Object.fromEntries(known),
  });
}

/** Days with two decimals, about a quarter of an hour. */
export function daysBetween(from: number, to: number): number {
  return Math.max(0, Math.round((to - from) / 864_000) / 100);
}
