import { Duration } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { inWords, isWithin, RotationTimes } from './private/rotation/rotation-times';

/** What happens to the key that a rotation has replaced. */
export interface KeyRotationOptions {
  /**
   * How long the replaced key stays active beside the new one. The first daily run after that makes it inactive, unless somebody used it
   * after the new key became current. The next run deletes it.
   *
   * - At least 4 hours, because IAM reports the use of a key hours late.
   * - At least 2 days shorter than the interval. AWS allows two keys for each user, and the next rotation needs the second one: by then a
   *   daily run has to make the replaced key inactive, and the next one has to delete it.
   *
   * @default Duration.days(1)
   */
  readonly retireAfter?: Duration;

  /**
   * How long after a rotation the replaced key is taken away even if it is still used. The first daily run after that makes it inactive,
   * and the next run deletes it. At least as long as `retireAfter`, and 2 days shorter than the interval.
   *
   * Set it if you must rotate: without it, somebody who uses the old key once a day keeps it and blocks the next rotation.
   *
   * @default - never: a key that is used stays, and the metric `OldKeyInUse` shows it
   */
  readonly forceRetireAfter?: Duration;
}

/**
 * Whether and how often the access key of a base account is replaced.
 *
 * Secrets Manager starts a rotation, which
 *
 * - makes a second key, and waits until AWS accepts it every time;
 * - sends it to the service, and reads the entry back;
 * - only then makes it the current key.
 *
 * A daily run makes the replaced key inactive after `retireAfter`, and deletes it a day later. A key that was used after its replacement
 * stays, and the metric `OldKeyInUse` shows it. When a rotation fails, the current key goes on working.
 *
 * To rotate now: `aws secretsmanager rotate-secret --secret-id <ARN of the key's secret>`.
 *
 * @example
 * const monthly = KeyRotation.every(Duration.days(30), { retireAfter: Duration.days(3) });
 */
export class KeyRotation {
  /**
   * Replaces the key in this interval.
   *
   * @param interval time from one rotation to the next: whole hours from 4 hours to 999 days (limits of Secrets Manager's schedules,
   * `RotationRulesType`); throws for others. Whole days become a schedule in days, everything else one in hours. A token passes if it is in
   * hours or days.
   * @param options what happens to the replaced key. Throws for a time that is under 4 hours, or not 2 days shorter than the interval.
   * Tokens pass if they are in seconds.
   */
  public static every(interval: Duration, options: KeyRotationOptions = {}): KeyRotation {
    const { retireAfter = Duration.days(1), forceRetireAfter } = options;
    checkInterval(interval);
    checkRetireAfter('retireAfter', retireAfter, interval);
    if (forceRetireAfter) checkRetireAfter('forceRetireAfter', forceRetireAfter, interval, retireAfter);
    return new KeyRotation({
      interval,
      scheduleExpression: Schedule.rate(interval).expressionString,
      retireAfterSeconds: retireAfter.toSeconds(),
      forceRetireAfterSeconds: forceRetireAfter?.toSeconds(),
    });
  }

  /**
   * The key stays until somebody replaces it. There are no metrics, and the function that calls the service has no rights on keys. It runs
   * daily only where a person may have to enter the key.
   */
  public static disabled(): KeyRotation {
    return new KeyRotation();
  }

  /**
   * Undefined without rotation.
   *
   * @internal
   */
  public readonly _times?: RotationTimes;

  private constructor(times?: RotationTimes) {
    this._times = times;
  }
}

const SHORTEST = Duration.hours(4);
/** From the end of `retireAfter` it takes up to a day until the daily run, and another day until the key is deleted. */
const UNTIL_DELETED = Duration.days(2);
const LONGEST = Duration.days(999);

function checkInterval(interval: Duration): void {
  if (interval.isUnresolved()) {
    if (!/^(hour|day)s?$/.test(interval.unitLabel())) {
      throw new Error(`the interval of the rotation must be in hours or days when it is a token, got one in ${interval.unitLabel()}: `
        + 'use Duration.hours() or Duration.days()');
    }
    return;
  }
  if (!isWithin(SHORTEST, interval) || !isWithin(interval, LONGEST)) {
    throw new Error('the interval of the rotation must be 4 hours to 999 days, as Secrets Manager allows, '
      + `got ${inWords(interval)}`);
  }
  if (!Number.isInteger(interval.toHours({ integral: false }))) {
    throw new Error('the interval of the rotation must be a whole number of hours, as Secrets Manager counts in hours or days, '
      + `got ${inWords(interval)}`);
  }
}

function checkRetireAfter(name: string, time: Duration, interval: Duration, shortest: Duration = SHORTEST): void {
  if (time.isUnresolved()) return;
  if (!isWithin(SHORTEST, time)) throw new Error(`${name} must be at least 4 hours, got ${inWords(time)}: IAM reports the use of a key hours late`);
  if (!shortest.isUnresolved() && !isWithin(shortest, time)) throw new Error(`${name} must be at least as long as retireAfter, ${inWords(shortest)}, got ${inWords(time)}`);
  if (!interval.isUnresolved() && !isWithin(time.plus(UNTIL_DELETED), interval)) {
    throw new Error(`${name} must be at least ${inWords(UNTIL_DELETED)} shorter than the interval of the rotation, ${inWords(interval)}, got ${inWords(time)}: AWS allows two access keys for each user, `
      + `and the next rotation needs the second one: by then a daily run has to make the replaced key inactive, and the next one has to delete it. Rotate less often, or give a shorter ${name}`);
  }
}
