import { ServiceAnswer } from './http/errors';
import type { AccountTypeName } from '../../src/wire/account-types';

/** What a caller can set of a connector, of the fields that this library owns. */
export interface ConnectorFields {
  readonly name: string;
  readonly description: string;
  readonly externalId: string;
  /** Apps that the connector feeds: AI, CI, CSA. China: none, CloudView does not know them. */
  readonly modules: readonly string[];
  /** Modules activated for what is found. China: none, as above. */
  readonly activation: readonly string[];
  /** Region codes; `ALL` for all of them. China: all, as above. */
  readonly regions: readonly string[] | 'ALL';
  /** Minutes between two runs. */
  readonly pollingMinutes: number;
  readonly enabled: boolean;
  /** IDs of the tags for what is found. China: none, as above. */
  readonly tagIds: readonly string[];
  readonly remediation: boolean;
  /** China: none, as above. */
  readonly perimeterScan: boolean;
}

/** A new connector: what is not given is left to the service. */
export interface NewConnector extends Partial<ConnectorFields> {
  readonly accountType: AccountTypeName;
  readonly roleArn: string;
}

/** A connector as the service shows it. A field is missing where the service does not show it. */
export interface ConnectorEntry extends Partial<ConnectorFields> {
  readonly id: string;
  readonly accountType: AccountTypeName;
  readonly roleArn?: string;
  /** In the service's words: one of an enumeration at the Connectors API 3.0, free text at CloudView. */
  readonly state?: string;
  /** In the service's words; to be redacted and cut before it is told. */
  readonly lastError?: string;
  /** In the service's words; tells two runs apart. */
  readonly lastSync?: string;
  /** The account that the service assumes the role from. */
  readonly qualysAwsAccountId?: string;
  /** Made and managed by an organization connector. */
  readonly isOrganizationMember: boolean;
  /** What CloudView takes with an update besides the fields above, to be sent as it was read. */
  readonly otherFields?: Readonly<Record<string, unknown>>;
}

/** Some of the connectors. */
export interface ConnectorPage {
  /** Without deleted ones. */
  readonly entries: readonly ConnectorEntry[];
  /** Where to read on; undefined where there are no more. */
  readonly next?: string;
  /** What was asked for in the end: more is too much. */
  readonly size: number;
}

/** How many connectors there are, and what some of them are called. */
export interface ConnectorsOfType {
  readonly count: number;
  /** Up to five, in the service's order. */
  readonly names: readonly string[];
}

/**
 * The connectors of one subscription: through the Connectors API 3.0 and, for China, which that one cannot write, through
 * CloudView. Deleted ones, which the service goes on showing, are never answered.
 */
export interface ConnectorApi {
  /** Those of one role, found by the account in its ARN. More than one, if somebody made a second by hand. */
  find(accountType: AccountTypeName, roleArn: string): Promise<readonly ConnectorEntry[]>;
  /** Undefined if it is gone. */
  get(accountType: AccountTypeName, id: string): Promise<ConnectorEntry | undefined>;
  /**
   * Never sent twice where the first one may have taken effect: find, then decide.
   *
   * @returns its ID
   */
  create(connector: NewConnector): Promise<string>;
  /** Fields that are not given stay as they are. */
  update(entry: ConnectorEntry, changes: Partial<ConnectorFields>): Promise<void>;
  /** Of one that is gone already: succeeds. */
  remove(entry: ConnectorEntry): Promise<void>;
  /** Asks for a run and does not wait for its end. */
  run(entry: ConnectorEntry): Promise<void>;
  /** Of an account type, page after page until there are no more. */
  all(accountType: AccountTypeName): AsyncIterable<ConnectorEntry>;
  /**
   * One page of all of them, of whatever account type, in the order of their IDs. Not for China, whose IDs have no order.
   *
   * @param from the first ID that may come, or the last one that came: what it is is not documented, so who reads on takes either
   * @param size asked for; halved while the page is too large, or takes too long
   */
  page(from: string | undefined, size: number): Promise<ConnectorPage>;
  /** Of an account type: reads page after page until there are no more. */
  ofType(accountType: AccountTypeName): Promise<ConnectorsOfType>;
  /** The account that connectors of this type are served from, by the first connector that shows it. */
  servingAccount(accountType: AccountTypeName): Promise<string | undefined>;
}

/** The object is not there, or not any more. CloudView says so by the status alone. */
export function isGone(error: unknown): error is ServiceAnswer {
  return error instanceof ServiceAnswer && (error.code === 'OBJECT_NOT_FOUND' || (error.status === 404 && error.operation.endsWith(CLOUDVIEW_SUFFIX)));
}

/** Ends the name of every operation on connectors at CloudView. */
export const CLOUDVIEW_SUFFIX = 'at CloudView';
