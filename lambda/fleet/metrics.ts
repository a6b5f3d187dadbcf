import { Counts, Row } from './ports';
import { METRIC_NAMESPACE } from '../../src/wire/common';
import { FLEET_METRICS } from '../../src/wire/fleet';

const DAY = 86_400_000;

/** What there is to count, but for what only a read of the service shows. */
export function countsOf(rows: readonly Row[], excluded: number, before: Counts | undefined): Counts {
  const there = rows.filter(({ goneSince }) => goneSince === undefined);
  const waiting = there.filter(({ connectorId, blockedBy, state }) => connectorId === undefined && blockedBy === undefined && state !== 'FAILED');
  const { failing = 0, missing = 0 } = before ?? {};
  return {
    connected: there.filter(({ connectorId }) => connectorId !== undefined).length,
    waiting: waiting.length,
    ...waiting.length > 0 && { waitingSince: waiting.reduce((least, { since }) => Math.min(least, since), Infinity) },
    problems: excluded + there.filter(({ state, problem, blockedBy }) => state === 'FAILED' || problem !== undefined || blockedBy !== undefined).length,
    failing,
    missing,
  };
}

export interface Observed {
  readonly platform: string;
  readonly fleet: string;
  readonly counts?: Counts;
  readonly isStopped: boolean;
  readonly heartbeat: boolean;
}

/** One line in CloudWatch's embedded metric format, the heartbeat last. */
export function metricLine({ platform, fleet, counts, isStopped, heartbeat }: Observed, now: number): string {
  const values: Record<string, number> = {
    ...counts && {
      [FLEET_METRICS.connected]: counts.connected,
      [FLEET_METRICS.waiting]: counts.waiting,
      [FLEET_METRICS.oldestWaiting]: counts.waitingSince === undefined ? 0 : Math.max(0, Math.round((now - counts.waitingSince) / DAY * 100) / 100),
      [FLEET_METRICS.problems]: counts.problems,
      [FLEET_METRICS.failingConnectors]: counts.failing,
      [FLEET_METRICS.missingConnectors]: counts.missing,
    },
    [FLEET_METRICS.stopped]: Number(isStopped),
    ...heartbeat && { [FLEET_METRICS.heartbeat]: 1 },
  };
  return JSON.stringify({
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: [{ Namespace: METRIC_NAMESPACE, Dimensions: [['Platform', 'Fleet']], Metrics: Object.keys(values).map((Name) => ({ Name, Unit: 'None' })) }],
    },
    Platform: platform,
    Fleet: fleet,
    ...values,
  });
}
