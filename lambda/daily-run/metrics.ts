import { METRICS } from '../../src/wire/base-account';
import { EntryProperties } from '../registration/registration';
import { metricLine } from '../runtime/metric-line';

/** An absent value is unknown, and is not written. */
export interface Observations {
  /** Days. */
  readonly keyAge?: number;
  /** Days. */
  readonly oldKeyInUse?: number;
  /** Days. */
  readonly awaitingConsole?: number;
  readonly rotationFailed?: boolean;
  readonly foreignKeys?: number;
  readonly heartbeat: boolean;
}

/** Writes all known values, the heartbeat last. The dimensions are the platform and the account type. */
export function dailyMetrics({ Service, AccountType }: EntryProperties, now: number, observed: Observations): string {
  const { keyAge, oldKeyInUse, awaitingConsole, rotationFailed, foreignKeys, heartbeat } = observed;
  return metricLine(now, { Platform: new URL(Service.ApiServer).host, AccountType }, {
    [METRICS.keyAge]: keyAge,
    [METRICS.oldKeyInUse]: oldKeyInUse,
    [METRICS.awaitingConsole]: awaitingConsole,
    [METRICS.rotationFailed]: rotationFailed === undefined ? undefined : Number(rotationFailed),
    [METRICS.foreignKeys]: foreignKeys,
    [METRICS.heartbeat]: heartbeat ? 1 : undefined,
  });
}
