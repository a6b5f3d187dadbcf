import { awsError } from './account';
import type { Service } from './aws';

/** An account of the organization, as `ListAccounts` shows it. */
export interface OrganizationAccount {
  readonly Id: string;
  readonly Name?: string;
  readonly State?: string;
  /** `o-.../r-.../ou-.../` */
  readonly Paths?: readonly string[];
}

/** An instance of a stack set. */
export interface StackInstance {
  readonly Account: string;
  readonly Region?: string;
  readonly Status?: string;
  readonly StatusReason?: string;
  readonly StackInstanceStatus?: { readonly DetailedStatus: string };
  readonly LastOperationId?: string;
}

/** A stack set that the account may read. */
export interface StackSet {
  instances: StackInstance[];
  /** The newest first. */
  operations: Array<{ readonly OperationId: string; readonly Status: string }>;
}

/** As many as AWS puts on a page, unless a test says otherwise. */
const PAGE = 20;

export const organizations: Service = {
  ListAccounts: ({ organization }, { NextToken, MaxResults = PAGE }) => {
    if (!organization) throw awsError('AWSOrganizationsNotInUseException', 'Your account is not a member of an organization.');
    const { items, next } = page(organization, MaxResults, NextToken);
    return { Accounts: items.map((account) => ({ State: 'ACTIVE', ...account })), NextToken: next };
  },
};

export const stackSetReads: Service = {
  ListStackInstances: (aws, { StackSetName, NextToken, MaxResults = PAGE, Filters = [] }) => {
    const { instances } = stackSet(aws.stackSets, StackSetName);
    const operation = Filters.find(({ Name }: { Name: string }) => Name === 'LAST_OPERATION_ID')?.Values;
    const { items, next } = page(instances.filter(({ LastOperationId }) => operation === undefined || LastOperationId === operation), MaxResults, NextToken);
    return { Summaries: items.map((one) => ({ Region: aws.region, Status: 'CURRENT', ...one })), NextToken: next };
  },
  ListStackSetOperations: ({ stackSets }, { StackSetName, NextToken, MaxResults = PAGE }) => {
    const { items, next } = page(stackSet(stackSets, StackSetName).operations, MaxResults, NextToken);
    return { Summaries: items, NextToken: next };
  },
};

function stackSet(stackSets: ReadonlyMap<string, StackSet>, name: string): StackSet {
  const found = stackSets.get(name);
  if (!found) throw awsError('StackSetNotFoundException', `StackSet ${name} not found`);
  return found;
}

function page<T>(all: readonly T[], size: number, token?: string): { readonly items: readonly T[]; readonly next?: string } {
  const start = Number(token ?? 0);
  const end = start + size;
  return { items: all.slice(start, end), ...end < all.length && { next: String(end) } };
}
