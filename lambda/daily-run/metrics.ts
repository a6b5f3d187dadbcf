import { METRICS } from '../../src/wire/base-account';
import { METRIC_NAMESPACE } from '../../src/wire/common';
import { EntryProperties } from '../registration/registration';

export interface Observations {
  /** Days. */
  readonly keyAge: number;
  /** Days. */
  readonly oldKeyInUse: number;
  /** Days. */
  readonly awaitingConsole: number;
  readonly rotationFailed: boolean;
  readonly heartbeat: boolean;
}

/** One line in CloudWatch's embedded metric format, the heartbeat last. Dimensions are the platform and the account type only. */
export function metricLine({ Service, AccountType }: EntryProperties, now: number, observed: Observations): string {
  const values: Record<string, number> = {
    [METRICS.keyAge]: observed.keyAge,
    [METRICS.oldKeyInUse]: observed.oldKeyInUse,
    [METRICS.awaitingConsole]: observed.awaitingConsole,
    [METRICS.rotationFailed]: observed.rotationFailed ? 1 : 0,
    ...(observed.heartbeat ? { [METRICS.heartbeat]: 1 } : {}),
  };
  return JSON.stringify({
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: [{
        Namespace: METRIC_NAMESPACE,
        Dimensions: [['Platform', 'AccountType']],
        Metrics: Object.keys(values).map((Name) => ({ Name, Unit: 'None' })),
      }],
    },
    Platform: new URL(Service.ApiServer).host,
    AccountType,
    ...values,
  });
}

/** To the hundredth, about a quarter of an hour. */
export function daysBetween(from: number, to: number): number {
  return Math.max(0, Math.round((to - from) / 864_000) / 100);
}
