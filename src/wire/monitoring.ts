/** What crosses the wire for the monitoring of connectors: the input of the rule, what the function is fixed to, and the metrics. */
import type { AccountTypeName } from './account-types';

/** The task of the connectors' function that checks the connectors. */
export const MONITOR_TASK = 'MONITOR';

/** The event of the schedule. The environment has all of it too: {@link MonitoredProperties}. */
export interface MonitorEvent {
  readonly Task: typeof MONITOR_TASK;
  /** Together with the account type it identifies one of the monitored places. */
  readonly ApiServer: string;
  readonly AccountType: AccountTypeName;
  /** Logical IDs of the connectors that the code has disabled. Absent if it has disabled none. */
  readonly DisabledInCode?: string[];
}

/**
 * Environment variable of the connectors' function with what it may be asked to check: a list of {@link MonitoredProperties} as JSON. Set
 * only if there is a monitoring.
 */
export const MONITORED_VARIABLE = 'MONITORED';

export interface MonitoredProperties {
  /** Index of the service in the list of those that the function may call, from 0. */
  readonly Service: string;
  readonly AccountType: AccountTypeName;
  /** The AWS account that the service has to call from. Absent if the base account is not checked. */
  readonly BaseAccountId?: string;
  /** The value in the event, or its hash. */
  readonly DisabledInCode?: string[] | string;
}

/** Dimensions: `Platform` (host of the API server), `AccountType` and `Stack` (its name). Written once a check, in the embedded format. */
export const MONITORING_METRICS = {
  /** Number of connectors of the account type in the subscription, in code or not. */
  connectors: 'Connectors',
  /** Number of these connectors whose last run failed. */
  failingConnectors: 'FailingConnectors',
  /** Number of connectors of this stack that the service does not have any more, or has disabled while the code has not. */
  missingConnectors: 'MissingConnectors',
  /** 1 if the service calls from another account than the base account, 0 otherwise; only with a registration. */
  baseAccountMissing: 'BaseAccountMissing',
  /** 1 for each completed check; written last. */
  heartbeat: 'MonitoringHeartbeat',
} as const;
