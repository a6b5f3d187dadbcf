import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, IAlarmAction, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { ConnectorFleet } from './connector-fleet';
import { A_FLEET, checkRequired } from '../private/required';
import { inRunbook } from '../private/runbook';

/** Properties of {@link ConnectorFleetAlarms}. */
export interface ConnectorFleetAlarmsProps {
  /** The fleet to watch. */
  readonly fleet: ConnectorFleet;

  /**
   * What happens when an alarm goes off, e.g. a message to a topic.
   *
   * @default - nothing but the alarm's state
   */
  readonly actions?: IAlarmAction[];

  /**
   * How long an account may wait for its connector: longer than a first onboarding takes.
   *
   * @default Duration.days(1)
   */
  readonly maxWait?: Duration;
}

/**
 * Alarms on a fleet, from the metrics of its runs. Each description names the heading of RUNBOOK.md that says what to do.
 *
 * @example
 * const topic = new sns.Topic(this, 'Operators');
 * new ConnectorFleetAlarms(this, 'Alarms', { fleet, actions: [new cloudwatch_actions.SnsAction(topic)] });
 */
export class ConnectorFleetAlarms extends Construct {
  /** A run stopped for all accounts. */
  public readonly stopped: Alarm;

  /** Accounts need a person. */
  public readonly problems: Alarm;

  /** An account has waited longer than `maxWait`. */
  public readonly waiting: Alarm;

  /** No run came to its end for half an hour. */
  public readonly heartbeatMissing: Alarm;

  private readonly actions: IAlarmAction[];

  /**
   * Makes the alarms. Throws for a `maxWait` that is not above zero.
   *
   * @param scope the construct that this one stands in
   * @param id an ID of its own in `scope`; logical IDs are made of it, so that another one replaces the resources
   * @param props what is watched, and whom the alarms tell
   */
  public constructor(scope: Construct, id: string, props: ConnectorFleetAlarmsProps) {
    super(scope, id);
    checkRequired(props, { fleet: A_FLEET });
    const { fleet, maxWait = Duration.days(1) } = props;
    if (!maxWait.isUnresolved() && maxWait.toMilliseconds() <= 0) throw new Error(`maxWait must be longer than nothing, got ${maxWait.toHumanString()}: a fleet of 10,000 accounts takes two days`);
    this.actions = props.actions ?? [];
    this.stopped = this.above('Stopped', fleet.metricStopped(), 0, 1,
      'The fleet of Qualys connectors has stopped for all accounts: the service refuses, the list of accounts is empty, or too many accounts have left at the same time.');
    this.problems = this.above('Problems', fleet.metricProblems(), 0, 2,
      'Accounts of the fleet of Qualys connectors need a person: the role did not come, it stands in an excluded account, or the service refuses the connector.');
    this.waiting = this.above('Waiting', fleet.metricOldestWaiting(), maxWait.toDays({ integral: false }), 1,
      `An account of the fleet of Qualys connectors has waited for its connector for more than ${maxWait.toHumanString()}: its role is still on its way, or the calls an hour do not suffice.`);
    this.heartbeatMissing = this.alarm('HeartbeatMissing', fleet.metricHeartbeat(), {
      threshold: 1,
      evaluationPeriods: 2,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.BREACHING,
      alarmDescription: 'No run of the fleet of Qualys connectors came to its end for half an hour: accounts that join are not connected, and the other alarms are blind.',
    });
  }

  private above(id: string, metric: Metric, threshold: number, evaluationPeriods: number, alarmDescription: string): Alarm {
    return this.alarm(id, metric, {
      threshold,
      evaluationPeriods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription,
    });
  }

  private alarm(id: string, metric: Metric, options: Parameters<Metric['createAlarm']>[2]): Alarm {
    const alarm = metric.createAlarm(this, id, { ...options, alarmDescription: `${options.alarmDescription} ${inRunbook('ConnectorFleetAlarms', id)}` });
    alarm.addAlarmAction(...this.actions);
    return alarm;
  }
}
