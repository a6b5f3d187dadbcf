import { Duration } from 'aws-cdk-lib';
import { Alarm, IAlarmAction, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { IBaseAccountRegistration } from './base-account-registration-attributes';
import { AlarmMaker } from '../private/metrics';
import { A_REGISTRATION, checkRequired } from '../private/required';
import { inWords, isWithin, RotationTimes } from './private/rotation/rotation-times';

/** Properties of {@link BaseAccountAlarms}. */
export interface BaseAccountAlarmsProps {
  /** The registration to watch, of this app or of another one. It must have a rotation. */
  readonly registration: IBaseAccountRegistration;

  /**
   * What happens when an alarm goes off, e.g. a message to a topic.
   *
   * @default - only the state of the alarm changes
   */
  readonly actions?: IAlarmAction[];

  /**
   * Highest age of the current key. It has to be longer than the interval of the rotation.
   *
   * @default - the interval of the rotation plus 7 days; required when the interval is a token, or another app made the registration
   */
  readonly maxKeyAge?: Duration;

  /**
   * How long after a rotation the old key may still be used.
   *
   * @default Duration.days(7)
   */
  readonly maxOldKeyUse?: Duration;

  /**
   * How long a key may wait for a person to enter it at the console.
   *
   * @default Duration.days(3)
   */
  readonly maxConsoleWait?: Duration;
}

/**
 * Alarms on the key of a base account, from the metrics of the registration's daily run.
 *
 * Each description names the heading of RUNBOOK.md that says what to do. An alarm is up to a day late, because there is one value a day.
 * The alarm on the missing daily run goes off after two days at the earliest, because CloudWatch looks back a little further for a value.
 * It can be in alarm from the first deployment until the first run.
 *
 * @example
 * const topic = new sns.Topic(this, 'Operators');
 * new BaseAccountAlarms(this, 'Alarms', {
 *   registration: baseAccount.registration,
 *   actions: [new cloudwatch_actions.SnsAction(topic)],
 * });
 */
export class BaseAccountAlarms extends Construct {
  /** The current key is older than `maxKeyAge`. */
  public readonly keyAge: Alarm;

  /** The old key is still used after `maxOldKeyUse`. */
  public readonly oldKeyInUse: Alarm;

  /** A key has waited for a person longer than `maxConsoleWait`. */
  public readonly awaitingConsole: Alarm;

  /** The last rotation failed. */
  public readonly rotationFailed: Alarm;

  /** The user has an access key that this library has not made. */
  public readonly foreignKeys: Alarm;

  /** The daily run was not completed for two days or more. */
  public readonly heartbeatMissing: Alarm;

  /**
   * Makes the alarms. Throws for a registration without rotation, which has no daily run and no metrics, and for a `maxKeyAge` that is not
   * longer than the interval of the rotation.
   *
   * @param scope the construct that contains this one
   * @param id an ID that is unique in `scope`; logical IDs contain it, so a change of it replaces the resources
   * @param props what is watched, and whom the alarms tell
   */
  public constructor(scope: Construct, id: string, props: BaseAccountAlarmsProps) {
    super(scope, id);
    checkRequired(props, { registration: A_REGISTRATION });
    const { registration, maxOldKeyUse = Duration.days(7), maxConsoleWait = Duration.days(3) } = props;
    const maxKeyAge = keyAgeLimit(registration, props.maxKeyAge);
    const alarms = new AlarmMaker(this, 'BaseAccountAlarms', TreatMissingData.NOT_BREACHING, props.actions);

    this.keyAge = alarms.above('KeyAge', registration.metricKeyAge(), {
      threshold: maxKeyAge.toDays({ integral: false }),
      periods: 1,
      says: `The access key of the Qualys base account is older than ${inWords(maxKeyAge)}: it was not rotated in time.`,
    });
    this.oldKeyInUse = alarms.above('OldKeyInUse', registration.metricOldKeyInUse(), {
      threshold: maxOldKeyUse.toDays({ integral: false }),
      periods: 1,
      says: `The replaced access key of the Qualys base account was still used more than ${inWords(maxOldKeyUse)} after the rotation, so it is not retired.`,
    });
    this.awaitingConsole = alarms.above('AwaitingConsole', registration.metricAwaitingConsole(), {
      threshold: maxConsoleWait.toDays({ integral: false }),
      periods: 1,
      says: `An access key of the Qualys base account has waited more than ${inWords(maxConsoleWait)} for a person to enter it at the Qualys console.`,
    });
    this.rotationFailed = alarms.above('RotationFailed', registration.metricRotationFailed(), {
      threshold: 0,
      periods: 1,
      says: 'The last rotation of the access key of the Qualys base account failed; the current key goes on working.',
    });
    this.foreignKeys = alarms.above('ForeignKeys', registration.metricForeignKeys(), {
      threshold: 0,
      periods: 1,
      says: 'The IAM user of the Qualys base account has an access key that this library has not made: whoever has it gets into every role that trusts the user. The log of the daily run names it.',
    });
    this.heartbeatMissing = alarms.heartbeatMissing(registration.metricHeartbeat(),
      'The daily run for the Qualys base account did not come to its end for two days or more: old access keys are not retired, and the other alarms are blind.');
  }
}

function keyAgeLimit(registration: IBaseAccountRegistration, given?: Duration): Duration {
  const isKnown = '_rotation' in registration;
  const { _rotation: times } = registration as { readonly _rotation?: RotationTimes };
  if (isKnown && !times) {
    throw new Error(`registration must have a rotation, got ${registration.node.path} with KeyRotation.disabled(): without it there is no daily run that writes metrics. `
      + 'Give it KeyRotation.every(), or leave the alarms out');
  }
  const interval = times?.interval;
  if (interval === undefined || interval.isUnresolved()) {
    if (given !== undefined) return given;
    const why = interval === undefined ? `another app made ${registration.node.path}, whose interval is not known here` : 'the interval of the rotation is a token';
    throw new Error(`maxKeyAge must be given, because ${why}: give the interval and some days`);
  }
  if (given !== undefined && !given.isUnresolved() && isWithin(given, interval)) {
    throw new Error(`maxKeyAge must be longer than the interval of the rotation, ${inWords(interval)}, got ${inWords(given)}: `
      + 'the alarm would go off before each rotation');
  }
  return given ?? interval.plus(Duration.days(7));
}
