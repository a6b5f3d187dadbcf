/** What crosses the wire for fleets: connectors for many accounts. */
import type { AccountTypeName } from './account-types';
import type { AccountSourceProperties } from './accounts';
import type { ServiceProperties } from './common';
import type { ConnectorSettingsProperties } from './connector';

export const FLEET_RESOURCE_TYPE = 'Custom::QualysConnectorFleet';

/** What the schedule hands over for a run. */
export const FLEET_RUN_EVENT = { Task: 'FLEET_RUN' } as const;

/** Minutes between two runs. */
export const FLEET_RUN_MINUTES = 5;

/** Environment variable with the name of the table, where the work stands. */
export const TABLE_VARIABLE = 'TABLE';

/** Environment variable of the fleet's function with its {@link DeployedFleetProperties} as JSON: an event, or an item of the table, that asks for something else is refused. */
export const FLEET_VARIABLE = 'FLEET';

/** What is done with the connector of an account that has left. */
export type RemovalActionName = 'KEEP' | 'DISABLE' | 'REMOVE';

export interface FleetProperties extends ConnectorSettingsProperties {
  readonly SchemaVersion: string;
  readonly Service: ServiceProperties;
  readonly AccountType: Exclude<AccountTypeName, 'CHINA'>;
  readonly Sources: AccountSourceProperties[];
  readonly Naming: { readonly By: 'ACCOUNT_ID' | 'ACCOUNT_NAME'; readonly Prefix: string };
  readonly OnAccountRemoval: {
    readonly Action: RemovalActionName;
    /** Seconds between the day that the account is missed and what is done. */
    readonly AfterSeconds: string;
    /** So many accounts on their way out at the same time, and more stop it. */
    readonly MaxAtOnce: string;
  };
  /** Calls of the service in any 3,600 seconds. */
  readonly CallsPerHour: string;
}

/** What the function works on. What is long and known at synth stands there by its hash. */
export interface DeployedFleetProperties {
  readonly Properties: { readonly [Name in keyof FleetProperties]: unknown };
  /** The custom resource whose fleet it is. */
  readonly LogicalId: string;
  /** What the metrics call the fleet. */
  readonly Name: string;
}

/** Names of the attributes that the handler answers with. */
export const FLEET_ATTRIBUTES = {
  accountCount: 'AccountCount',
  /** In words: how long it takes at most until all of them are as they have to be. */
  estimate: 'Estimate',
} as const;

/** Dimensions: `Platform` (host of the API server) and `Fleet`. One line a run, in the embedded format, the heartbeat last. */
export const FLEET_METRICS = {
  /** Accounts that have a connector. */
  connected: 'Connected',
  /** Accounts that have none yet: their role is on its way, or their turn has not come. */
  waiting: 'Waiting',
  /** Days that the account of them has waited that waits longest. */
  oldestWaiting: 'OldestWaiting',
  /** Accounts that need a person: the role did not come, it stands where it must not, or the service refuses the connector. */
  problems: 'Problems',
  /** Connectors of the fleet whose last run failed, as of the last read. */
  failingConnectors: 'FailingConnectors',
  /** Connectors of the fleet that somebody had deleted or disabled, as of the last read. */
  missingConnectors: 'MissingConnectors',
  /** 1 when a run stopped for all accounts, 0 otherwise. */
  stopped: 'Stopped',
  /** 1 a run that came to its end; written last. */
  heartbeat: 'Heartbeat',
} as const;
