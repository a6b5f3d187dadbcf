import { METRICS } from '../../src/wire/base-account';
import { METRIC_NAMESPACE } from '../../src/wire/common';
import { EntryProperties } from '../registration/registration';

/** What is absent could not be found out, and is not written. */
export interface Observations {
  /** Days. */
  readonly keyAge?: number;
  /** Days. */
  readonly oldKeyInUse?: number;
  /** Days. */
  readonly awaitingConsole?: number;
  readonly rotationFailed?: boolean;
  readonly heartbeat: boolean;
}

/** One line in CloudWatch's embedded metric format, the heartbeat last. Dimensions are the platform and the account type only. */
export function metricLine({ Service, AccountType }: EntryProperties, now: number, observed: Observations): string {
  const { keyAge, oldKeyInUse, awaitingConsole, rotationFailed, heartbeat } = observed;
  const values = known({
    [METRICS.keyAge]: keyAge,
    [METRICS.oldKeyInUse]: oldKeyInUse,
    [METRICS.awaitingConsole]: awaitingConsole,
    [METRICS.rotationFailed]: rotationFailed === undefined ? undefined : Number(rotationFailed),
    [METRICS.heartbeat]: heartbeat ? 1 : undefined,
  });
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

function known(values: Readonly<Record<string, number | undefined>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, number] => entry[1] !== undefined));
}
