import { ServiceAnswer } from './http/errors';
import type { AccountTypeName } from '../../src/wire/account-types';

/** The fields of a connector that this library owns and a caller can set. */
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

/** A new connector. The service chooses the fields that are not given. */
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
  /** In the service's words. Redact and cut it before it is shown. */
  readonly lastError?: string;
  /** In the service's words. It differs between two runs. */
  readonly lastSync?: string;
  /** The account that the service assumes the role from. */
  readonly qualysAwsAccountId?: string;
  /** Whether an organization connector made and manages it. */
  readonly isOrganizationMember: boolean;
  /** Further fields of an update at CloudView, to send as they were read. */
  readonly otherFields?: Readonly<Record<string, unknown>>;
}

/** One page of connectors. */
export interface ConnectorPage {
  /** The connectors, without deleted ones. */
  readonly entries: readonly ConnectorEntry[];
  /** Where to continue; undefined when there are no more. */
  readonly next?: string;
  /** The size that was asked for in the end, because a larger one was too much. */
  readonly size: number;
}

/** The number of connectors, and the names of some of them. */
export interface ConnectorsOfType {
  readonly count: number;
  /** Up to five, in the service's order. */
  readonly names: readonly string[];
}

/**
 * The connectors of one subscription, through the Connectors API 3.0, or for China, which that API cannot write, through CloudView. The
 * service still shows deleted connectors; this never returns them.
 */
export interface ConnectorApi {
  /** The connectors of one role, found by the account in its ARN. There are several if somebody made a second one by hand. */
  find(accountType: AccountTypeName, roleArn: string): Promise<readonly ConnectorEntry[]>;
  /** Reads a connector; undefined if it is gone. */
  get(accountType: AccountTypeName, id: string): Promise<ConnectorEntry | undefined>;
  /**
   * Never sent again when the first call may have taken effect: find, then decide.
   *
   * @returns its ID
   */
  create(connector: NewConnector): Promise<string>;
  /** Fields that are not given stay as they are. */
  update(entry: ConnectorEntry, changes: Partial<ConnectorFields>): Promise<void>;
  /** Succeeds when the connector is gone already. */
  remove(entry: ConnectorEntry): Promise<void>;
  /** Starts a run and does not wait for its end. */
  run(entry: ConnectorEntry): Promise<void>;
  /** All connectors of an account type, page after page. */
  all(accountType: AccountTypeName): AsyncIterable<ConnectorEntry>;
  /**
   * One page of the connectors of all account types, in the order of their IDs. Not for China, whose IDs have no order.
   *
   * @param from the first ID of the page, or the last ID of the page before: it is not documented which, so the caller has to accept both
   * @param size the size to ask for; halved while the page is too large, or takes too long
   */
  page(from: string | undefined, size: number): Promise<ConnectorPage>;
  /** Counts the connectors of an account type. It reads all pages. */
  ofType(accountType: AccountTypeName): Promise<ConnectorsOfType>;
  /** The account that the service calls connectors of this type from, by the first connector that shows it. */
  servingAccount(accountType: AccountTypeName): Promise<string | undefined>;
}

/** Names a connector in messages. */
export function nameOf({ name, id }: ConnectorEntry): string {
  return `connector ${name === undefined ? '' : `'${name}' `}(ID ${id})`;
}

/**
 * Whether the service made the first connector before the other one. IDs of the Connectors API 3.0 are numbers, and it counts up. Those of
 * CloudView have no order in time: all requests choose the same connector, but perhaps not the first one.
 */
export function isBefore({ id: one }: ConnectorEntry, { id: other }: ConnectorEntry): boolean {
  return one.length === other.length ? one < other : one.length < other.length;
}

/** Whether the object does not exist (any more). CloudView says so by the status alone. */
export function isGone(error: unknown): error is ServiceAnswer {
  return error instanceof ServiceAnswer && (error.code === 'OBJECT_NOT_FOUND' || (error.status === 404 && error.operation.endsWith(CLOUDVIEW_SUFFIX)));
}

/** Ends the name of every operation on connectors at CloudView. */
export const CLOUDVIEW_SUFFIX = 'at CloudView';
