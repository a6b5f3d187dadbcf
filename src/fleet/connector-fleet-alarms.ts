import { Duration } from 'aws-cdk-lib';
import { Alarm, IAlarmAction, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { ConnectorFleet } from './connector-fleet';
import { AlarmMaker } from '../private/metrics';
import { A_FLEET, checkRequired } from '../private/required';

/** Properties of {@link ConnectorFleetAlarms}. */
export interface ConnectorFleetAlarmsProps {
  /** The fleet to watch. */
  readonly fleet: ConnectorFleet;

  /**
   * What happens when an alarm goes off, e.g. a message to a topic.
   *
   * @default - only the state of the alarm changes
   */
  readonly actions?: IAlarmAction[];

  /**
   * The longest time that an account may wait for its connector, above zero. Set it longer than a first onboarding takes.
   *
   * @default Duration.days(1)
   */
  readonly maxWait?: Duration;
}

/**
 * Alarms on a fleet, from the metrics of its runs.
 *
 * Each description names the heading of RUNBOOK.md that says what to do.
 *
 * @example
 * const topic = new sns.Topic(this, 'Operators');
 * new ConnectorFleetAlarms(this, 'Alarms', { fleet, actions: [new cloudwatch_actions.SnsAction(topic)] });
 */
export class ConnectorFleetAlarms extends Construct {
  /** The fleet has stopped for all accounts. */
  public readonly stopped: Alarm;

  /** Accounts need a person, in two periods in a row. */
  public readonly problems: Alarm;

  /** An account has waited longer than `maxWait`. */
  public readonly waiting: Alarm;

  /** No run was completed for half an hour. */
  public readonly heartbeatMissing: Alarm;

  /**
   * Makes the alarms. Throws for a `maxWait` that is not above zero.
   *
   * @param scope the construct that contains this one
   * @param id an ID that is unique in `scope`; logical IDs contain it, so a change of it replaces the resources
   * @param props what is watched, and whom the alarms tell
   */
  public constructor(scope: Construct, id: string, props: ConnectorFleetAlarmsProps) {
    super(scope, id);
    checkRequired(props, { fleet: A_FLEET });
    const { fleet, maxWait = Duration.days(1) } = props;
    if (!maxWait.isUnresolved() && maxWait.toMilliseconds() <= 0) throw new Error(`maxWait must be longer than nothing, got ${maxWait.toHumanString()}: a fleet of 10,000 accounts takes two days`);
    const alarms = new AlarmMaker(this, 'ConnectorFleetAlarms', TreatMissingData.NOT_BREACHING, props.actions);
    this.stopped = alarms.above('Stopped', fleet.metricStopped(), {
      threshold: 0,
      periods: 1,
      says: 'The fleet of Qualys connectors has stopped for all accounts: the service refuses, the list of accounts is empty, or too many accounts have left at the same time.',
    });
    this.problems = alarms.above('Problems', fleet.metricProblems(), {
      threshold: 0,
      periods: 2,
      says: 'Accounts of the fleet of Qualys connectors need a person: the role did not come, it stands in an excluded account, or the service refuses the connector.',
    });
    this.waiting = alarms.above('Waiting', fleet.metricOldestWaiting(), {
      threshold: maxWait.toDays({ integral: false }),
      periods: 1,
      says: `An account of the fleet of Qualys connectors has waited for its connector for more than ${maxWait.toHumanString()}: its role is still on its way, or the calls an hour do not suffice.`,
    });
    this.heartbeatMissing = alarms.heartbeatMissing(fleet.metricHeartbeat(),
      'No run of the fleet of Qualys connectors came to its end for half an hour: accounts that join are not connected, and the other alarms are blind.');
  }
}
