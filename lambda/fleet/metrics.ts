import { Counts, Row } from './ports';
import { FLEET_METRICS } from '../../src/wire/fleet';
import { daysBetween, metricLine } from '../runtime/metric-line';

/** Counts the rows. The failing and missing connectors are those of the last read of the service. */
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

/** The metrics in one line of the log, the heartbeat last. */
export function fleetMetrics({ platform, fleet, counts, isStopped, heartbeat }: Observed, now: number): string {
  return metricLine(now, { Platform: platform, Fleet: fleet }, {
    [FLEET_METRICS.connected]: counts?.connected,
    [FLEET_METRICS.waiting]: counts?.waiting,
    [FLEET_METRICS.oldestWaiting]: counts && daysBetween(counts.waitingSince ?? now, now),
    [FLEET_METRICS.problems]: counts?.problems,
    [FLEET_METRICS.failingConnectors]: counts?.failing,
    [FLEET_METRICS.missingConnectors]: counts?.missing,
    [FLEET_METRICS.stopped]: Number(isStopped),
    [FLEET_METRICS.heartbeat]: heartbeat ? 1 : undefined,
  });
}
