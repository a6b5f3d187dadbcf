import type { RemovalActionName } from '../../../src/wire/fleet';
import { Row } from '../ports';

/** The kinds of steps, in the order in which a run takes them. */
export const STEPS = ['LOOK', 'CREATE', 'UPDATE', 'DOUBLE', 'RETIRE', 'ORPHAN'] as const;
export type StepName = typeof STEPS[number];

export interface Step {
  readonly name: StepName;
  readonly row: Row;
  /** When it is due. */
  readonly at: number;
  /** Calls that the step usually takes. */
  readonly calls: number;
}

export interface Wanting {
  /** When the last complete read of the service began. It has shown the connectors of all accounts that were listed before. */
  readonly readBegan: number;
  readonly removal: { readonly action: RemovalActionName; readonly after: number };
  /** Fingerprint of the settings that the connector of a row must have. */
  applied(row: Row): string;
}

/** Milliseconds after a create without an answer for which the service may not show the connector yet. */
const SETTLING = 60_000;

/** The next step of an account, if there is one. */
export function stepOf(row: Row, { readBegan, applied, removal }: Wanting): Step | undefined {
  const { goneSince, connectorId, state, begun, blockedBy, origin, disabled, former, doubles } = row;
  const step = (name: StepName, calls: number, at = 0): Step => ({ name, row, calls, at: Math.max(at, row.notBefore ?? 0) });
  if (begun !== undefined) return { ...step('LOOK', 1), at: begun + SETTLING };
  if (goneSince === undefined) {
    if (connectorId === undefined && blockedBy === undefined && state === 'READY') return step('CREATE', isShown(row, readBegan) ? 1 : 2);
    if (connectorId !== undefined && row.applied !== applied(row)) return step('UPDATE', 1);
  }
  if (doubles !== undefined) return step('DOUBLE', 1 + doubles.length);
  if (former !== undefined && (connectorId !== undefined || goneSince !== undefined)) return step('RETIRE', 2);
  const isOrphan = goneSince !== undefined && connectorId !== undefined && origin === 'created' && !disabled && removal.action !== 'KEEP';
  return isOrphan ? step('ORPHAN', 2, goneSince + removal.after) : undefined;
}

/** Whether a read or a search since the account was listed would have shown a connector on its role. */
export function isShown({ since, looked = 0 }: Row, readBegan: number): boolean {
  return since <= readBegan || looked >= since;
}

/** The steps that are due, by kind and then the newest accounts first. */
export function dueSteps(steps: readonly Step[], now: number): Step[] {
  const rank = ({ name }: Step): number => STEPS.indexOf(name);
  const byAge = ({ row: one }: Step, { row: other }: Step): number => other.since - one.since || (one.accountId < other.accountId ? -1 : 1);
  const order = (one: Step, other: Step): number => rank(one) - rank(other) || byAge(one, other);
  return steps.filter(({ at }) => at <= now).sort(order);
}

/** Why no connector of an account that has left may be changed now, or undefined. So many accounts at the same time are probably a mistake. */
export function guard(rows: readonly Row[], maxAtOnce: number): string | undefined {
  const connected = rows.filter(({ connectorId }) => connectorId !== undefined);
  const leaving = connected.filter(({ goneSince, origin, disabled }) => goneSince !== undefined && origin === 'created' && !disabled);
  const half = Math.floor(connected.length / 2);
  const most = Math.min(maxAtOnce, half);
  if (leaving.length <= most) return undefined;
  const advice = leaving.length > half
    ? 'remove their connectors at the Qualys console: if more than half leave, the fleet changes none, whatever maxAtOnce is'
    : 'raise maxAtOnce of the AccountRemovalPolicy and deploy';
  return `${leaving.length} of ${connected.length} accounts have left at the same time, but the fleet disables or removes at most ${most} connectors at once: none was changed. Check whether the `
    + `accounts were meant to leave; if so, ${advice}`;
}
