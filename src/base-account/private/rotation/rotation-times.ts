import { Duration } from 'aws-cdk-lib';

/** When the key is replaced, and when the replaced one is retired. */
export interface RotationTimes {
  readonly interval: Duration;
  /** The interval in Secrets Manager's words: `rate(90 days)`. */
  readonly scheduleExpression: string;
  readonly retireAfterSeconds: number;
  /** A key that is still used is made inactive after this time; undefined means never. */
  readonly forceRetireAfterSeconds?: number;
}

/** Whether `short` is at most as long as `long`; both have to be known. */
export function isWithin(short: Duration, long: Duration): boolean {
  return short.toMilliseconds() <= long.toMilliseconds();
}

/** `90 days`, `36 hours`, `0.25 hours`: the units of rotations. CDK's own text drops the remainder. */
export function inWords(duration: Duration): string {
  if (duration.isUnresolved()) return duration.formatTokenToNumber();
  const hours = duration.toHours({ integral: false });
  const [count, unit] = Number.isInteger(hours / 24) ? [hours / 24, 'day'] : [Number(hours.toFixed(3)), 'hour'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
