import { Duration, Token } from 'aws-cdk-lib';
import { Alarm, AlarmStatusWidget, IAlarmAction, IWidget, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { ConnectorMonitoring } from './connector-monitoring';
import { AlarmMaker } from '../private/metrics';
import { A_MONITORING, checkRequired } from '../private/required';

/** Properties of {@link ConnectorAlarms}. */
export interface ConnectorAlarmsProps {
  /** The monitoring whose metrics the alarms watch. */
  readonly monitoring: ConnectorMonitoring;

  /**
   * How many connectors may fail before the alarm goes off: a whole number, 0 or above. Raise it if some accounts are always broken.
   *
   * @default 0
   */
  readonly maxFailing?: number;

  /**
   * What happens when an alarm goes off, e.g. a message to a topic.
   *
   * @default - only the state of the alarm changes
   */
  readonly actions?: IAlarmAction[];
}

/**
 * Alarms on the connectors of a subscription, from the metrics of a {@link ConnectorMonitoring}.
 *
 * Each description names the heading of RUNBOOK.md that says what to do.
 *
 * An alarm goes off after two checks in a row, so a deployment during one check is no alarm. All of the periods have to be over the limit
 * (`datapointsToAlarm` has its default). When a check cannot read the service, the alarms keep their state, and the alarm on the missing
 * heartbeat goes off. It does so after two intervals at the earliest, because CloudWatch looks back a little further for a value. It can be
 * in alarm from the first deployment until the first check.
 *
 * CloudWatch sends an event to EventBridge for every change of an alarm's state ("CloudWatch Alarm State Change"). The library sends no
 * events of its own.
 *
 * @example
 * new ConnectorAlarms(this, 'ConnectorAlarms', {
 *   monitoring: new ConnectorMonitoring(this, 'Monitoring', { service }),
 *   maxFailing: 3,
 * });
 */
export class ConnectorAlarms extends Construct {
  /** More connectors than `maxFailing` failed their last run. */
  public readonly failing: Alarm;

  /** A connector of the stack was deleted or disabled by hand. */
  public readonly missing: Alarm;

  /** The check was not completed for two intervals or more. */
  public readonly heartbeatMissing: Alarm;

  /** The service calls from another account than the base account. Undefined if the monitoring has no registration. */
  public readonly baseAccountMissing?: Alarm;

  /**
   * Makes the alarms. Throws for a `maxFailing` that is not a whole number, or is below 0.
   *
   * @param scope the construct that contains this one
   * @param id an ID that is unique in `scope`; logical IDs contain it, so a change of it replaces the resources
   * @param props what is watched, and whom the alarms tell
   */
  public constructor(scope: Construct, id: string, props: ConnectorAlarmsProps) {
    super(scope, id);
    checkRequired(props, { monitoring: A_MONITORING });
    const { monitoring, maxFailing = 0 } = props;
    checkMaxFailing(maxFailing);
    const alarms = new AlarmMaker(this, 'ConnectorAlarms', TreatMissingData.IGNORE, props.actions);
    const { accountType: { label }, interval } = monitoring;

    this.failing = alarms.above('Failing', monitoring.metricFailingConnectors(), {
      threshold: maxFailing,
      periods: 2,
      says: `${maxFailing === 0 ? 'Qualys connectors' : `More than ${maxFailing} Qualys connectors`} (${label}) did not read their accounts in their last run. ${whichOnes('failing')}`,
    });
    this.missing = alarms.above('Missing', monitoring.metricMissingConnectors(), {
      threshold: 0,
      periods: 2,
      says: `Qualys connectors (${label}) of this stack were deleted or disabled at the service. ${whichOnes('missing')}`,
    });
    if (monitoring._baseAccount) {
      const aDay = Math.ceil(Duration.days(1).toMinutes() / interval.toMinutes());
      const periods = monitoring._baseAccount.mayWaitForPerson ? Math.max(2, aDay) : 2;
      this.baseAccountMissing = alarms.above('BaseAccountMissing', monitoring.metricBaseAccountMissing(), {
        threshold: 0,
        periods,
        says: `The Qualys connector service calls connectors (${label}) from another AWS account than the base account: its entry is gone, was replaced, or still waits for a person.`,
      });
    }
    this.heartbeatMissing = alarms.heartbeatMissing(monitoring.metricHeartbeat(),
      `The check of Qualys connectors (${label}) did not end for two intervals: other alarms are blind.`);
  }

  /** Returns a widget with the status of the alarms, for your dashboard. The graph is in `ConnectorMonitoring.widgets()`. */
  public widgets(): IWidget[] {
    const alarms = [this.failing, this.missing, ...this.baseAccountMissing ? [this.baseAccountMissing] : [], this.heartbeatMissing];
    return [new AlarmStatusWidget({ title: 'Qualys connectors', width: 24, alarms })];
  }
}

/** The query of CloudWatch Logs Insights that shows the connectors of an alarm. */
function whichOnes(outcome: string): string {
  return `Which: filter outcome = '${outcome}' in their function's log.`;
}

function checkMaxFailing(maxFailing: number): void {
  if (Token.isUnresolved(maxFailing) || (Number.isInteger(maxFailing) && maxFailing >= 0)) return;
  throw new Error(`maxFailing must be a whole number, 0 or above, got ${maxFailing}: give the number of connectors that may fail`);
}
