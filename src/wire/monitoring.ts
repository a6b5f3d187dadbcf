/** What crosses the wire for the monitoring of connectors: what the rule hands over, what the function is fixed to, and the metrics. */
import type { AccountTypeName } from './account-types';

/** The task of the connectors' function that checks how connectors stand. */
export const MONITOR_TASK = 'MONITOR';

/** What the schedule hands over. All of it stands in the environment, too: {@link MonitoredProperties}. */
export interface MonitorEvent {
  readonly Task: typeof MONITOR_TASK;
  /** With the account type it says which one of the monitored places is meant. */
  readonly ApiServer: string;
  readonly AccountType: AccountTypeName;
  /** Logical IDs of the connectors that the code has disabled. */
  readonly DisabledInCode: string[];
}

/** Environment variable of the connectors' function with what it may be asked to check: a list of {@link MonitoredProperties} as JSON. There only where something is. */
export const MONITORED_VARIABLE = 'MONITORED';

export interface MonitoredProperties {
  /** Where the service stands in the list of those that the function may speak to, from 0. */
  readonly Service: string;
  readonly AccountType: AccountTypeName;
  /** The AWS account that the service has to call from. Absent: the base account is not looked at. */
  readonly BaseAccountId?: string;
  /** What the event has to have there, or its hash. */
  readonly DisabledInCode: string[] | string;
}

/** Dimensions: `Platform` (host of the API server), `AccountType` and `Stack` (its name). Written once a check, in the embedded format. */
export const MONITORING_METRICS = {
  /** Connectors of the account type in the subscription, in code or not. */
  connectors: 'Connectors',
  /** Those whose last run failed. */
  failingConnectors: 'FailingConnectors',
  /** Connectors of this stack that the service does not have any more, or has disabled while the code has not. */
  missingConnectors: 'MissingConnectors',
  /** 1 where the service calls from another account than the base account, 0 otherwise; only with a registration. */
  baseAccountMissing: 'BaseAccountMissing',
  /** 1 a check that came to its end; written last. */
  heartbeat: 'MonitoringHeartbeat',
} as const;
