import { AccountType } from './account-type';

export type ConnectorState = 'PENDING' | 'QUEUED' | 'RUNNING' | 'FINISHED_SUCCESS' | 'FINISHED_ERRORS' | 'DISABLED';

export interface ConnectorAppInfo {
  /** AI, CI or CSA. */
  readonly name: string;
  readonly identifier: string;
}

/** What a caller can set. All of it is optional: an ARN may come later. */
export interface ConnectorSettings {
  readonly name?: string;
  readonly description?: string;
  readonly arn?: string;
  readonly externalId?: string;
  readonly allRegions?: boolean;
  /** Region codes, when not all regions are meant. */
  readonly endpoints?: readonly string[];
  readonly disabled?: boolean;
  /** Minutes. */
  readonly runFrequency?: number;
  readonly isRemediationEnabled?: boolean;
  readonly isGovCloudConfigured?: boolean;
  /** Only CloudView can set it. */
  readonly isChinaConfigured?: boolean;
  /** Only CloudView can set it. */
  readonly isPortalConnector?: boolean;
  readonly activation?: readonly string[];
  /** Tag IDs. */
  readonly defaultTags?: readonly number[];
  readonly connectorAppInfos?: readonly ConnectorAppInfo[];
  readonly isCPSEnabled?: boolean;
  readonly connectorScanSetting?: unknown;
  readonly connectorScanConfig?: unknown;
}

export interface Connector {
  readonly id: number;
  /** The connector's ID in CloudView. */
  readonly cloudviewUuid: string;
  settings: ConnectorSettings;
  state: ConnectorState;
  lastError?: string;
  /** Milliseconds since 1970. */
  lastSync?: number;
  isDeleted: boolean;
  isAttachedToOrgConnector: boolean;
}

export function accountTypeOf({ settings }: Connector): AccountType {
  if (settings.isChinaConfigured) return 'China';
  return settings.isGovCloudConfigured ? 'Gov' : 'Global';
}

/** The account in the role's ARN. */
export function awsAccountIdOf({ settings }: Connector): string | undefined {
  return settings.arn?.split(':')[4];
}

export function nextSyncOf({ lastSync, settings }: Connector): number | undefined {
  return lastSync === undefined ? undefined : lastSync + (settings.runFrequency ?? 240) * 60_000;
}
