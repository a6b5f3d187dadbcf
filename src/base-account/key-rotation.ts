import { Duration } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { inWords, isWithin, RotationTimes } from './private/rotation/rotation-times';

/** What becomes of the key that a rotation has replaced. */
export interface KeyRotationOptions {
  /**
   * How long the replaced key stays active beside the new one. The first daily run after that makes it inactive, unless it was
   * used since the new one became current, and the next run deletes it.
   *
   * At least 4 hours, as IAM tells of a use with a delay of up to hours, and 2 days shorter than the interval: AWS allows two keys
   * a user, and the next rotation needs the second one, while a daily run makes the replaced one inactive and deletes it the day after.
   *
   * @default Duration.days(1)
   */
  readonly retireAfter?: Duration;

  /**
   * How long after a rotation the replaced key is cut off whatever still uses it: made inactive by the first daily run after that, and
   * deleted the day after. For those who must rotate: without it, whoever uses the old key once a day keeps it and stops the next
   * rotation. At least as long as `retireAfter`, and 2 days shorter than the interval.
   *
   * @default - never: a key that is used stays, and the metric `OldKeyInUse` tells of it
   */
  readonly forceRetireAfter?: Duration;
}

/**
 * Whether, and how often, the access key of a base account is replaced.
 *
 * A rotation of Secrets Manager makes a second key, waits until AWS accepts it every time, hands it to the service, reads the
 * service back and only then makes it the current one. The replaced key stays active for `retireAfter`, is then made inactive,
 * and is deleted, all by a daily run. A key that was used after it was replaced is not taken away: the metric `OldKeyInUse` tells
 * of it. When a rotation fails, the current key goes on working.
 *
 * To rotate now: `aws secretsmanager rotate-secret --secret-id <ARN of the key's secret>`.
 *
 * @example
 * const monthly = KeyRotation.every(Duration.days(30), { retireAfter: Duration.days(3) });
 */
export class KeyRotation {
  /**
   * A new key in this interval.
   *
   * @param interval time from one rotation to the next; whole days are counted in days, everything else in hours. Throws unless it is in whole
   * hours from 4 hours to 999 days (limits of Secrets Manager's schedules, `RotationRulesType`). A token passes if it is in hours or days.
   * @param options what becomes of the replaced key. Throws for a time under 4 hours, or not 2 days shorter than the interval. Tokens
   * pass if they are in seconds.
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
   * The key stays until somebody replaces it. There are no metrics, and the function that speaks to the service has no right on keys. It
   * runs daily only where a person may have to enter the key, to look for that.
   */
  public static disabled(): KeyRotation {
    return new KeyRotation();
  }

  /**
   * None without rotation.
   *
   * @internal
   */
  public readonly _times?: RotationTimes;

  private constructor(times?: RotationTimes) {
    this._times = times;
  }
}

const SHORTEST = Duration.hours(4);
/** From the end of `retireAfter`: up to a day until the daily run, and a day until the key is deleted. */
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
  if (!isWithin(SHORTEST, time)) throw new Error(`${name} must be at least 4 hours, got ${inWords(time)}: IAM tells of a use of the old key with a delay of up to hours`);
  if (!shortest.isUnresolved() && !isWithin(shortest, time)) throw new Error(`${name} must be at least as long as retireAfter, ${inWords(shortest)}, got ${inWords(time)}`);
  if (!interval.isUnresolved() && !isWithin(time.plus(UNTIL_DELETED), interval)) {
    throw new Error(`${name} must be at least ${inWords(UNTIL_DELETED)} shorter than the interval of the rotation, ${inWords(interval)}, got ${inWords(time)}: AWS allows two access keys a user, and the `
      + `next rotation needs the second one, while a daily run makes the replaced key inactive and deletes it the day after. Rotate less often, or give a shorter ${name}`);
  }
}
