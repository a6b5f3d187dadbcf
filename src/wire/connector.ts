/** What crosses the wire for connectors: every scalar is a string. */
import type { AccountTypeName } from './account-types';
import type { Flag, ServiceProperties } from './common';
import { hostInName } from './hosts';

export const CONNECTOR_RESOURCE_TYPE = 'Custom::QualysConnector';

/** The beginning of the mark that the handler adds to a description. The mark says whose the connector is. */
export const OWNER_MARK = '[cdk-qualys-connectors ';

/** Environment variable of the connectors' function with the services that it may speak to: a list of {@link ServiceProperties} as JSON. */
export const SERVICES_VARIABLE = 'SERVICES';

/**
 * Environment variable of the connectors' function with the base accounts whose key may wait for a person: a list of
 * `<API server> <account type>` as JSON. Set only if there is one.
 */
export const AWAITED_VARIABLE = 'AWAITED';

/** Where the notes on connectors stand in Parameter Store. */
export const CONNECTOR_NOTE_PREFIX = '/cdk-qualys-connectors/connector';

/**
 * The folder with the notes of a stack on the connectors of one platform, by the host of its API server. A name may not have the colon
 * before a port.
 */
export function connectorNotesAt(stackName: string, host: string): string {
  return `${CONNECTOR_NOTE_PREFIX}/${stackName}/${hostInName(host)}`;
}

/** The beginning of the physical ID of a connector's resource. The host of the API server and the role's ARN follow. */
const CONNECTOR_ID_PREFIX = 'qualys-connector:';

/** The physical ID of a connector's resource. The role stands for the connected account: another one is another connector. */
export function connectorPhysicalId(host: string, roleArn: string): string {
  return `${CONNECTOR_ID_PREFIX}${host}:${roleArn}`;
}

/** The role of the connector that has this physical ID, if the connector is at this host; undefined for others, and for the ID of a create that failed. */
export function roleOfPhysicalId(physicalId: string, host: string): string | undefined {
  const start = connectorPhysicalId(host, 'arn:');
  return physicalId.startsWith(start) ? physicalId.slice(start.length - 'arn:'.length) : undefined;
}

/** Apps of the service that a connector feeds: Asset Inventory, Cloud Inventory, Cloud Security Assessment. */
export type ConnectorAppName = 'AI' | 'CI' | 'CSA';

/** Modules that are activated for the assets that a connector finds. */
export type ActivationModuleName = 'VM' | 'PC' | 'SCA' | 'CERTVIEW' | 'CLOUDVIEW' | 'CSA';

/** A tag of the service, by one of the two. */
export interface TagProperties {
  readonly Id?: string;
  readonly Name?: string;
}

/** The settings of connectors at the service, without the account that they read. */
export interface ConnectorSettingsProperties {
  readonly Modules: ConnectorAppName[];
  /** Absent: not sent, and the service keeps its setting. */
  readonly Activation?: ActivationModuleName[];
  /** Region codes. Absent: all regions. */
  readonly Regions?: string[];
  /** Minutes between two runs, 60 to 1440. */
  readonly PollingMinutes: string;
  /** Absent: not sent. */
  readonly DefaultTags?: TagProperties[];
  /** Absent: not sent. */
  readonly Remediation?: Flag;
  /** Absent: not sent. */
  readonly PerimeterScan?: Flag;
  readonly AdoptExisting: Flag;
}

export interface ConnectorProperties extends ConnectorSettingsProperties {
  readonly SchemaVersion: string;
  readonly Service: ServiceProperties;
  readonly AccountType: AccountTypeName;
  readonly Name: string;
  /** The user's description. The handler adds the mark. */
  readonly Description?: string;
  readonly RoleArn: string;
  readonly ExternalId: string;
  readonly Enabled: Flag;
  /** What a failed run does: it fails the deployment (`FAIL`) or is shown in an attribute (`WARN`). With `NONE` the connector is not run. */
  readonly Verification: 'FAIL' | 'WARN' | 'NONE';
}

/** Names of the attributes that the handler answers with; `UNKNOWN` stands for what the service does not show. */
export const CONNECTOR_ATTRIBUTES = {
  connectorId: 'ConnectorId',
  qualysAccountId: 'QualysAwsAccountId',
  connectorState: 'State',
  /** In words: `SUCCEEDED: ...` with the account that the role was assumed from, `FAILED: ...` with the reason, or `NOT RUN: ...`. */
  verificationResult: 'Verification',
} as const;

export const ACCOUNT_LOOKUP_RESOURCE_TYPE = 'Custom::QualysAccountLookup';

export interface AccountLookupProperties {
  readonly SchemaVersion: string;
  readonly Service: ServiceProperties;
  readonly AccountType: AccountTypeName;
}

/** Names of the attributes that the handler answers with. */
export const ACCOUNT_LOOKUP_ATTRIBUTES = { accountId: 'AccountId' } as const;
