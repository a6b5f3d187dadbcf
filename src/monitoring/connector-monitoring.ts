import { Aws, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { GraphWidget, IWidget, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ConnectorMonitoringProps } from './connector-monitoring-props';
import { takeMonitoredPlace } from './private/monitored-places';
import { accountOf, checkInterval, inputDefects, monitoredType } from './private/monitoring-checks';
import { MonitoringMetrics } from './private/monitoring-metrics';
import { checkChina } from '../connector/private/connector-checks';
import { connectorHandler } from '../connector/private/connector-handler';
import { isAwaited } from '../private/base-account-places';
import { pinned } from '../private/handler-function';
import { A_REGISTRATION, A_SERVICE, checkRequired } from '../private/required';
import { schedule } from '../private/schedule';
import { AccountType } from '../service/account-type';
import { MONITOR_TASK, MonitorEvent } from '../wire/monitoring';

/** The longest list in the function's environment, in characters. The environment has room for 4 KB in all. */
const LONGEST_LIST = 500;

/**
 * Checks at intervals whether the connectors at the service read their accounts:
 *
 * - whether their last runs succeeded;
 * - whether somebody has deleted or disabled a connector of this stack by hand;
 * - with a `registration`, whether the service still calls from the base account.
 *
 * Make one for each stack with connectors, platform and account type. A rule runs the function of the stack's connectors for it. A check
 * writes all of its metrics or none: when it cannot read the service or CloudFormation, it writes no metrics, and the heartbeat is missing.
 * The log has a line for each connector that fails or is missing, up to 20 of each.
 *
 * The check repairs nothing. It does one thing at the service: it runs a connector once that was made while its base account waited for a
 * person, and was therefore never run.
 *
 * If somebody narrows a role's trust, its connector fails. If somebody widens it, the check does not see that: watch
 * `UpdateAssumeRolePolicy` in CloudTrail, or use IAM Access Analyzer.
 *
 * @example
 * const monitoring = new ConnectorMonitoring(connectors, 'Monitoring', { service, registration: baseAccount.registration });
 * new ConnectorAlarms(connectors, 'ConnectorAlarms', {
 *   monitoring,
 *   actions: [new cloudwatch_actions.SnsAction(new sns.Topic(connectors, 'Operators'))],
 * });
 */
export class ConnectorMonitoring extends MonitoringMetrics {
  /** The account type of the checked connectors. */
  public readonly accountType: AccountType;

  /** The time between two checks. */
  public readonly interval: Duration;

  /** The function that runs the checks. It serves all connectors of the stack. */
  public readonly handler: IFunction;

  /**
   * The base account to check, if any, and whether its key may wait for a person.
   *
   * @internal
   */
  public readonly _baseAccount?: { readonly mayWaitForPerson: boolean };

  /** @internal */
  public readonly _apiServer: string;

  /**
   * Makes the check. Throws for
   *
   * - an interval that is a token, or is not from 1 hour to 1 day in whole minutes;
   * - a registration on another platform or of another account type;
   * - a second monitoring of this platform and account type in the stack;
   * - a service with another network, or a log retention, than the stack's connectors have.
   *
   * @param scope the construct that contains this one
   * @param id an ID that is unique in `scope`; logical IDs contain it, so a change of it replaces the resources
   * @param props what to check, and how often
   */
  public constructor(scope: Construct, id: string, props: ConnectorMonitoringProps) {
    super(scope, id);
    checkRequired(props, { service: A_SERVICE, ...props.registration !== undefined && { registration: A_REGISTRATION } });
    const { service, registration, interval = Duration.hours(4) } = props;
    const { platform } = service;
    const stack = Stack.of(this);
    this.interval = checkInterval(interval);
    this.accountType = monitoredType(this, platform, registration, props.accountType);
    this._apiServer = platform.apiServer;
    if (this.accountType.name === AccountType.CHINA.name) checkChina(platform, {});
    const place = { apiServer: platform.apiServer, accountType: this.accountType.name };
    takeMonitoredPlace(this, place);
    this._baseAccount = registration && { mayWaitForPerson: isAwaited(registration, place) };

    const { handler, access } = connectorHandler(this, service, props.logRetention);
    this.handler = handler.function;
    handler.takePolicy(this);
    const policy = new ManagedPolicy(this, 'Access', {
      description: 'Lets a function of cdk-qualys-connectors list the resources of its own stack.',
      roles: [handler.role],
      statements: [new PolicyStatement({ actions: ['cloudformation:ListStackResources'], resources: [Aws.STACK_ID] })],
    });
    const type = { AccountType: this.accountType._name };
    const BaseAccountId = registration && accountOf(this, registration);
    // The environment fixes what the schedule may ask for. A caller cannot choose it.
    handler.monitor(service, () => {
      const disabled = handler.disabledAt(place);
      return { ...type, BaseAccountId, DisabledInCode: disabled && pinned(stack, disabled, LONGEST_LIST) };
    });
    const input = () => stack.toJsonString({
      Task: MONITOR_TASK, ApiServer: platform.apiServer, ...type, DisabledInCode: handler.disabledAt(place),
    } satisfies MonitorEvent);
    this.node.defaultChild = schedule(this, 'Schedule', {
      handler,
      description: `Check of Qualys connectors (${this.accountType.label}).`,
      expression: Schedule.rate(this.interval).expressionString,
      input: Lazy.string({ produce: input }),
      needs: [access, policy],
    });
    this.node.addValidation({ validate: () => inputDefects(this, stack.resolve(input()), handler.disabledAt(place)) });
  }

  /**
   * Returns a graph of the metrics, for your dashboard. The connectors are on the left axis, the heartbeat and the base account on the right one. The
   * status of the alarms is in `ConnectorAlarms.widgets()`.
   */
  public widgets(): IWidget[] {
    // AWS CDK leaves these values out of a metric, because they are its defaults. The graph has period and statistic once, for all of its metrics.
    const asInGraph = { period: Duration.minutes(5), statistic: Stats.AVERAGE };
    return [new GraphWidget({
      title: `Qualys connectors (${this.accountType.label})`,
      width: 24,
      period: this.interval,
      statistic: Stats.MAXIMUM,
      left: [this.metricConnectors(asInGraph), this.metricFailingConnectors(asInGraph), this.metricMissingConnectors(asInGraph)],
      right: [this.metricHeartbeat(asInGraph), ...this._baseAccount ? [this.metricBaseAccountMissing(asInGraph)] : []],
    })];
  }
}
