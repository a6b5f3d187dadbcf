import { METRICS } from '../../src/wire/base-account';
import { EntryProperties } from '../registration/registration';
import { metricLine } from '../runtime/metric-line';

/** What is absent could not be found out, and is not written. */
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

/** All that is known, the heartbeat last. Dimensions are the platform and the account type only. */
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
