import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, IAlarmAction, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { IBaseAccountRegistration } from './base-account-registration-attributes';
import { A_REGISTRATION, checkRequired } from '../private/required';
import { inRunbook } from '../private/runbook';
import { inWords, isWithin, RotationTimes } from './private/rotation/rotation-times';

/** Properties of {@link BaseAccountAlarms}. */
export interface BaseAccountAlarmsProps {
  /** The registration to watch, of this app or another one. It must have a rotation. */
  readonly registration: IBaseAccountRegistration;

  /**
   * What happens when an alarm goes off, e.g. a message to a topic.
   *
   * @default - nothing but the alarm's state
   */
  readonly actions?: IAlarmAction[];

  /**
   * The oldest that the current key may become: longer than the interval of the rotation.
   *
   * @default - the interval of the rotation and 7 days; required when the interval is a token, or another app made the registration
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
 * Each description names the heading of RUNBOOK.md that says what to do. As there is one value a day, an alarm is up to a day late. The one on the missing daily
 * run goes off after two days at the least, as CloudWatch looks back for a value a little longer, and can be in alarm from the
 * first deployment until the first run.
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

  /** The daily run has not come to its end for two days or more. */
  public readonly heartbeatMissing: Alarm;

  private readonly actions: IAlarmAction[];

  /**
   * Makes the alarms. Throws for a registration without rotation, which has no daily run and no metrics, and for a `maxKeyAge` that is not
   * longer than the interval of the rotation.
   *
   * @param scope the construct that this one stands in
   * @param id an ID of its own in `scope`; logical IDs are made of it, so that another one replaces the resources
   * @param props what is watched, and whom the alarms tell
   */
  public constructor(scope: Construct, id: string, props: BaseAccountAlarmsProps) {
    super(scope, id);
    checkRequired(props, { registration: A_REGISTRATION });
    const { registration, maxOldKeyUse = Duration.days(7), maxConsoleWait = Duration.days(3) } = props;
    const maxKeyAge = keyAgeLimit(registration, props.maxKeyAge);
    this.actions = props.actions ?? [];

    this.keyAge = this.above('KeyAge', registration.metricKeyAge(), maxKeyAge.toDays({ integral: false }),
      `The access key of the Qualys base account is older than ${inWords(maxKeyAge)}: it was not rotated in time.`);
    this.oldKeyInUse = this.above('OldKeyInUse', registration.metricOldKeyInUse(), maxOldKeyUse.toDays({ integral: false }),
      `The replaced access key of the Qualys base account was still used more than ${inWords(maxOldKeyUse)} after the rotation, so it is not retired.`);
    this.awaitingConsole = this.above('AwaitingConsole', registration.metricAwaitingConsole(), maxConsoleWait.toDays({ integral: false }),
      `An access key of the Qualys base account has waited more than ${inWords(maxConsoleWait)} for a person to enter it at the Qualys console.`);
    this.rotationFailed = this.above('RotationFailed', registration.metricRotationFailed(), 0,
      'The last rotation of the access key of the Qualys base account failed; the current key goes on working.');
    this.foreignKeys = this.above('ForeignKeys', registration.metricForeignKeys(), 0,
      'The IAM user of the Qualys base account has an access key that this library has not made: whoever has it gets into every role that trusts the user. The log of the daily run names it.');
    // Two days: the runs are a day and some seconds apart, so that a day may hold none.
    this.heartbeatMissing = this.alarm('HeartbeatMissing', registration.metricHeartbeat(), {
      threshold: 1,
      evaluationPeriods: 2,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.BREACHING,
      alarmDescription: 'The daily run for the Qualys base account did not come to its end for two days or more: old access keys are not retired, and the other alarms are blind.',
    });
  }

  private above(id: string, metric: Metric, threshold: number, alarmDescription: string): Alarm {
    return this.alarm(id, metric, {
      threshold,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription,
    });
  }

  private alarm(id: string, metric: Metric, options: Parameters<Metric['createAlarm']>[2]): Alarm {
    const alarm = metric.createAlarm(this, id, { ...options, alarmDescription: `${options.alarmDescription} ${inRunbook('BaseAccountAlarms', id)}` });
    alarm.addAlarmAction(...this.actions);
    return alarm;
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
